"""What the audit notebook shows: the text with every number marked, what the rules find, both sides
of each identity, and the doubts.
"""

import re
from collections import Counter
from decimal import Decimal
from html import escape
from typing import NamedTuple

import pandas as pd

from baoding_data.charts import kinds as charts
from baoding_data.charts.palette import BLUE, GREY, INK, RULE
from baoding_data.checks.audit import check
from baoding_data.checks.identities import holds, in_words, right_side, sums
from baoding_data.notebook.report import Answer, Facts
from baoding_data.tables.figures import claims as claims_of
from baoding_data.text.report import section_in_words
from baoding_data.words import filled


class Pages(NamedTuple):
    """Running text for a notebook, as HTML and as plain text."""

    html: str
    plain: str

    def show(self):
        from IPython.display import display

        display({"text/html": self.html, "text/plain": self.plain}, raw=True)


def _claims(facts):
    """The figures that claim each number, by the number's place."""
    return claims_of(facts.tables, facts.report)


def _kind(facts, number, claims):
    """(Chinese, English, whether a figure) of a printed number."""
    rows = claims.get(number.start, [])
    if any(row["indicator"] for row in rows):
        return *facts.word("number", "value"), True
    return (
        *(facts.word("number", "set_apart") if rows else facts.word("number", number.kind)),
        False,
    )


def text_map(report=None, seeds=None):
    """Where in the report its numbers stand, part by part, and what each of them is.

    >>> int(text_map().table["统计数 Figures"].sum())
    76
    """
    facts = Facts(report, seeds)
    text, claims = facts.text, _claims(facts)
    sections = [(start, label) for start, label in text.sections if "·" not in label]
    ends = [start for start, _ in sections[1:]] + [len(text.text)]
    marks, shown = [], []
    for (start, label), end in zip(sections, ends):
        words = section_in_words(label)
        inside = [number for number in text.numbers if start <= number.start < end]
        part = {"label_zh": words[0], "label_en": words[1], "length": end - start}
        kinds = [_kind(facts, number, claims) for number in inside]
        marks += [
            part
            | {
                "at": n.start - start,
                "width": n.end - n.start,
                "kind_zh": zh,
                "kind_en": en,
                "figure": figure,
            }
            for n, (zh, en, figure) in zip(inside, kinds)
        ]
        marks += (
            []
            if inside
            else [part | {"at": 0, "width": 0, "kind_zh": "", "kind_en": "", "figure": False}]
        )
        figures = sum(
            len(claims[number.start]) for number, (*_, figure) in zip(inside, kinds) if figure
        )
        shown.append(
            {
                "部分 Part": "\n".join(words),
                "字数 Characters": end - start,
                "数字 Numbers": len(inside),
                "其中数值 Values": sum(figure for *_, figure in kinds),
                "统计数 Figures": figures,
            }
        )
    table, shown = pd.DataFrame(marks), pd.DataFrame(shown)
    numbers, values, figures = (
        int(shown[column].sum()) for column in ("数字 Numbers", "其中数值 Values", "统计数 Figures")
    )
    bare = shown[shown["其中数值 Values"] == 0]
    heading = facts.plain_heading(
        (
            f"{numbers}个数字，个个有着落：{values}个数值成为{figures}条统计数",
            f"All {numbers} numbers accounted for: {values} values make {figures} figures",
        ),
        (
            "每条灰线是报告的一行行文字，竖块是数字所在；右边是该部分的数值个数。",
            (
                "Each grey line is text of the report, each mark a number where it stands; on the"
                " right, the values of that part."
            ),
        ),
    )
    sentences = [
        (
            f"数值几乎都在讲工作情况的第一部分；{len(bare)}个部分一个数值也没有。",
            (
                f"Nearly all values stand in the first chapter, on the work done; {len(bare)} parts"
                " have none."
            ),
        ),
        (
            "左右对照：表中每条统计数引着原句，原文每个数字在表中有一行，或按语法不是数值。",
            (
                "Both ways: each figure of the table quotes its sentence, and each number of the"
                " text has a row, or is no value by grammar."
            ),
        ),
    ]
    of_parts = [
        (*part.split("\n"), count)
        for part, count in zip(shown["部分 Part"], shown["其中数值 Values"])
    ]
    words = (
        "；".join(f"{zh}：{count}" for zh, _, count in of_parts),
        "; ".join(f"{en}: {count}" for _, en, count in of_parts),
    )
    return Answer(
        charts.textmap(table, heading),
        sentences,
        shown,
        (
            f"图：{heading.title_zh}。各部分数值个数——{words[0]}。",
            f"Chart: {heading.title_en}. Values in each part: {words[1]}.",
        ),
    )


def marked_text(report=None, seeds=None):
    """The whole report as published, every number marked as what it is; a figure bears the row of
    its table.

    >>> "【316】" in marked_text().plain
    True
    """
    facts = Facts(report, seeds)
    text, claims = facts.text, _claims(facts)
    html, plain, at = [], [], 0
    for number in text.numbers:
        rows = claims.get(number.start, [])
        figures = [row for row in rows if row["indicator"]]
        word = facts.word("number", "set_apart" if rows and not figures else number.kind)
        html.append(escape(text.text[at : number.start]))
        plain.append(text.text[at : number.start])
        printed = escape(text.text[number.start : number.end])
        if figures:
            title = escape(
                "；".join(
                    f"{facts.tables.codebook[row['indicator']]['label_zh']}"
                    f" {facts.tables.codebook[row['indicator']]['label_en']}"
                    for row in figures
                ),
                quote=True,
            )
            places = ", ".join(str(row["row"]) for row in figures)
            html.append(
                f'<b title="{title}" style="color: {BLUE}; border-bottom: 2px solid'
                f' {BLUE}">{printed}</b><sup style="color: {BLUE}">{places}</sup>'
            )
            plain.append(f"【{text.text[number.start : number.end]}】")
        else:
            html.append(
                f'<i title="{escape(" ".join(word), quote=True)}" style="color: {GREY};'
                f' border-bottom: 1px dotted {GREY}">{printed}</i><sub style="color:'
                f' {GREY}">{word[0]}</sub>'
            )
            plain.append(text.text[number.start : number.end])
        at = number.end
    html.append(escape(text.text[at:]))
    plain.append(text.text[at:])
    lines = [line.strip(" \u00a0\u3000") for line in "".join(html).split("\n")]
    body = "".join(f"<p>{line}</p>" for line in lines if line)
    return Pages(
        f'<div lang="zh" style="color: {INK}; line-height: 1.9; max-width: 46em; border-left: 3px'
        f' solid {RULE}; padding-left: 1em">{body}</div>',
        "".join(plain).strip(),
    )


def what_is_found(report=None, seeds=None):
    """Errors put into the tables on purpose, one at a time, and what the audit answers to each.

    >>> bool(what_is_found().table["审核的回答 Answer"].str.len().min())
    True
    """
    facts = Facts(report, seeds)
    tables = facts.tables
    figures = [row for row in tables.figures if row["report"] == facts.report]
    plain = [
        row
        for row in figures
        if row["value"] >= 100
        and row["bound"] == "exact"
        and not row["shared"]
        and str(row["value"]) == row["printed"]
    ]
    wide = next(row for row in figures if "万" in row["printed"])
    loose = next(row for row in figures if row["bound"] != "exact")
    shared = next((row for row in figures if row["shared"].startswith("2/")), None)
    digits = plain[0]
    sentence = {
        row.line: facts.text.sentence_at(at) for at, rows in _claims(facts).items() for row in rows
    }
    two = next(
        (a, b)
        for a in plain
        for b in plain
        if a["row"] < b["row"] and a["unit"] == b["unit"] and sentence[a.line] == sentence[b.line]
    )
    typo = Decimal(str(digits["value"])[:-1] + str((digits["value"] + 1) % 10))
    done = [
        (("抄错一个数", "A number mistyped"), {digits["row"]: {"value": typo}}),
        (
            ("数值和“原文数字”一起抄错", "Value and printed form mistyped together"),
            {digits["row"]: {"value": typo, "printed": str(typo)}},
        ),
        (
            ("丢了“万”", "The sign for ten thousands lost"),
            {
                wide["row"]: {
                    "value": Decimal(wide["printed"].replace("万", "")),
                    "printed": wide["printed"].replace("万", ""),
                }
            },
        ),
        (
            ("把不确切的数当作确数", "A number that is not exact called exact"),
            {loose["row"]: {"bound": "exact"}},
        ),
        (
            ("引文少抄一个字", "A quote one character short"),
            {digits["row"]: {"quote": digits["quote"][1:]}},
        ),
        (("漏记一条", "A row left out"), {digits["row"]: None}),
        (
            ("两个指标对调", "Two indicators swapped"),
            {
                two[0]["row"]: {"indicator": two[1]["indicator"]},
                two[1]["row"]: {"indicator": two[0]["indicator"]},
            },
        ),
        (
            ("把统计数说成不是统计数", "A figure said to be none"),
            {digits["row"]: {"indicator": "", "note_zh": "不是统计数。", "note_en": "No figure."}},
        ),
    ]
    if shared:
        done.append(
            (
                ("共用一个数字的三条少了一条", "One of three rows that share a number left out"),
                {shared["row"]: None},
            )
        )
    found = []
    for (zh, en), changes in done:
        changed = tables.replaced(
            figures=[
                row._replace(**(changes.get(row.line) or {})) if row.report == facts.report else row
                for row in tables.figures
                if row.line not in changes or changes[row.line] or row.report != facts.report
            ]
        )
        answers = [
            finding for finding in check(changed) if finding.file.endswith(f"{facts.report}.csv")
        ]
        answers.sort(key=lambda finding: finding.rule == "unclaimed")
        found.append(
            {
                "放进去的错 Error put in": f"{zh}\n{en}",
                "发现几处 Findings": len(answers),
                "审核的回答 Answer": str(answers[0]) if answers else "",
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
            (
                "Here one of each; the tests put them into every row, and name what is missed with"
                " its reason."
            ),
        ),
    ]
    return Answer(None, sentences, table, ("", ""))


def both_sides(report=None, seeds=None):
    """Every sum, ratio and limit that the report states or implies, with both sides.

    >>> set(both_sides().table["相符 Holds"]) == {"✓"}
    True
    """
    facts = Facts(report, seeds)
    found = []
    for identity in facts.tables.identities:
        if identity["report"] != facts.report or identity["kind"] == "derived":
            continue
        for one in sums(identity, facts.figures):
            said = [
                in_words(one, facts.tables.words, language, facts.several)
                for language in ("zh", "en")
            ]
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
    sentences = [
        (
            (
                f"报告写明或包含{len(table)}个勾稽关系，{'全部相符' if not failed else f'{failed}个不符'}。"
            ),
            (
                f"The report states or implies {len(table)} relations between its numbers;"
                f" {'all hold' if not failed else f'{failed} do not hold'}."
            ),
        ),
        (
            "比率按印出的精度核对：保留两位小数的数，代表前后各半个百分点的百分之一。",
            (
                "Rates are checked as precisely as they are printed: one with two decimals stands"
                " for half a hundredth of a point either way."
            ),
        ),
    ]
    return Answer(None, sentences, table, ("", ""))


def _span(ends, unit):
    mark = "%" if unit == "%" else ""
    low, high = (f"{end:,.3f}".rstrip("0").rstrip(".") for end in ends)
    return f"{low}{mark}" if low == high else f"{low}–{high}{mark}"


def doubts_explained(report=None, seeds=None):
    """Each doubtful figure with its name, its explanation in both languages, and the words of the
    report.

    >>> doubts_explained().plain.splitlines()[0]
    '1. “截至目前”到哪一天'
    """
    facts = Facts(report, seeds)
    values = {name: row["value"] for name, row in facts.rows.items()}
    html, plain = [], []
    chosen = [doubt for doubt in facts.tables.doubts if doubt["report"] == facts.report]
    for number, doubt in enumerate(chosen, 1):
        zh, en = (
            filled(doubt["text_zh"], values, facts.zh),
            filled(doubt["text_en"], values, facts.en, "{:,}".format),
        )
        quotes = list(
            dict.fromkeys(
                (facts[name]["sentence"], facts[name]["section"])
                for name in doubt["figures"].split()
            )
        )
        shown = "".join(
            f'<blockquote lang="zh" style="color: {GREY}; margin: .3em'
            f' 1em">{_emphasised(sentence, doubt, facts)}'
            f" <span>〔{section_in_words(section)[0]}〕</span></blockquote>"
            for sentence, section in quotes
        )
        html.append(
            f"<h4>{number}. {escape(doubt['name_zh'])}<br>{escape(doubt['name_en'])}</h4><p"
            f' lang="zh">{escape(zh)}</p><p lang="en">{escape(en)}</p><details open><summary>原句'
            f" Sentences</summary>{shown}</details>"
        )
        plain.append(f"{number}. {doubt['name_zh']}\n{doubt['name_en']}\n{zh}\n{en}")
    return Pages(
        f'<div style="color: {INK}; max-width: 46em">{"".join(html)}</div>', "\n".join(plain)
    )


def _emphasised(sentence, doubt, facts):
    """A sentence, cut to what surrounds the figures in question, with these and the words in
    question in bold.
    """
    rows = [facts[name] for name in doubt["figures"].split() if facts[name]["sentence"] == sentence]
    spots = {(row["at"], row["at"] + len(row["printed"])) for row in rows}
    start = sentence.find(doubt["words"]) if doubt["words"] else -1
    spots |= {(start, start + len(doubt["words"]))} if start >= 0 else set()
    first, last = min(a for a, _ in spots), max(b for _, b in spots)
    cuts = [0, *(m.end() for m in re.finditer("[,;，；]", sentence)), len(sentence)]
    begin, end = max(c for c in cuts if c <= first), min(c for c in cuts if c >= last)
    out, at = ["…" if begin else ""], begin
    for a, b in sorted(spots):
        if a >= at:
            out += [escape(sentence[at:a]), f'<b style="color: {BLUE}">{escape(sentence[a:b])}</b>']
            at = b
    return "".join(out) + escape(sentence[at:end]) + ("…" if end < len(sentence) else "")


def second_readings(report=None, seeds=None):
    """Which columns no rule can check, and who read them a second time.

    >>> int(second_readings().table["行数 Rows"].min())
    4
    """
    facts = Facts(report, seeds)
    tables, found, rows = facts.tables, [], 0
    for resource in tables.package["resources"]:
        of_table = tables.published(resource["name"])
        guarded = [
            field
            for field in resource["schema"]["fields"]
            if field.get("guard", "").startswith("reader")
        ]
        if not guarded or not of_table:
            continue
        marks = Counter(" ".join(row["reader"].split(" ")[:2]) for row in of_table if row["reader"])
        rows += len(of_table)
        found.append(
            {
                "表 Table": f"{resource['title_zh']}\n{resource['title']}",
                "规则管不到的列 Columns": (
                    "、".join(field["title_zh"] for field in guarded)
                    + "\n"
                    + ", ".join(field["title"] for field in guarded)
                ),
                "行数 Rows": len(of_table),
                "复核行数 Rows read": marks.total(),
                "复核人与日期 Reader, date": "\n".join(marks),
            }
        )
    table = pd.DataFrame(found)
    read = int(table["复核行数 Rows read"].sum())
    sentences = [
        (
            (
                "名称、定义、说明、网址和推断的范围，"
                f"规则无从核对；{rows}行中{read}行由第二人读过并封印，此后改一个字，审核就会发现。"
            ),
            (
                "Labels, definitions, notes, addresses and inferred scopes cannot be checked by"
                f" rule; {read} of {rows} rows were read by a second person and sealed, and a word"
                " changed since would be found."
            ),
        ),
        (
            "封印只说明读过的没有再改，不说明读的人没有看错。",
            "A seal says that what was read has not changed, not that its reader made no mistake.",
        ),
    ]
    return Answer(None, sentences, table, ("", ""))
