"""What the audit notebook shows: marked text, findings, both sides of identities, and doubts."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from html import escape
from itertools import combinations
from typing import Any, NamedTuple

import pandas as pd

from baoding_data import charts
from baoding_data.charts.palette import BLUE, GREY, INK, RULE
from baoding_data.checks.audit import check
from baoding_data.checks.identities import holds, in_words, right_side, sums
from baoding_data.notebook.report import Answer, Facts, display
from baoding_data.tables.figures import Figure
from baoding_data.tables.figures import claims as claims_of
from baoding_data.tables.records import Doubt, FigureRow
from baoding_data.tables.seeds import AnySeeds
from baoding_data.text.numbers import Number
from baoding_data.text.report import section_in_words
from baoding_data.words import Pair, filled, named

Claims = Mapping[int, list[FigureRow]]


class Pages(NamedTuple):
    """Running text for a notebook, as HTML and as plain text."""

    html: str
    plain: str

    def show(self) -> None:
        """Display the text in a notebook."""
        display(self.html, self.plain)


def _figures(number: Number, claims: Claims) -> list[FigureRow]:
    """The figures that a number is."""
    return [row for row in claims.get(number.start, ()) if row.indicator]


def _kind(facts: Facts, number: Number, claims: Claims) -> Pair:
    """What a printed number is, in words."""
    if _figures(number, claims):
        return facts.words.pair("number", "value")
    return facts.words.pair("number", "set_apart" if number.start in claims else number.kind)


def text_map(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """Where in the report its numbers stand, part by part, and what each of them is.

    >>> int(text_map().table["统计数 Figures"].sum())
    76
    """
    facts = Facts(report, seeds)
    claims = claims_of(facts.located)
    marks: list[dict[str, Any]] = []
    parts: list[dict[str, Any]] = []
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
        parts.append(
            {
                "部分 Part": "\n".join(words),
                "字数 Characters": end - start,
                "数字 Numbers": len(inside),
                "其中数值 Values": sum(map(bool, figures)),
                "统计数 Figures": sum(figures),
            }
        )
    shown = pd.DataFrame(parts)
    heading = _map_heading(facts, shown)
    table = shown["部分 Part"].str.split("\n"), shown["其中数值 Values"]
    counts = [(zh, en, count) for (zh, en), count in zip(*table, strict=True)]
    alt = Pair(
        f"图：{heading.title_zh}。各部分数值个数——"
        f"{'；'.join(f'{zh}：{count}' for zh, _, count in counts)}。",
        f"Chart: {heading.title_en}. Values in each part: "
        f"{'; '.join(f'{en}: {count}' for _, en, count in counts)}.",
    )
    bare = int((shown["其中数值 Values"] == 0).sum())
    sentences = [
        (
            f"数值几乎都在讲工作情况的第一部分；{bare}个部分一个数值也没有。",
            f"Nearly all values stand in the first chapter, on the work done; {bare} parts have"
            " none.",
        ),
        (
            "左右对照：表中每条统计数引着原句，原文每个数字在表中有一行，或按语法不是数值。",
            "Both ways: each figure of the table quotes its sentence, and each number of the text"
            " has a row, or is no value by grammar.",
        ),
    ]
    return Answer(charts.textmap(pd.DataFrame(marks), heading), sentences, shown, alt)


def _parts(facts: Facts) -> Iterator[tuple[str, int, int]]:
    """The parts of a report as (label, start, end); points are no parts of their own."""
    sections = [(start, label) for start, label in facts.text.sections if "·" not in label]
    ends = [*(start for start, _ in sections[1:]), len(facts.text.text)]
    for (start, label), end in zip(sections, ends, strict=True):
        yield label, start, end


def _map_heading(facts: Facts, shown: pd.DataFrame) -> charts.Heading:
    columns = ("数字 Numbers", "其中数值 Values", "统计数 Figures")
    numbers, values, figures = (int(shown[column].sum()) for column in columns)
    return facts.plain_heading(
        (
            f"{numbers}个数字，个个有着落：{values}个数值成为{figures}条统计数",
            f"All {numbers} numbers accounted for: {values} values make {figures} figures",
        ),
        (
            "每条灰线是报告的一行行文字，竖块是数字所在；右边是该部分的数值个数。",
            "Each grey line is text of the report, each mark a number where it stands; on the"
            " right, the values of that part.",
        ),
    )


def marked_text(report: str | None = None, seeds: AnySeeds = None) -> Pages:
    """The whole report as published, every number marked as what it is, with the row of its table.

    >>> "【316】" in marked_text().plain
    True
    """
    facts = Facts(report, seeds)
    text, claims = facts.text.text, claims_of(facts.located)
    html, plain, at = [], [], 0
    for number in facts.text.numbers:
        printed = text[number.start : number.end]
        figures = _figures(number, claims)
        if figures:
            mark = _figure_mark(facts, printed, figures)
        else:
            mark = _other_mark(printed, _kind(facts, number, claims))
        html += [escape(text[at : number.start]), mark]
        plain += [text[at : number.start], f"【{printed}】" if figures else printed]
        at = number.end
    html.append(escape(text[at:]))
    plain.append(text[at:])
    lines = [line.strip(" \u00a0\u3000") for line in "".join(html).split("\n")]
    body = "".join(f"<p>{line}</p>" for line in lines if line)
    style = (
        f"color: {INK}; line-height: 1.9; max-width: 46em; border-left: 3px solid {RULE};"
        " padding-left: 1em"
    )
    return Pages(f'<div lang="zh" style="{style}">{body}</div>', "".join(plain).strip())


def _figure_mark(facts: Facts, printed: str, figures: list[FigureRow]) -> str:
    """The HTML of a number that is a figure, with its indicators and its rows in the table."""
    books = [facts.tables.codebook[row.indicator] for row in figures]
    title = escape("；".join(f"{book.label_zh} {book.label_en}" for book in books), quote=True)
    style = f"color: {BLUE}; border-bottom: 2px solid {BLUE}"
    rows = ", ".join(str(row.line) for row in figures)
    return (
        f'<b title="{title}" style="{style}">{escape(printed)}</b>'
        f'<sup style="color: {BLUE}">{rows}</sup>'
    )


def _other_mark(printed: str, kind: Pair) -> str:
    """The HTML of a number that is no figure, with what it is instead."""
    title = escape(" ".join(kind), quote=True)
    style = f"color: {GREY}; border-bottom: 1px dotted {GREY}"
    return (
        f'<i title="{title}" style="{style}">{escape(printed)}</i>'
        f'<sub style="color: {GREY}">{kind.zh}</sub>'
    )


class Mistake(NamedTuple):
    """An error to be put into a table of figures: what it is, and, by the line of a row, the cells
    that change, or None where the row is left out.
    """

    name: Pair
    changes: Mapping[int, Mapping[str, Any] | None]


def what_is_found(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """Errors put into the tables on purpose, one at a time, and what the audit answers to each.

    >>> bool(what_is_found().table["审核的回答 Answer"].str.len().min())
    True
    """
    facts = Facts(report, seeds)
    found = []
    for mistake in _mistakes(facts):
        answers = _answers(facts, mistake)
        found.append(
            {
                "放进去的错 Error put in": mistake.name.lines,
                "发现几处 Findings": len(answers),
                "审核的回答 Answer": answers[0] if answers else "",
            }
        )
    table = pd.DataFrame(found)
    caught = int((table["发现几处 Findings"] > 0).sum())
    sentences = [
        (
            f"故意放进{len(table)}种错，审核发现{caught}种。",
            f"Of {len(table)} kinds of error put in on purpose, the audit found {caught}.",
        ),
        (
            "这里每种只放一个；测试对每一行都放，漏掉的连同原因一一列出。",
            "Here one of each; the tests put them into every row, and name what is missed with its"
            " reason.",
        ),
    ]
    return Answer(None, sentences, table, ("", ""))


def _mistakes(facts: Facts) -> Iterator[Mistake]:
    """One mistake of each kind that the rows of the report allow."""
    rows = [row for row in facts.tables.figures if row.report == facts.report and row.indicator]
    plain = [row for row in rows if _is_plain(row)]
    for row in plain[:1]:
        typo = Decimal(f"{row.printed[:-1]}{(int(row.printed[-1]) + 1) % 10}")
        both = {"value": typo, "printed": str(typo)}
        yield Mistake(Pair("抄错一个数", "A number mistyped"), {row.line: {"value": typo}})
        name = Pair("数值和“原文数字”一起抄错", "Value and printed form mistyped together")
        yield Mistake(name, {row.line: both})
    for row in [row for row in rows if "万" in row.printed][:1]:
        bare = row.printed.replace("万", "")
        name = Pair("丢了“万”", "The sign for ten thousands lost")
        yield Mistake(name, {row.line: {"value": Decimal(bare), "printed": bare}})
    for row in [row for row in rows if row.bound != "exact"][:1]:
        name = Pair("把不确切的数当作确数", "A number that is not exact called exact")
        yield Mistake(name, {row.line: {"bound": "exact"}})
    for row in plain[:1]:
        name = Pair("引文少抄一个字", "A quote one character short")
        yield Mistake(name, {row.line: {"quote": row.quote[1:]}})
        yield Mistake(Pair("漏记一条", "A row left out"), {row.line: None})
    for a, b in _of_one_sentence(facts, plain)[:1]:
        swapped = {a.line: {"indicator": b.indicator}, b.line: {"indicator": a.indicator}}
        yield Mistake(Pair("两个指标对调", "Two indicators swapped"), swapped)
    for row in plain[:1]:
        none = {"indicator": "", "note_zh": "不是统计数。", "note_en": "No figure."}
        yield Mistake(Pair("把统计数说成不是统计数", "A figure said to be none"), {row.line: none})
    for row in [row for row in rows if row.shared.startswith("2/")][:1]:
        name = Pair("共用一个数字的三条少了一条", "One of three rows that share a number left out")
        yield Mistake(name, {row.line: None})


def _is_plain(row: FigureRow) -> bool:
    """Whether a row's number stands as such in the report, and is long enough for a slip."""
    exact = row.bound == "exact" and not row.shared
    return exact and row.value is not None and row.value >= 100 and str(row.value) == row.printed


def _of_one_sentence(facts: Facts, rows: list[FigureRow]) -> list[tuple[FigureRow, FigureRow]]:
    """The pairs of rows of one sentence and unit, which may be taken for each other."""
    claims = claims_of(facts.located).items()
    sentence = {row.line: facts.text.sentence_at(at) for at, of_at in claims for row in of_at}
    return [
        (one, other)
        for one, other in combinations(rows, 2)
        if one.unit == other.unit and sentence[one.line] == sentence[other.line]
    ]


def _answers(facts: Facts, mistake: Mistake) -> list[str]:
    """What the audit finds once a mistake is put in; that a number has no row comes last."""
    changed = []
    for row in facts.tables.figures:
        cells = mistake.changes.get(row.line, {}) if row.report == facts.report else {}
        if cells is not None:
            changed.append(row._replace(**cells))
    file = f"{facts.report}.csv"
    findings = check(facts.tables.replaced(figures=changed))
    found = [finding for finding in findings if finding.file.endswith(file)]
    return list(map(str, sorted(found, key=lambda finding: finding.rule == "unclaimed")))


def both_sides(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """Every sum, ratio and limit that the report states or implies, with both sides.

    >>> set(both_sides().table["相符 Holds"]) == {"✓"}
    True
    """
    facts = Facts(report, seeds)
    found = []
    for identity in facts.tables.identities:
        if identity.report != facts.report or identity.kind == "derived":
            continue
        for one in sums(identity, facts.by_name):
            said = (in_words(one, facts.words, lang, facts.several) for lang in ("zh", "en"))
            found.append(
                {
                    "关系 Relation": "\n".join(said),
                    "右边算得 Right side": _span(right_side(one), one.result.unit),
                    "相符 Holds": "✓" if holds(one) else "✗",
                    "说明 Why": f"{identity.note_zh}\n{identity.note_en}",
                }
            )
    table = pd.DataFrame(found)
    failed = int((table["相符 Holds"] != "✓").sum())
    zh = f"{failed}个不符" if failed else "全部相符"
    en = f"{failed} do not hold" if failed else "all hold"
    sentences = [
        (
            f"报告写明或包含{len(table)}个勾稽关系，{zh}。",
            f"The report states or implies {len(table)} relations between its numbers; {en}.",
        ),
        (
            "比率按印出的精度核对：保留两位小数的数，代表前后各半个百分点的百分之一。",
            "Rates are checked as precisely as they are printed: one with two decimals stands for"
            " half a hundredth of a point either way.",
        ),
    ]
    return Answer(None, sentences, table, ("", ""))


def _span(ends: tuple[Decimal, Decimal], unit: str) -> str:
    mark = "%" if unit == "%" else ""
    low, high = (f"{end:,.3f}".rstrip("0").rstrip(".") for end in ends)
    return f"{low}{mark}" if low == high else f"{low}–{high}{mark}"


def doubts_explained(report: str | None = None, seeds: AnySeeds = None) -> Pages:
    """Each doubtful figure with its name, its explanation, and the words of the report.

    >>> doubts_explained().plain.splitlines()[0]
    '1. “截至目前”到哪一天'
    """
    facts = Facts(report, seeds)
    html, plain = [], []
    chosen = [doubt for doubt in facts.tables.doubts if doubt.report == facts.report]
    for number, doubt in enumerate(chosen, 1):
        figures = [facts[name] for name in doubt.figures.split()]
        values = {name: facts[name].value for name in named(doubt.text_zh + doubt.text_en)}
        zh = filled(doubt.text_zh, values, facts.zh)
        en = filled(doubt.text_en, values, facts.en, "{:,}".format)
        quoted = dict.fromkeys((figure.sentence, figure.section) for figure in figures)
        shown = "".join(_quoted(*one, doubt, figures) for one in quoted)
        html.append(
            f"<h4>{number}. {escape(doubt.name_zh)}<br>{escape(doubt.name_en)}</h4>"
            f'<p lang="zh">{escape(zh)}</p><p lang="en">{escape(en)}</p>'
            f"<details open><summary>原句 Sentences</summary>{shown}</details>"
        )
        plain.append(f"{number}. {doubt.name_zh}\n{doubt.name_en}\n{zh}\n{en}")
    style = f"color: {INK}; max-width: 46em"
    return Pages(f'<div style="{style}">{"".join(html)}</div>', "\n".join(plain))


def _quoted(sentence: str, section: str, doubt: Doubt, figures: list[Figure]) -> str:
    """The HTML of a sentence that a doubt is about, with its section."""
    inside = [figure for figure in figures if figure.sentence == sentence]
    return (
        f'<blockquote lang="zh" style="color: {GREY}; margin: .3em 1em">'
        f"{_emphasised(sentence, doubt, inside)}"
        f" <span>〔{section_in_words(section)[0]}〕</span></blockquote>"
    )


def _emphasised(sentence: str, doubt: Doubt, figures: list[Figure]) -> str:
    """A sentence, cut to what surrounds the figures and the words in question, these in bold."""
    spots = {(f.at, f.at + len(f.printed)) for f in figures if f.at is not None}
    start = sentence.find(doubt.words) if doubt.words else -1
    spots |= {(start, start + len(doubt.words))} if start >= 0 else set()
    first, last = min(a for a, _ in spots), max(b for _, b in spots)
    cuts = [0, *(m.end() for m in re.finditer("[,;，；]", sentence)), len(sentence)]
    begin, end = max(c for c in cuts if c <= first), min(c for c in cuts if c >= last)
    out, at = ["…" if begin else ""], begin
    for a, b in sorted(spots):
        if a >= at:
            out += [escape(sentence[at:a]), f'<b style="color: {BLUE}">{escape(sentence[a:b])}</b>']
            at = b
    return "".join(out) + escape(sentence[at:end]) + ("…" if end < len(sentence) else "")


def second_readings(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """Which columns no rule can check, and who read them a second time.

    >>> int(second_readings().table["行数 Rows"].min())
    4
    """
    tables = Facts(report, seeds).tables
    found = []
    for resource in tables.package["resources"]:
        rows = tables.published(resource["name"])
        fields = resource["schema"]["fields"]
        guarded = [field for field in fields if field.get("guard", "").startswith("reader")]
        if not guarded or not rows:
            continue
        marks = Counter(" ".join(row.reader.split(" ")[:2]) for row in rows if row.reader)
        zh = "、".join(field["title_zh"] for field in guarded)
        en = ", ".join(field["title"] for field in guarded)
        found.append(
            {
                "表 Table": f"{resource['title_zh']}\n{resource['title']}",
                "规则管不到的列 Columns": f"{zh}\n{en}",
                "行数 Rows": len(rows),
                "复核行数 Rows read": marks.total(),
                "复核人与日期 Reader, date": "\n".join(marks),
            }
        )
    table = pd.DataFrame(found)
    rows, read = (int(table[column].sum()) for column in ("行数 Rows", "复核行数 Rows read"))
    sentences = [
        (
            "名称、定义、说明、网址和推断的范围，规则无从核对；"
            f"{rows}行中{read}行由第二人读过并封印，此后改一个字，审核就会发现。",
            "Labels, definitions, notes, addresses and inferred scopes cannot be checked by rule;"
            f" {read} of {rows} rows were read by a second person and sealed, and a word changed"
            " since would be found.",
        ),
        (
            "封印只说明读过的没有再改，不说明读的人没有看错。",
            "A seal says that what was read has not changed, not that its reader made no mistake.",
        ),
    ]
    return Answer(None, sentences, table, ("", ""))
