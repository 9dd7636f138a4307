"""The first two sheets: the cover, on what the workbook holds and how to read it; the contents."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from baoding_data.comparison.shares import LEVEL
from baoding_data.words import Pair
from baoding_data.workbook.edition import Edition, rows_of
from baoding_data.workbook.fit import SIZE, WIDTH
from baoding_data.workbook.sheet import LONG_TABLE, Cell, Column, Link, Sheet, titles

AUTHOR = "The baoding_data authors"
COVER, CONTENTS = Pair("封面", "Cover"), Pair("目录", "Contents")


class Entry(NamedTuple):
    """A row of the cover."""

    heading: Pair
    text: Pair
    link: str | None = None


def cover_sheet(edition: Edition) -> Sheet:
    """The cover: a heading a row, and beside it a text in each language."""
    room = (WIDTH - 20) / len(edition.languages)
    columns = [Column("", 20, 20, "heading")]
    columns += [
        Column("", room, room, look) for look in ("text", "aside")[: len(edition.languages)]
    ]
    about = list(_about(edition))
    cells = [
        [Cell(edition.say(row.heading)), *(Cell(text, row.link) for text in edition.each(row.text))]
        for row in (*about, *_reading(edition))
    ]
    above = titles(edition.each(edition.data.title)) + titles(edition.each(edition.place), 12)
    return Sheet("cover", edition.line(COVER), above, "", columns, cells, turn=len(about))


def contents_sheet(edition: Edition, name: str, sheets: Sequence[Sheet]) -> Sheet:
    """The contents: each sheet that holds a table, with its title and its number of rows."""
    columns = [
        Column(edition.say(Pair("工作表", "Sheet")), 8, 45),
        Column(edition.say(Pair("表", "Table")), 8, 70),
        Column(edition.say(Pair("行数", "Rows")), 8, 12),
    ]
    cells = []
    for sheet in sheets:
        title, count = sheet.title, len(sheet.rows)
        size = edition.say(Pair(f"{count}行", rows_of(count)))
        told = Pair(*title) if len(title) == 2 else " ".join(title)
        cells.append([Cell(sheet.name, Link(sheet.key)), Cell(told), Cell(size)])
    return Sheet("contents", name, edition.above(CONTENTS), "contents", columns, cells)


def _about(edition: Edition) -> Iterator[Entry]:
    """What the workbook holds, on what it rests, and how to cite it."""
    report, data = edition.report, edition.data
    yield _holds(edition)
    yield Entry(
        Pair("报告", "Report"),
        Pair(
            f"《{report.title_zh}》，{report.issuer_zh}，{report.published}。",
            f"{report.title_en}. {report.issuer_en}, {report.published}.",
        ),
    )
    yield Entry(Pair("网址", "Address"), Pair(report.url, report.url), report.url)
    yield _audited(edition)
    checksum = Pair("全文校验值SHA-256", "SHA-256 of the text")
    yield Entry(checksum, Pair(report.sha256, report.sha256))
    yield _arithmetic(edition)
    fingerprint = edition.tables.fingerprint
    yield Entry(
        Pair("数据版本", "Data version"),
        Pair(
            f"{data.version}（{data.created}，数据指纹{fingerprint}）",
            f"{data.version} ({data.created}, fingerprint {fingerprint})",
        ),
    )
    yield Entry(
        Pair("许可", "Licence"),
        Pair(
            "表格：CC BY 4.0；代码：MIT。报告是官方文件，引用时注明出处。",
            "Tables: CC BY 4.0; code: MIT. The report is an official document, quoted with its"
            " source.",
        ),
    )
    yield Entry(
        Pair("引用格式", "How to cite"),
        Pair(
            f"{AUTHOR}：《{data.title.zh}》，数据版本{data.version}，CC BY 4.0；"
            f"数字出自《{report.title_zh}》。",
            f"{AUTHOR}: {data.title.en}. Data version {data.version}, CC BY 4.0. Figures from:"
            f" {report.title_en}.",
        ),
    )


def _holds(edition: Edition) -> Entry:
    count = len(edition.figures)
    derived = sum(figure.status == "derived" for figure in edition.figures)
    topics = [edition.tables.words.pair("topic", topic) for topic in edition.topics]
    return Entry(
        Pair("内容", "What it holds"),
        Pair(
            f"{count}个数字：{count - derived}个印于报告，各附原句；{derived}个由报告的数字推算。"
            f"主题：{'、'.join(topic.zh for topic in topics)}。",
            f"{count} figures: {count - derived} printed in the report, each with its sentence, and"
            f" {derived} derived from them. Topics: {', '.join(topic.en for topic in topics)}.",
        ),
    )


def _audited(edition: Edition) -> Entry:
    tables, report = edition.tables, edition.report
    text = tables.texts[report.report]
    curated = [row for row in tables.figures if row.report == report.report]
    apart = sum(not row.indicator for row in curated)
    kinds = Counter(number.kind for number in text.numbers)
    others = [
        (tables.words.pair("number", kind), kinds[kind]) for kind in ("date", "ordinal", "name")
    ]
    return Entry(
        Pair("所据全文", "Audited text"),
        Pair(
            f"{report.text}：全文印有{len(text.numbers)}个数字，其中数值{len(text.values)}个，"
            f"全部对应到{len(curated) - apart}个统计数字和{apart}处另作说明；"
            f"{'，'.join(f'{word.zh}{count}个' for word, count in others)}。核对无一处不符。",
            f"{report.text}: {len(text.numbers)} numbers printed, {len(text.values)} of them"
            f" values, all accounted for by {len(curated) - apart} figures and {apart} set apart;"
            f" {', '.join(f'{count} {word.en}' for word, count in others)}."
            " The audit finds nothing wrong.",
        ),
    )


def _arithmetic(edition: Edition) -> Entry:
    report, shown = edition.report.report, len(edition.identities)
    kinds = [row.kind for row in edition.tables.identities if row.report == report]
    deriving = kinds.count("derived")
    stated = len(kinds) - deriving
    return Entry(
        Pair("算术核验", "Arithmetic"),
        Pair(
            f"报告写明或隐含的算术共{stated}项，全部成立；另有{deriving}项推算报告未印的数。"
            f"本册列出其中{shown}项，即所涉数字都在本册的。",
            f"{stated} sums, ratios and comparisons that the report states or implies, all of which"
            f" hold, and {deriving} that derive what it does not print; this workbook shows the"
            f" {shown} whose figures it holds.",
        ),
    )


_READING = (
    (
        Pair("怎样读：数值", "How to read: numbers"),
        "以“单位”一栏计；比率的数值与原文相同，百分号写在“单位”一栏。",
        "They are in the unit beside them; a share is as printed, with the per cent sign in the"
        " column of units.",
    ),
    (
        Pair("确切程度", "Bound"),
        "原句有“约”“多”“不少于”“以上”等字样的，写明；没有则为确数。",
        "Whether words such as “about”, “more than” or “at least” stand around the number; exact"
        " where there are none.",
    ),
    (
        Pair("范围、时段", "Scope, period"),
        "数字所涉的机关或区域、所涉的时间；范围还注明是原文写明还是按上下文理解。",
        "Whose work or which area, and which time, is counted; for the scope, whether the sentence"
        " says so or the context does.",
    ),
    (
        Pair("状态", "Status"),
        "“{proved}”的数字，点“出处”即到原句；“{derived}”的，点“出处”即到算式。",
        "From a figure “{proved}” the source link leads to its sentence; from one “{derived}” to"
        " its formula.",
    ),
    (
        Pair("没有空格", "No empty cell"),
        "缺什么都写明：“{not_in_report}”“{not_applicable}”“{counts_not_stated}”。",
        "What is missing is said: “{not_in_report}”, “{not_applicable}”, “{counts_not_stated}”.",
    ),
    (
        Pair("比率", "Shares"),
        f"说明栏列出件数；件数少，几件之差就会使比率变动的，并列{LEVEL}%威尔逊区间。",
        "The note gives both counts and, where they are so few that a handful of cases would move"
        f" the rate, the {LEVEL}% Wilson interval.",
    ),
    (
        Pair("注", "Notes"),
        "“注”一栏的编号通到同名的表，那里说明要小心读的数；编号按首次出现排列，点编号即回到该数。",
        "The numbers in the column of notes lead to the sheet of that name, which explains figures"
        " that need care; they are numbered by first appearance and lead back.",
    ),
    (
        Pair("图", "Charts"),
        "图和旁边的结论随表改动；图下的格子里是同样的数字，用文字写出。",
        "Charts and the findings beside them follow the tables; the cell beneath each chart says"
        " the same numbers in words.",
    ),
    (
        Pair("核验", "Checks"),
        "各栏为发布时所算；“现值”各栏随表改动：改了一个数，不再成立的核验即写明“不成立”。",
        "Computed when published; the live columns follow the tables: change a number, and a check"
        " that no longer holds says so.",
    ),
    (
        Pair("有意的偏离", "Departures"),
        f"与电子表格无障碍指南不同之处：超过{LONG_TABLE}行的表冻结表头；打印页有页眉标题和页码；"
        f"正文{SIZE}磅而非12磅，以便一页宽排下全表。",
        "From guidance on accessible spreadsheets, on purpose: header rows are frozen in tables of"
        f" more than {LONG_TABLE} rows; printed pages carry a title and page numbers; type is"
        f" {SIZE} point, not 12, so that each table is one page wide.",
    ),
)


def _reading(edition: Edition) -> Iterator[Entry]:
    """How to read the rest, and where it departs from guidance; `{code}` is a status in words."""
    words = edition.tables.words
    codes = {code: words.pair("status", code) for code in words.codes("status")}
    chinese, english = ({code: word[i] for code, word in codes.items()} for i in (0, 1))
    for heading, zh, en in _READING:
        yield Entry(heading, Pair(zh.format_map(chinese), en.format_map(english)))
