"""What the audit shows of a report: its text with the numbers marked, both sides, doubts, seals."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

import pandas as pd

from baoding_data import charts
from baoding_data.charts.palette import BLUE, GREY, INK, RULE
from baoding_data.checks.audit import survey
from baoding_data.checks.identities import Sum, holds, of_nothing, right_side, runs, sums
from baoding_data.checks.looked_at import OnFile
from baoding_data.checks.texts import hardest_to_tell_apart
from baoding_data.comparison.sentences import Piece, Told, Unsaid
from baoding_data.comparison.wording import HEADS, caution
from baoding_data.notebook.answer import Answer, Entries, Entry, Page
from baoding_data.notebook.facts import Facts
from baoding_data.notebook.tables import DASH, Cell, Column, Marked, Table, excerpt
from baoding_data.shown import Html, html, tag
from baoding_data.tables.figures import Figure
from baoding_data.tables.figures import claims as claims_of
from baoding_data.tables.records import Doubt, FigureRow
from baoding_data.text.numbers import Number
from baoding_data.text.report import Sentence, section_in_words
from baoding_data.words import Pair

Claims = Mapping[int, list[FigureRow]]


def told(zh: str, en: str) -> Told:
    """A sentence without figures in it."""
    return Told((Piece(zh),), (Piece(en),))


ANSWERS = [
    Column(Pair("植入的差错", "Error introduced"), width=26),
    Column(Pair("发现数", "Findings"), number=True, width=14),
    Column(Pair("审核提示", "What the audit answers"), width=60),
]
HOLDS, FAILS = Pair("相符", "holds"), Pair("不符", "fails")
RELATIONS = [
    Column(HEADS.relation, width=70),
    Column(Pair("右端计算值", "Right-hand side"), number=True, width=19),
    Column(HEADS.check, width=11),
]
READINGS = [
    Column(Pair("表", "Table"), width=50),
    Column(Pair("行数", "Rows"), number=True, width=12),
    Column(Pair("已复核", "Read"), number=True, width=12),
    Column(Pair("复核人、行数", "Reader, rows"), width=26),
]


class Audit:
    """What the audit shows of one report."""

    def __init__(self, facts: Facts):
        self.facts = facts

    def __repr__(self) -> str:
        return repr(self.summary())

    def _ipython_display_(self) -> None:
        self.summary()._ipython_display_()

    def summary(self) -> Entries:
        """What became of every number of the report, and what the audit of all tables found."""
        facts, claims = self.facts, claims_of(self.facts.located)
        numbers = facts.text.numbers
        kinds = Counter(_kind(facts, number, claims) for number in numbers)
        values = kinds.pop(facts.words.pair("number", "value"), 0)
        figures = sum(len(_figures(number, claims)) for number in numbers)
        zh = "、".join(f"{kind.zh}{count:,}个" for kind, count in kinds.items())
        en = ", ".join(f"{count:,} {kind.en}" for kind, count in kinds.items())
        found = len(facts.found)
        lines = [
            Pair(
                f"报告印有数字{len(numbers):,}个：数值{values:,}个，对应统计数据{figures:,}条"
                + (f"；{zh}。" if kinds else "。"),
                f"The report prints {len(numbers):,} numbers: {values:,} values, which make"
                f" {figures:,} figures" + (f"; {en}." if kinds else "."),
            ),
            Pair(
                f"全部表格和全文经审核，发现问题{found:,}项。",
                f"Problems found by the audit of all tables and texts: {found:,}.",
            ),
        ]
        return Entries((), lines, question={"audit": "summary"})

    def text_map(self) -> Answer:
        """Where in the report its numbers stand, part by part, and what each of them is."""
        return replace(text_map(self.facts), question={"audit": "text_map"})

    def errors(self) -> Answer:
        """Errors put into the tables on purpose, one at a time, and what the audit answers."""
        return replace(what_is_found(self.facts), question={"audit": "errors"})

    def relations(self) -> Answer:
        """Every sum, ratio and limit that the report states or implies, with both sides."""
        return replace(both_sides(self.facts), question={"audit": "relations"})

    def doubts(self) -> Entries:
        """Each doubtful figure with its name, its explanation, and the words of the report."""
        return replace(doubts_explained(self.facts), question={"audit": "doubts"})

    def readings(self) -> Answer:
        """How many rows of each table were read a second time, and by whom."""
        return replace(second_readings(self.facts), question={"audit": "readings"})

    def marked_text(self) -> Page:
        """The whole report as published, every number marked as what it is."""
        return replace(marked_text(self.facts), question={"audit": "marked_text"})


def _figures(number: Number, claims: Claims) -> list[FigureRow]:
    """The figures that a number is."""
    return [row for row in claims.get(number.start, ()) if row.indicator]


def _kind(facts: Facts, number: Number, claims: Claims) -> Pair:
    """What a printed number is, in words."""
    if _figures(number, claims):
        return facts.words.pair("number", "value")
    return facts.words.pair("number", "set_apart" if number.start in claims else number.kind)


def text_map(facts: Facts) -> Answer:
    """Where in the report its numbers stand, part by part, and what each of them is."""
    claims = claims_of(facts.located)
    marks: list[dict[str, Any]] = []
    parts: list[tuple[Pair, int, int, int, int]] = []
    for label, start, end in _parts(facts):
        words = section_in_words(label)
        inside = [number for number in facts.text.numbers if start <= number.start < end]
        part = {"label_zh": words.zh, "label_en": words.en, "length": end - start}
        for number in inside:
            kind = _kind(facts, number, claims)
            mark = {"at": number.start - start, "width": number.end - number.start}
            of_kind = {"kind_zh": kind.zh, "kind_en": kind.en}
            marks.append(part | mark | of_kind | {"figure": bool(_figures(number, claims))})
        if not inside:
            nothing = {"at": 0, "width": 0, "kind_zh": "", "kind_en": "", "figure": False}
            marks.append(part | nothing)
        figures = [len(_figures(number, claims)) for number in inside]
        parts.append((words, end - start, len(inside), sum(map(bool, figures)), sum(figures)))
    heading = _map_heading(facts, [sum(column) for column in list(zip(*parts, strict=True))[2:]])
    alt = Pair(
        f"图：{heading.title_zh}。各部分数值个数——"
        f"{'；'.join(f'{words.zh}：{values}' for words, _, _, values, _ in parts)}。",
        f"Chart: {heading.title_en}. Values in each part: "
        f"{'; '.join(f'{words.en}: {values}' for words, _, _, values, _ in parts)}.",
    )
    bare = sum(values == 0 for *_, values, _ in parts)
    sentences = [
        told(f"没有数值的部分：{bare}个。", f"Parts without any value: {bare}."),
    ]
    table = pd.DataFrame(marks)
    return Answer(
        Pair(heading.title_zh, heading.title_en),
        sentences,
        data=pd.DataFrame(parts, columns=["part", "characters", "numbers", "values", "figures"]),
        draw=lambda lang: charts.textmap(table, heading, lang=lang),
        alt=alt,
    )


def _parts(facts: Facts) -> Iterator[tuple[str, int, int]]:
    """The parts of a report as (label, start, end); points are no parts of their own."""
    sections = [(start, label) for start, label in facts.text.sections if "·" not in label]
    ends = [*(start for start, _ in sections[1:]), len(facts.text.text)]
    for (start, label), end in zip(sections, ends, strict=True):
        yield label, start, end


def _map_heading(facts: Facts, sums: Sequence[int]) -> charts.Heading:
    numbers, values, figures = sums
    claims = claims_of(facts.located)
    left = sum(
        number.kind in ("value", "unclear") and number.start not in claims
        for number in facts.text.numbers
    )
    whose = Pair("均有归属", f"All {numbers:,} numbers accounted for")
    if left:
        whose = Pair(f"中{left:,}个尚无归属", f"{left:,} of {numbers:,} numbers unaccounted for")
    return facts.plain_heading(
        Pair(
            f"{numbers:,}个数字{whose.zh}：{values:,}个数值对应{figures:,}条统计数",
            f"{whose.en}: {values:,} values give {figures:,} figures",
        ),
        Pair(
            "灰线代表报告文字，竖块标示数字位置，右侧为该部分的数值个数。",
            "Grey lines stand for the report's text, marks for its numbers; on the right, the count"
            " of values in each part.",
        ),
    )


WHOLE = Pair("展开全文", "Open the full text")


def marked_text(facts: Facts) -> Page:
    """The whole report as published, every number marked as what it is, with its row."""
    text, claims = facts.text.text, claims_of(facts.located)
    parts, plain, at = [], [], 0
    for number in facts.text.numbers:
        printed = text[number.start : number.end]
        figures = _figures(number, claims)
        if figures:
            mark = _figure_mark(facts, printed, figures)
        else:
            mark = _other_mark(printed, _kind(facts, number, claims))
        parts += [text[at : number.start], mark]
        plain += [text[at : number.start], f"【{printed}】" if figures else printed]
        at = number.end
    parts.append(text[at:])
    plain.append(text[at:])
    lines = [Html(line.strip(" \u00a0\u3000")) for line in html(*parts).split("\n")]
    style = (
        f"color: {INK}; line-height: 1.9; max-width: 46em; border-left: 3px solid {RULE};"
        " padding-left: 1em"
    )
    told = tag("div", *(tag("p", line) for line in lines if line), lang="zh", style=style)
    page = tag("details", tag("summary", WHOLE.line), told)
    return Page(page, "".join(plain).strip())


def _figure_mark(facts: Facts, printed: str, figures: list[FigureRow]) -> Html:
    """The HTML of a number that is a figure, with its indicators and its rows in the table."""
    books = [facts.tables.codebook[row.indicator] for row in figures]
    title = "；".join(f"{book.label_zh} {book.label_en}" for book in books)
    style = f"color: {BLUE}; border-bottom: 2px solid {BLUE}"
    rows = ", ".join(str(row.line) for row in figures)
    return html(tag("b", printed, title=title, style=style), _aside(rows))


def _other_mark(printed: str, kind: Pair) -> Html:
    """The HTML of a number that is no figure, with what it is instead."""
    style = f"color: {GREY}; border-bottom: 1px dotted {GREY}"
    return html(tag("i", printed, title=" ".join(kind), style=style), _aside(kind.zh))


def _aside(words: str) -> Html:
    return tag("small", f"〔{words}〕", style=f"color: {GREY}")


OWN_WORDS_SWAPPED = Pair(
    "两条另写字句的统计数对调指标（最难分辨的两条）",
    "Indicators of two figures with words of their own swapped (the two hardest to tell apart)",
)
OWN_WORDS_ALIKE = Pair(
    "未发现：两条的字句同两个指标相近，规则无从分辨，只能由第二人对照原文复核。",
    "Not found: the words of each fit either indicator, and no rule can tell; only a second reader"
    " of the text can.",
)

NO_WORDS_OF_CODEBOOK = Pair(
    "未发现：句中没有指标表的字句，规则无从知道这是哪一指标的数，只能由第二人对照原文复核。",
    "Not found: the sentence has no words of the codebook, and no rule can tell that the number is"
    " an indicator's; only a second reader of the text can.",
)


class Mistake(NamedTuple):
    """An error to be put into a table of figures: what it is, and, by the line of a row, the cells
    that change, or None where the row is left out.
    """

    name: Pair
    changes: Mapping[int, Mapping[str, Any] | None]
    # Why no rule may find it.
    unfound: Pair = Pair("—", "—")


def what_is_found(facts: Facts) -> Answer:
    """Errors put into the tables on purpose, one at a time, and what the audit answers to each."""
    rows: list[list[Cell]] = []
    caught = 0
    for mistake in _mistakes(facts):
        answers = _answers(facts, mistake)
        caught += bool(answers)
        rows.append([mistake.name, f"{len(answers):,}", answers[0] if answers else mistake.unfound])
    title = Pair(
        f"植入{len(rows)}种差错，审核发现{caught}种",
        f"Of {len(rows)} kinds of error introduced on purpose, the audit found {caught}",
    )
    sentences = [
        told(
            "此处每种差错只植入一个；测试对每一行都植入，未能发现的连同原因逐一列出。",
            "One error of each kind is shown here; the tests introduce them in every row and list"
            " those that are missed, with the reason.",
        )
    ]
    return Answer(title, sentences, Table(ANSWERS, rows) if rows else None)


def _mistakes(facts: Facts) -> Iterator[Mistake]:
    """One mistake of each kind that the rows of the report allow."""
    rows = [row for row in facts.tables.rows_of("figures", facts.report) if row.indicator]
    plain = [row for row in rows if _is_plain(row)]
    for row in plain[:1]:
        typo = Decimal(f"{row.printed[:-1]}{(int(row.printed[-1]) + 1) % 10}")
        both = {"value": typo, "printed": str(typo)}
        yield Mistake(Pair("录错数值", "Value mistyped"), {row.line: {"value": typo}})
        name = Pair("数值和“原文数字”同时录错", "Value and printed form both mistyped")
        yield Mistake(name, {row.line: both})
    for row in [row for row in rows if "万" in row.printed][:1]:
        bare = row.printed.replace("万", "")
        name = Pair("漏录“万”", "The character for ten thousand dropped")
        yield Mistake(name, {row.line: {"value": Decimal(bare), "printed": bare}})
    for row in [row for row in rows if row.bound != "exact"][:1]:
        name = Pair("非确数录作确数", "Inexact number entered as exact")
        yield Mistake(name, {row.line: {"bound": "exact"}})
    for row in plain[:1]:
        name = Pair("引文漏录一个字", "Quote one character short")
        yield Mistake(name, {row.line: {"quote": row.quote[1:]}})
        yield Mistake(Pair("漏录一条", "Row left out"), {row.line: None})
    for a, b in _of_one_sentence(facts, plain):
        swapped = {a.line: {"indicator": b.indicator}, b.line: {"indicator": a.indicator}}
        yield Mistake(Pair("两个指标对调", "Two indicators swapped"), swapped)
    for one, other in hardest_to_tell_apart(_on_file(facts).read_once):
        a, b = one.row, other.row
        swapped = {a.line: {"indicator": b.indicator}, b.line: {"indicator": a.indicator}}
        yield Mistake(OWN_WORDS_SWAPPED, swapped, OWN_WORDS_ALIKE)
    for row in plain[:1]:
        none = {"indicator": "", "note_zh": "不是统计数。", "note_en": "No figure."}
        name = Pair("统计数误作非统计数", "Figure marked as not a figure")
        yield Mistake(name, {row.line: none}, NO_WORDS_OF_CODEBOOK)
    for row in [row for row in rows if row.shared.startswith("2/")][:1]:
        name = Pair("共用一个数字的各条漏录一条", "One of the rows sharing a number left out")
        yield Mistake(name, {row.line: None})


def _is_plain(row: FigureRow) -> bool:
    """Whether a row's number stands as such in the report, and is long enough for a slip."""
    exact = row.bound == "exact" and not row.shared
    return exact and row.value is not None and row.value >= 100 and str(row.value) == row.printed


def _of_one_sentence(facts: Facts, rows: list[FigureRow]) -> list[list[FigureRow]]:
    """The first two rows of one sentence and unit, which may be taken for each other; none where
    there are no such.
    """
    claims = claims_of(facts.located).items()
    sentence = {row.line: facts.text.sentence_at(at) for at, of_at in claims for row in of_at}
    alike: dict[tuple[str, Sentence], list[FigureRow]] = {}
    for row in rows:
        alike.setdefault((row.unit, sentence[row.line]), []).append(row)
    return [group[:2] for group in alike.values() if len(group) > 1][:1]


def _on_file(facts: Facts) -> OnFile:
    return OnFile(facts.tables, facts.report, facts.tables.rows_of("figures", facts.report))


def _answers(facts: Facts, mistake: Mistake) -> list[str]:
    """What the audit finds once a mistake is put in, in the table of figures if anything is found
    there; that a number has no row comes last.
    """
    changed = []
    for row in facts.whole.figures:
        cells = mistake.changes.get(row.line, {}) if row.report == facts.report else {}
        if cells is not None:
            changed.append(row._replace(**cells))
    file = f"{facts.report}.csv"
    # What is found in another report does not rest on the rows of this one.
    others = facts.whole.source.keys() - {facts.report}
    findings = survey(facts.whole.replaced(figures=changed), but=others).findings
    found = [finding for finding in findings if finding.file.endswith(file)]
    if not found:
        found = [finding for finding in findings if finding not in facts.found]
    return list(map(str, sorted(found, key=lambda finding: finding.rule == "unclaimed")))


def both_sides(facts: Facts) -> Answer:
    """Every sum, ratio and limit that the report states or implies, with both sides."""
    rows: list[list[Cell]] = []
    failed = 0
    for identity in facts.tables.rows_of("identities", facts.report):
        if identity.kind == "derived":
            continue
        for one in sums(identity, facts.by_name):
            failed += not holds(one)
            right = DASH if of_nothing(one) else _span(right_side(one), one.result.unit)
            said = HOLDS if holds(one) else FAILS.noted(caution(facts.tables, one.result))
            rows.append([_in_words(facts, one), right, said])
    zh = f"{failed}个不符" if failed else "全部相符"
    en = f"{failed} failing" if failed else "all hold"
    title = Pair(
        f"报告写明或隐含{len(rows)}个勾稽关系" + (f"，{zh}" if rows else ""),
        f"The report states or implies {len(rows)} relation{'s' * (len(rows) != 1)} between its"
        " numbers" + (f"; {en}" if rows else ""),
    )
    sentences = [
        told(
            "比率按报告所载精度核对：保留两位小数的，上下容差为0.005个百分点。",
            "Rates are checked to the precision printed: one given to two decimal places may differ"
            " by 0.005 percentage points either way.",
        )
    ]
    return Answer(title, sentences if rows else (), Table(RELATIONS, rows) if rows else None)


def _in_words(facts: Facts, one: Sum) -> Told:
    """A relation, its numbers tied to their figures, and what is noted of it."""
    zh, en = (
        [Piece(*run) for run in runs(one, facts.words, lang, facts.several)]
        for lang in ("zh", "en")
    )
    row = one.identity
    return Told((*zh, Piece(f"。{row.note_zh}")), (*en, Piece(f". {row.note_en}")))


def _span(ends: tuple[Decimal, Decimal], unit: str) -> str:
    mark = "%" if unit == "%" else ""
    low, high = (f"{end:,.3f}".rstrip("0").rstrip(".") for end in ends)
    return f"{low}{mark}" if low == high else f"{low}–{high}{mark}"


UNTOLD = Pair(
    "所涉的数报告没有或不止一个，不能说明；见审核。",
    "A figure of it is not in the report, or not the only one, so nothing can be said; see the"
    " audit.",
)
NO_DOUBT = Pair("本报告未登记存疑数据。", "No doubtful figures are recorded for this report.")


def doubts_explained(facts: Facts) -> Entries:
    """Each doubtful figure with its name, its explanation, and the words of the report."""
    entries = []
    fill = facts.sentences(strict=False)
    for number, doubt in enumerate(facts.tables.rows_of("doubts", facts.report), 1):
        name = Pair(f"{number}. {doubt.name_zh}", f"{number}. {doubt.name_en}")
        try:
            said = fill.tell(Pair(doubt.text_zh, doubt.text_en))
            figures = [fill.figure(name) for name in doubt.figures.split()]
        except Unsaid:  # the audit says what is wrong with it
            entries.append(Entry(name, UNTOLD))
            continue
        of_sentence: dict[str, list[Figure]] = {}
        for figure in figures:
            of_sentence.setdefault(figure.sentence, []).append(figure)
        quotes = [_quoted(doubt, one) for sentence, one in of_sentence.items() if sentence]
        entries.append(Entry(name, said, quotes))
    return Entries(entries, [] if entries else [NO_DOUBT])


def _quoted(doubt: Doubt, inside: Sequence[Figure]) -> Marked:
    """A sentence that a doubt is about, with its section."""
    section = section_in_words(inside[0].section)
    return excerpt(inside, doubt.words)._replace(section=section)


def second_readings(facts: Facts) -> Answer:
    """How many rows of each table were read a second time, and by whom."""
    tables = facts.whole
    lines: list[list[Cell]] = []
    rows = read = 0
    for resource in tables.package["resources"]:
        of_table = tables.published(resource["name"])
        fields = resource["schema"]["fields"]
        guarded = any(field.get("guard", "").startswith("reader") for field in fields)
        if not guarded or not of_table:
            continue
        marks = Counter(row.reader.partition(" ")[0] for row in of_table if row.reader)
        lines.append(
            [
                Pair(resource["title_zh"], resource["title"]),
                f"{len(of_table):,}",
                f"{marks.total():,}",
                ", ".join(f"{reader}: {count:,}" for reader, count in sorted(marks.items())),
            ]
        )
        rows, read = rows + len(of_table), read + marks.total()
    title = Pair(
        f"{rows:,}行中{read:,}行经第二人复核并封印",
        f"{read:,} of {rows:,} rows have been read by a second person and sealed",
    )
    sentences = [
        told(
            "名称、定义、说明、网址和推断的范围，规则无法核对；封印后改动一字，审核即会发现。",
            "Labels, definitions, notes, addresses and inferred scopes cannot be checked by rule;"
            " if a word is changed after sealing, the audit finds it.",
        ),
        told(
            "封印只表明复核后未再改动，不表明复核无误。",
            "A seal shows that nothing has changed since the reading, not that the reader made no"
            " mistake.",
        ),
    ]
    once = len(_on_file(facts).read_once)
    if once:
        sentences.append(
            told(
                f"本报告另写字句而未经第二人复核的统计数：{once:,}条。字句是否指该指标，只凭一人判断；"
                "规则只能发现对调指标后字句反而更合的两条。",
                "Figures of this report that are proved by words of its own and were not read a"
                f" second time: {once:,}. That the words mean the indicator rests on one reader; a"
                " rule can tell only where the words of two would fit better exchanged.",
            )
        )
    return Answer(title, sentences, Table(READINGS, lines))
