"""What stands in the workbook: cover, contents, a sheet for each topic, charts, checks, notes,
sources, in Chinese, English or both.
"""

import re
from datetime import datetime
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlsplit

from baoding_data.checks.identities import holds, in_words, right_value
from baoding_data.checks.identities import sums as sums_of
from baoding_data.comparison.peers import beside
from baoding_data.comparison.shares import LEVEL, share_of, unlike
from baoding_data.errors import BaodingError
from baoding_data.tables.figures import by_indicator, of_report
from baoding_data.text.report import section_in_words
from baoding_data.text.wording import chinese, english
from baoding_data.words import PLACE, filled
from baoding_data.workbook import cover, sums
from baoding_data.workbook.drawings import DRAWINGS, formula, worded
from baoding_data.workbook.fit import HEADING, SIZE, WIDTH
from baoding_data.workbook.printer import (
    Both,
    Cell,
    Chart,
    Column,
    Formula,
    Link,
    Sheet,
    book,
    lines,
    unique,
)

KEYWORDS = {
    "zh": "法治政府, 依法行政, 开放数据",
    "en": "rule of law, administrative law, open data",
}
HOLDS, FAILS = ("成立", "holds"), ("不成立", "fails")


def workbook(tables, figures, lang="both", others=(), peers=False):
    """The bytes of the workbook that shows some figures of one report, which the audit has passed.

    `others` are reports to be set beside it; `peers` sets beside it everything else that is alike
    or differs in one thing.

    >>> from baoding_data.tables.seeds import load
    >>> tables = load()
    >>> workbook(tables, of_all(tables))[:2]
    b'PK'
    """
    pages = Pages(tables, figures, lang, others, peers)
    title, subject = pages.pair(*pages.title), pages.pair(*pages.place)
    properties = {
        "title": " ".join(title),
        "subject": " ".join(subject),
        "creator": cover.AUTHOR,
        "lastModifiedBy": cover.AUTHOR,
        "version": tables.package["version"],
        "keywords": ", ".join(KEYWORDS[language] for language in pages.languages),
        "language": "en" if lang == "en" else "zh-CN",
    }
    return book(
        pages.sheets(),
        pages.created,
        properties,
        "　".join(pages.pair("第&P页，共&N页", "Page &P of &N")),
    )


class _Spec(NamedTuple):
    """One column: its heading in both languages, what its cells hold (a method of `Pages`), widths
    and look.
    """

    zh: str
    en: str
    holds: str
    low: float
    high: float
    look: str = "text"
    flows: bool = False


TOPIC = [
    _Spec("指标", "Indicator", "label", 18, 30, flows=True),
    _Spec("数值", "Number", "number", 8, 14, "number"),
    _Spec("单位", "Unit", "unit", 5, 7, "unit"),
    _Spec("原文", "Printed", "printed", 6.5, 8, "aside"),
    _Spec("确切程度", "Bound", "bound", 6, 8),
    _Spec("范围", "Scope", "scope", 8, 11.5),
    _Spec("时段", "Period", "period", 7, 9.5),
    _Spec("状态", "Status", "status", 7, 9.5),
    _Spec("出处", "Source", "source", 8, 15.5),
    _Spec("说明", "Note", "note", 10, 45, "aside", flows=True),
    _Spec("注", "Notes", "marks", 5, 6.5, "aside"),
]
NOTES = [
    _Spec("编号", "No.", "note_number", 6, 8),
    _Spec("名称", "Name", "note_name", 16, 24),
    _Spec("说明", "Explanation", "note_text", 30, 80, flows=True),
    _Spec("所涉数字", "Figures", "note_figures", 18, 34, "aside", flows=True),
]
COMPARISON = [
    _Spec("指标", "Indicator", "label", 14, 26, flows=True),
    _Spec("地方、年度", "Place, year", "place_year", 10, 13),
    _Spec("数值", "Number", "number", 7, 9.5, "number"),
    _Spec("单位", "Unit", "unit", 4.5, 5.5, "unit"),
    _Spec("界限", "Bound", "bound", 5, 6),
    _Spec("范围", "Scope", "scope", 6, 8.5),
    _Spec("时段", "Period", "period", 7, 8.5),
    _Spec("等级", "Grade", "grade", 4.5, 5.5),
    _Spec("不同之处、说明", "Difference, note", "difference", 14, 50, "aside", flows=True),
    _Spec("状态", "Status", "status", 6.5, 8),
    _Spec("来源", "Source", "reference", 5, 6),
]
REFERENCES = [
    _Spec("编号", "No.", "reference_number", 5, 6),
    _Spec("来源", "Source", "reference_title", 30, 70, flows=True),
    _Spec("发布者", "Issuer", "reference_issuer", 16, 30, "aside", flows=True),
    _Spec("类别", "Kind", "reference_kind", 10, 15),
    _Spec("发布日期", "Published", "reference_date", 9, 11),
    _Spec("发布处", "Host", "reference_host", 8, 11),
    _Spec("网址", "Address", "reference_address", 12, 20, "aside"),
]
CHARTS = [
    _Spec("主题", "Subject", "chart_topic", 16, 20),
    _Spec("结论现值", "Finding, live", "chart_finding", 34, 34),
    _Spec("图", "Chart", "chart_words", 71, 71, "aside"),
]
CHART_HEIGHT = {1: 124, 2: 170}  # points, by the number of languages: all labels find room
TEN_THOUSAND = 10_000
SOURCES = [
    _Spec("编号", "No.", "position", 5, 6),
    _Spec("指标", "Indicator", "label", 17, 17),
    _Spec("原文", "Printed", "printed", 6.5, 8, "aside"),
    _Spec("章节", "Section", "section", 8, 10),
    _Spec("原句", "Sentence", "sentence", 40, 60, flows=True),
    _Spec("引文", "Quote", "quote", 17, 17, "aside"),
    _Spec("范围依据", "Basis of scope", "scope_basis", 8, 9.5),
    _Spec("报告", "Report", "report_name", 9, 12.5, "aside"),
    _Spec("网址", "Address", "address", 10, 15, "aside"),
]
CHECKS = [
    _Spec("核验", "Check", "statement", 40, 60, flows=True),
    _Spec("种类", "Kind", "kind", 6, 11, "aside"),
    _Spec("左边", "Left", "left", 8, 9, "value"),
    _Spec("右边", "Right", "right", 8, 9, "value"),
    _Spec("结果", "Result", "mark", 8, 12, "aside"),
    _Spec("左边现值", "Left, live", "left_live", 8, 9, "value"),
    _Spec("右边现值", "Right, live", "right_live", 8, 9, "value"),
    _Spec("结果现值", "Result, live", "mark_live", 8, 12, "aside"),
    _Spec("说明", "Note", "note_of_sum", 20, 30, "aside", flows=True),
]
NUMBER_COLUMN = "ABCDEFGHIJKL"[[spec.holds for spec in TOPIC].index("number")]


class Pages:
    """The sheets for some figures of one report."""

    def __init__(self, tables, figures, lang, others=(), peers=False):
        self.tables, self.figures, self.others, self.peers = tables, figures, others, peers
        self.languages = ("zh", "en") if lang == "both" else (lang,)
        self.report = next(row for row in tables.reports if row["report"] == figures[0]["report"])
        self.by_name = {
            name: found
            for name, found in by_indicator(of_report(tables, self.report["report"])).items()
        }
        # Identities name indicators that the report gives once; the audit sees to that.
        self.named = {name: found[0] for name, found in self.by_name.items()}
        self.several = {name for name, found in self.by_name.items() if len(found) > 1}
        self.position = {_key(row): number for number, row in enumerate(figures)}
        try:
            self.title = tables.package["title_zh"], tables.package["title"]
            self.fingerprint = tables.fingerprint
            self.version, self.created = (
                tables.package["version"],
                datetime.fromisoformat(tables.package["created"]).date(),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise BaodingError(
                f"seeds/datapackage.json: {error}; give title, title_zh, version, and created as"
                " 2026-11-24T00:00:00Z"
            ) from None

    def pair(self, zh, en):
        """The wordings in the languages chosen."""
        return [zh, en] if len(self.languages) == 2 else [zh if self.languages == ("zh",) else en]

    def say(self, zh, en):
        """One content for a cell; what is alike in both languages is said once."""
        said = list(dict.fromkeys(self.pair(zh, en)))
        return Both(*said) if len(said) == 2 else said[0]

    def _joined(self, words):
        """A pair of words on one line."""
        return " ".join(self.pair(*words))

    def word(self, kind, code):
        row = self.tables.words[(kind, code)]
        return self.say(row["zh"], row["en"])

    def of(self, row, column):
        return self.say(row[f"{column}_zh"], row[f"{column}_en"])

    def _english(self, row):
        return english(row, self.tables.words["bound", row.bound].en)

    @cached_property
    def place(self):
        place = next(row for row in self.tables.places if row["place"] == self.report["place"])
        return (
            f"{place['name_zh']}{self.report['year']}年",
            f"{place['name_en']}, {self.report['year']}",
        )

    @cached_property
    def topics(self):
        """Topic to its figures, in the order in which they are shown."""
        return {
            topic: [row for row in self.figures if row["topic"] == topic]
            for topic in dict.fromkeys(row["topic"] for row in self.figures)
        }

    @cached_property
    def identities(self):
        """The identities all of whose figures are shown."""
        shown = {row.key for row in self.figures}
        return [
            one
            for identity in self.tables.identities
            if identity.report == self.report.report
            for one in sums_of(identity, self.by_name)
            if all(figure.key in shown for figure in (one.result, *(f for _, f in one.terms)))
        ]

    @cached_property
    def notes(self):
        """The doubts about the figures shown, in the order in which they first appear."""
        of_report = [
            doubt for doubt in self.tables.doubts if doubt["report"] == self.report["report"]
        ]
        return list(
            {
                doubt["doubt"]: doubt
                for row in self.figures
                for doubt in of_report
                if row["indicator"] in doubt["figures"].split()
            }.values()
        )

    @cached_property
    def compared(self):
        """Each figure that has something to be set beside it, followed by that; what is only C is
        left out.
        """
        found = []
        for figure in self.figures if self.others or self.peers else ():
            seen = beside(self.tables, figure["indicator"], self.report["report"])
            chosen = [
                row
                for row in seen
                if row["grade"]
                and (row["report"] in self.others or self.peers and row["grade"] in ("A", "B"))
            ]
            own = [row for row in seen if _key(row) == _key(figure)]
            found += (
                own
                + [
                    row
                    | {
                        "label_zh": self.tables.codebook[row["indicator"]]["label_zh"],
                        "label_en": self.tables.codebook[row["indicator"]]["label_en"],
                    }
                    for row in chosen
                ]
                if chosen
                else []
            )
        return found

    @cached_property
    def references(self):
        """The sources of what is set beside the report, in the order in which they appear."""
        return list(
            dict.fromkeys(
                row["report"] for row in self.compared if row["report"] != self.report["report"]
            )
        )

    @cached_property
    def drawings(self):
        """The charts whose figures are shown, below each other on one sheet."""
        found = []
        for drawing in DRAWINGS:
            names = [row["indicator"] for row in self.topics.get(drawing.topic, ())]
            start = names.index(drawing.figures[0]) if drawing.figures[0] in names else 0
            asked = {
                name.strip()
                for text in drawing.finding
                for place in PLACE.findall(text)
                for name in place.split("/")
            }
            if tuple(names[start : start + len(drawing.figures)]) == drawing.figures and all(
                names.count(name) == 1 for name in {*asked, *drawing.figures}
            ):
                found.append(drawing)
        return found

    # Sheets

    def sheets(self):
        """All sheets in their order; the contents name those that hold a table of figures, checks
        or sources.
        """
        taken, tables = (
            set(),
            {"contents", "charts", "comparison", "references", "checks", "notes", "sources"},
        )
        first, second = (
            unique(self._joined(name), taken) for name in (("封面", "Cover"), ("目录", "Contents"))
        )
        self.by_topic = {}
        for topic, figures in self.topics.items():
            word = self.tables.words[("topic", topic)]
            titles = f"{self.place[0]}：{word['zh']}", f"{self.place[1]}: {word['en']}"
            table = unique("figures_" + re.sub("[^A-Za-z0-9_]", "_", topic), tables, 200)
            self.by_topic[topic] = self._sheet(
                ("topic", topic),
                unique(self._joined((word["zh"], word["en"])), taken),
                titles,
                table,
                TOPIC,
                figures,
            )
        found = list(self.by_topic.values())
        if self.drawings:
            charts = self._sheet(
                "charts",
                unique(self._joined(("图", "Charts")), taken),
                ("图：随表改动", "Charts that follow the tables"),
                "charts",
                CHARTS,
                self.drawings,
            )
            found.append(
                charts._replace(
                    least=CHART_HEIGHT[len(self.languages)],
                    charts=tuple(map(self._chart, self.drawings)),
                )
            )
        if self.compared:
            found.append(
                self._sheet(
                    "comparison",
                    unique(self._joined(("比较", "Comparison")), taken),
                    (
                        "比较：同样的才比，不同的说明",
                        "Comparison: like with like, and where not, in what",
                    ),
                    "comparison",
                    COMPARISON,
                    self.compared,
                )
            )
            found.append(
                self._sheet(
                    "references",
                    unique(self._joined(("来源", "References")), taken),
                    ("比较的来源", "Sources of what is compared"),
                    "references",
                    REFERENCES,
                    self.references,
                )
            )
        if self.identities:
            marks = [
                (number, self._joined(FAILS))
                for number, spec in enumerate(CHECKS, 1)
                if spec.holds == "mark_live"
            ]
            found.append(
                self._sheet(
                    "checks",
                    unique(self._joined(("核验", "Checks")), taken),
                    (
                        "核验：报告写明或隐含的算术",
                        "Checks: the arithmetic that the report states or implies",
                    ),
                    "checks",
                    CHECKS,
                    self.identities,
                    marks,
                )
            )
        if self.notes:
            found.append(
                self._sheet(
                    "notes",
                    unique(self._joined(("注", "Notes")), taken),
                    ("注：哪些数要小心读", "Notes: which numbers need care"),
                    "notes",
                    NOTES,
                    self.notes,
                )
            )
        found.append(
            self._sheet(
                "sources",
                unique(self._joined(("出处", "Sources")), taken),
                ("出处：每个数字的原句", "Sources: the sentence of every figure"),
                "sources",
                SOURCES,
                self.figures,
            )
        )
        return [self._cover(first), self._contents(second, found), *found]

    def _sheet(self, key, name, titles, table, specs, rows, marks=()):
        columns = [Column(self.say(spec.zh, spec.en), *spec[3:]) for spec in specs]
        cells = [[getattr(self, f"_{spec.holds}")(row) for spec in specs] for row in rows]
        return Sheet(key, name, self._above(titles, len(rows)), table, columns, cells, marks)

    def _above(self, titles, count=None):
        """The lines above a table: titles, what is in it, its source, and the way back to the
        contents.
        """
        found = self._titles(titles)
        if count is not None:
            found += lines(
                "　".join(
                    self.pair(
                        f"一张表，{count}行，没有空格",
                        f"One table of {_rows(count)}, no empty cell",
                    )
                )
            )
        for text in self.pair(
            f"来源：《{self.report['title_zh']}》（{self.report['published']}）",
            f"Source: {self.report['title_en']} ({self.report['published']})",
        ):
            found += lines(text, link=self.report["url"])
        if count is not None:
            found += lines(
                "　".join(self.pair("返回目录", "Back to contents")), link=Link("contents")
            )
        return found

    def _titles(self, titles, size=HEADING):
        first, *others = self.pair(*titles)
        return lines(first, size, bold=True) + [
            line for other in others for line in lines(other, SIZE + 1, bold=True)
        ]

    def _contents(self, name, sheets):
        columns = [
            Column(self.say(*title), 8, high)
            for title, high in (
                (("工作表", "Sheet"), 45),
                (("表", "Table"), 70),
                (("行数", "Rows"), 12),
            )
        ]
        cells = []
        for sheet in sheets:
            title = [line.text for line in sheet.lines if line.bold]
            cells.append(
                [
                    Cell(sheet.name, Link(sheet.key)),
                    Cell(Both(*title) if len(title) == 2 else " ".join(title)),
                    Cell(self.say(f"{len(sheet.rows)}行", _rows(len(sheet.rows)))),
                ]
            )
        return Sheet(
            "contents", name, self._above(("目录", "Contents")), "contents", columns, cells
        )

    def _cover(self, name):
        room = (WIDTH - 20) / len(self.languages)
        columns = [
            Column("", 20, 20, "heading"),
            *(Column("", room, room, look) for _, look in zip(self.languages, ("text", "aside"))),
        ]
        about, reading = list(cover.about(self)), list(cover.reading(self))
        cells = [
            [Cell(self.say(*heading)), *(Cell(text, link) for text in self.pair(*texts))]
            for heading, texts, link in [*about, *reading]
        ]
        return Sheet(
            "cover",
            name,
            self._titles(self.title) + self._titles(self.place, 12),
            "",
            columns,
            cells,
            turn=len(about),
        )

    # Cells of a topic's sheet and of the sources

    def _label(self, row):
        return Cell(self.of(row, "label"))

    def _number(self, row):
        return Cell(row["value"] / TEN_THOUSAND if _in_ten_thousands(row) else row["value"])

    def _unit(self, row):
        return Cell(
            self.say("万元", "10,000 yuan")
            if _in_ten_thousands(row)
            else self.word("unit", row["unit"])
        )

    def _printed(self, row):
        return Cell(row["printed"] or self.word("status", "not_in_report"))

    def _bound(self, row):
        return Cell(self.word("bound", row["bound"]))

    def _scope(self, row):
        return Cell(self.word("scope", row["scope"]))

    def _scope_basis(self, row):
        return Cell(self.word("scope_basis", row["scope_basis"]))

    def _period(self, row):
        return Cell(self.word("period", row["period"]))

    def _status(self, row):
        return Cell(self.word("status", row["status"]))

    def _source(self, row):
        number = self.position[_key(row)]
        where = (
            self.pair(*section_in_words(row["section"]))
            if row["section"]
            else self.pair("算式", "formula")
        )
        return Cell(f"{number + 1} {where[0]}", Link("sources", number))

    def _note(self, row):
        told = [self._counts(row)] if row.get("measure") == "share" else []
        zh, en = row["note_zh"], row["note_en"]
        if zh or en:
            told.append((zh or en, en or zh))
        return Cell(
            self.say("".join(zh for zh, _ in told), " ".join(en for _, en in told))
            if told
            else self.say("无", "none")
        )

    def _marks(self, row):
        """The numbers of the notes on a figure, linked to the first of them."""
        numbers = [
            number
            for number, doubt in enumerate(self.notes)
            if row["indicator"] in doubt["figures"].split()
        ]
        if not numbers:
            return Cell(self.say("无", "none"))
        said = [str(number + 1) for number in numbers]
        return Cell(", ".join(said), Link("notes", numbers[0]))

    # Cells of the comparison

    def _place_year(self, row):
        place = self.tables.where[row["place"]]
        return Cell(
            self.say(f"{place['name_zh']}{row['year']}", f"{place['name_en']} {row['year']}")
        )

    def _grade(self, row):
        return Cell(row["grade"] or self.say("本报告", "own"))

    def _difference(self, row):
        counts = ("", "")
        if row["measure"] == "share":
            words = self.tables.words[("status", "counts_not_stated")]
            counts = (
                (
                    (
                        f"{row['part']:,}/{row['whole']:,}，{LEVEL}%区间{row['low']:.2f}%至"
                        f"{row['high']:.2f}%"
                    ),
                    (
                        f"{row['part']:,}/{row['whole']:,}, {LEVEL}% interval {row['low']:.2f}% to"
                        f" {row['high']:.2f}%"
                    ),
                )
                if row["whole"]
                else (words["zh"], words["en"])
            )
        zh = "；".join(filter(None, (row["reason_zh"], counts[0], row["note_zh"].rstrip("。"))))
        en = "; ".join(filter(None, (row["reason_en"], counts[1], row["note_en"].rstrip("."))))
        return Cell(
            self.say(f"{zh or en}。", f"{en or zh}.") if zh or en else self.say("无", "none")
        )

    def _reference(self, row):
        if row["report"] == self.report["report"]:
            number = self.position[_key(row)]
            return Cell(str(number + 1), Link("sources", number))
        number = self.references.index(row["report"])
        return Cell(f"R{number + 1}", Link("references", number))

    def _reference_number(self, report):
        row = next(number for number, row in enumerate(self.compared) if row["report"] == report)
        return Cell(f"R{self.references.index(report) + 1}", Link("comparison", row))

    def _reference_title(self, report):
        return Cell(self.of(self.tables.source[report], "title"))

    def _reference_issuer(self, report):
        return Cell(self.of(self.tables.source[report], "issuer"))

    def _reference_kind(self, report):
        return Cell(self.word("source", self.tables.source[report]["kind"]))

    def _reference_date(self, report):
        date = self.tables.source[report]["published"]
        return Cell(str(date) if date else self.word("status", "not_recorded"))

    def _reference_host(self, report):
        return Cell(self.word("host", self.tables.source[report]["host"]))

    def _reference_address(self, report):
        url = self.tables.source[report]["url"]
        return Cell((urlsplit(url).hostname or url).removeprefix("www."), url)

    # Cells of the notes and of the charts

    def _note_number(self, doubt):
        row = next(row for row in self.figures if row["indicator"] in doubt["figures"].split())
        return Cell(
            str(self.notes.index(doubt) + 1),
            Link(("topic", row["topic"]), self.topics[row["topic"]].index(row)),
        )

    def _note_name(self, doubt):
        return Cell(self.of(doubt, "name"))

    def _note_text(self, doubt):
        values = {name: row["value"] for name, row in self.named.items()}
        return Cell(
            self.say(
                filled(doubt["text_zh"], values, lambda name: chinese(self.named[name])),
                filled(
                    doubt["text_en"],
                    values,
                    lambda name: self._english(self.named[name]),
                    "{:,}".format,
                ),
            )
        )

    def _note_figures(self, doubt):
        rows = [self.named[name] for name in doubt["figures"].split()]
        return Cell(
            self.say(
                "、".join(row["label_zh"] for row in rows),
                "; ".join(row["label_en"] for row in rows),
            )
        )

    def _chart_topic(self, drawing):
        start = [row["indicator"] for row in self.topics[drawing.topic]].index(drawing.figures[0])
        return Cell(self.by_topic[drawing.topic].name, Link(("topic", drawing.topic), start))

    def _chart_finding(self, drawing):
        values = {name: row["value"] for name, row in self.named.items()}
        findings = self.pair(*drawing.finding)
        return Cell(
            Formula(
                formula(findings, self._ref),
                "\n".join(worded(finding, values) for finding in findings),
            )
        )

    def _chart_words(self, drawing):
        """The numbers drawn, as words beneath the chart: for who cannot see it."""
        rows = [self.named[name] for name in drawing.figures]
        return Cell(
            self.say(
                "；".join(f"{row['label_zh']}{chinese(row)}" for row in rows),
                "; ".join(f"{row['label_en']}: {self._english(row)}" for row in rows),
            )
        )

    def _chart(self, drawing):
        rows = [self.named[name] for name in drawing.figures]
        columns = [[spec.holds for spec in TOPIC].index(holds) + 1 for holds in ("label", "number")]
        start = [row["indicator"] for row in self.topics[drawing.topic]].index(drawing.figures[0])
        values = tuple(
            ("\n".join(self.pair(row["label_zh"], row["label_en"])), row["value"]) for row in rows
        )
        return Chart(
            "\n".join(self.pair(*drawing.title)), ("topic", drawing.topic), *columns, start, values
        )

    def _counts(self, row):
        """Both counts of a share with its interval, or the words that the report does not state
        them.
        """
        book = self.tables.codebook[row["indicator"]]
        pairs = [
            (part, whole)
            for part in self.by_name.get(book["numerator"], ())
            for whole in self.by_name.get(book["denominator"], ())
            if (part["scope"], part["period"]) == (row["scope"], row["period"])
            and not unlike(self.tables, part, whole)
        ]
        if not pairs:
            words = self.tables.words[("status", "counts_not_stated")]
            return f"{words['zh']}。", f"{words['en'].capitalize()}."
        [(part, whole)] = pairs
        share = share_of(self.tables, part, whole)
        return (
            (
                f"{share.whole:,}{whole['unit']}中{share.part:,}{part['unit']}，{LEVEL}%区间"
                f"{share.low:.2f}%至{share.high:.2f}%。"
            ),
            (
                f"{share.part:,} of {share.whole:,}; {LEVEL}% interval {share.low:.2f}% to"
                f" {share.high:.2f}%."
            ),
        )

    def _position(self, row):
        return Cell(
            str(self.position[_key(row)] + 1),
            Link(("topic", row["topic"]), self.topics[row["topic"]].index(row)),
        )

    def _section(self, row):
        return Cell(
            self.say(*section_in_words(row["section"]))
            if row["section"]
            else self.word("status", "not_applicable")
        )

    def _sentence(self, row):
        if row["status"] != "derived":
            return Cell(row["sentence"], stress=(row["at"], row["at"] + len(row["printed"])))
        return self._statement(
            next(
                one
                for identity in self.tables.identities
                if identity.kind == "derived" and identity.report == row.report
                for one in sums_of(identity, self.by_name)
                if one.result.key == row.key
            )
        )

    def _quote(self, row):
        return Cell(row["quote"] or self.word("status", "not_applicable"))

    def _report_name(self, row):
        return Cell(self.say(*self.place))

    def _address(self, row):
        return Cell(
            (urlsplit(self.report["url"]).hostname or self.report["url"]).removeprefix("www."),
            self.report["url"],
        )

    # Cells of the checks

    def _statement(self, one):
        return Cell(
            self.say(
                *(
                    in_words(one, self.tables.words, language, self.several)
                    for language in ("zh", "en")
                )
            )
        )

    def _kind(self, one):
        return Cell(self.word("identity", one.identity.kind))

    def _left(self, one):
        return Cell(one.result.value)

    def _right(self, one):
        return Cell(right_value(one))

    def _mark(self, one):
        return Cell(self._joined(HOLDS if holds(one) else FAILS))

    def _note_of_sum(self, one):
        return self._note(one.identity)

    def _left_live(self, one):
        return Cell(Formula(f"={self._cell_of(one.result)}", one.result.value))

    def _right_live(self, one):
        return Cell(Formula(sums.right_formula(self._cell_of, one), right_value(one)))

    def _mark_live(self, one):
        marks = self._joined(HOLDS), self._joined(FAILS)
        return Cell(Formula(sums.mark_formula(self._cell_of, one, *marks), self._mark(one).content))

    def _ref(self, name):
        return self._cell_of(self.named[name])

    def _cell_of(self, row):
        """The cell of a figure's number, as formulas name it."""
        sheet = self.by_topic[row["topic"]]
        place, number = (
            sheet.place().rpartition("!")[0],
            sheet.first + self.topics[row["topic"]].index(row),
        )
        cell = f"{place}!${NUMBER_COLUMN}${number}"
        return f"({cell}*{TEN_THOUSAND})" if _in_ten_thousands(row) else cell


def _in_ten_thousands(row):
    """Large sums of money are customarily said in 万元."""
    return row["unit"] == "元" and row["value"] >= 100 * TEN_THOUSAND


def _key(row):
    return row["report"], row["indicator"], row["scope"], row["period"]


def _rows(count):
    return "one row" if count == 1 else f"{count} rows"
