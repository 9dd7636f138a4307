"""The words of the workbook's cover: what it holds, on what it rests, how to cite and how to read
it.
"""

from baoding_data.comparison.shares import LEVEL
from baoding_data.workbook.fit import SIZE
from baoding_data.workbook.printer import LONG_TABLE

AUTHOR = "The baoding_data authors"


def about(pages):
    """The rows of the cover: heading, text, link."""
    report, tables = pages.report, pages.tables
    text = tables.texts[report["report"]]
    derived = sum(row["status"] == "derived" for row in pages.figures)
    curated = [row for row in tables.figures if row["report"] == report["report"]]
    apart = sum(not row["indicator"] for row in curated)
    others = [
        (tables.words[("number", kind)], sum(number.kind == kind for number in text.numbers))
        for kind in ("date", "ordinal", "name")
    ]
    arithmetic = [row["kind"] for row in tables.identities if row["report"] == report["report"]]
    deriving = arithmetic.count("derived")
    stated = len(arithmetic) - deriving
    topics = [tables.words[("topic", topic)] for topic in pages.topics]
    yield (
        ("内容", "What it holds"),
        (
            (
                f"{len(pages.figures)}个数字：{len(pages.figures) - derived}个印于报告，"
                f"各附原句；{derived}个由报告的数字推算。"
                f"主题：{'、'.join(t['zh'] for t in topics)}。"
            ),
            (
                f"{len(pages.figures)} figures: {len(pages.figures) - derived} printed in the"
                f" report, each with its sentence, and {derived} derived from them. Topics:"
                f" {', '.join(t['en'] for t in topics)}."
            ),
        ),
        None,
    )
    yield (
        ("报告", "Report"),
        (
            f"《{report['title_zh']}》，{report['issuer_zh']}，{report['published']}。",
            f"{report['title_en']}. {report['issuer_en']}, {report['published']}.",
        ),
        None,
    )
    yield ("网址", "Address"), (report["url"], report["url"]), report["url"]
    yield (
        ("所据全文", "Audited text"),
        (
            f"{report['text']}：全文印有{len(text.numbers)}个数字，其中数值{len(text.values)}个，"
            f"全部对应到{len(curated) - apart}个统计数字和{apart}处另作说明；"
            + "，".join(f"{word['zh']}{count}个" for word, count in others)
            + "。核对无一处不符。",
            f"{report['text']}: {len(text.numbers)} numbers printed, {len(text.values)} of them"
            f" values, all accounted for by {len(curated) - apart} figures and {apart} set apart; "
            + ", ".join(f"{count} {word['en']}" for word, count in others)
            + ". The audit finds nothing wrong.",
        ),
        None,
    )
    yield ("全文校验值SHA-256", "SHA-256 of the text"), (report["sha256"], report["sha256"]), None
    yield (
        ("算术核验", "Arithmetic"),
        (
            (
                f"报告写明或隐含的算术共{stated}项，全部成立；另有{deriving}项推算报告未印的数。"
                f"本册列出其中{len(pages.identities)}项，即所涉数字都在本册的。"
            ),
            (
                f"{stated} sums, ratios and comparisons that the report states or implies, all of"
                f" which hold, and {deriving} that derive what it does not print; this workbook"
                f" shows the {len(pages.identities)} whose figures it holds."
            ),
        ),
        None,
    )
    yield (
        ("数据版本", "Data version"),
        (
            f"{pages.version}（{pages.created}，数据指纹{pages.fingerprint}）",
            f"{pages.version} ({pages.created}, fingerprint {pages.fingerprint})",
        ),
        None,
    )
    yield (
        ("许可", "Licence"),
        (
            "表格：CC BY 4.0；代码：MIT。报告是官方文件，引用时注明出处。",
            (
                "Tables: CC BY 4.0; code: MIT. The report is an official document, quoted with its"
                " source."
            ),
        ),
        None,
    )
    yield (
        ("引用格式", "How to cite"),
        (
            (
                f"{AUTHOR}：《{pages.title[0]}》，数据版本{pages.version}，CC BY"
                f" 4.0；数字出自《{report['title_zh']}》。"
            ),
            (
                f"{AUTHOR}: {pages.title[1]}. Data version {pages.version}, CC BY 4.0. Figures"
                f" from: {report['title_en']}."
            ),
        ),
        None,
    )


def reading(pages):
    """The rows of the cover that say how to read the rest, and where it departs from guidance."""
    words = {
        code: pages.tables.words[("status", code)]
        for code in ("proved", "derived", "not_in_report", "not_applicable", "counts_not_stated")
    }
    for heading, zh, en in (
        (
            ("怎样读：数值", "How to read: numbers"),
            "以“单位”一栏计；比率的数值与原文相同，百分号写在“单位”一栏。",
            (
                "They are in the unit beside them; a share is as printed, with the per cent sign in"
                " the column of units."
            ),
        ),
        (
            ("确切程度", "Bound"),
            "原句有“约”“多”“不少于”“以上”等字样的，写明；没有则为确数。",
            (
                "Whether words such as “about”, “more than” or “at least” stand around the number;"
                " exact where there are none."
            ),
        ),
        (
            ("范围、时段", "Scope, period"),
            "数字所涉的机关或区域、所涉的时间；范围还注明是原文写明还是按上下文理解。",
            (
                "Whose work or which area, and which time, is counted; for the scope, whether the"
                " sentence says so or the context does."
            ),
        ),
        (
            ("状态", "Status"),
            (
                f"“{words['proved']['zh']}”的数字，点“出处”即到原句；“{words['derived']['zh']}”的，"
                "点“出处”即到算式。"
            ),
            (
                f"From a figure “{words['proved']['en']}” the source link leads to its sentence;"
                f" from one “{words['derived']['en']}” to its formula."
            ),
        ),
        (
            ("没有空格", "No empty cell"),
            (
                f"缺什么都写明：“{words['not_in_report']['zh']}”“{words['not_applicable']['zh']}”“"
                f"{words['counts_not_stated']['zh']}”。"
            ),
            (
                f"What is missing is said: “{words['not_in_report']['en']}”,"
                f" “{words['not_applicable']['en']}”, “{words['counts_not_stated']['en']}”."
            ),
        ),
        (
            ("比率", "Shares"),
            f"说明栏列出件数和{LEVEL}%区间，把件数看作同类案件的随机样本。",
            (
                f"The note gives both counts and the {LEVEL}% interval, taking the counts as a"
                " random sample of like cases."
            ),
        ),
        (
            ("注", "Notes"),
            "“注”一栏的编号通到同名的表，那里说明要小心读的数；编号按首次出现排列，点编号即回到该数。",
            (
                "The numbers in the column of notes lead to the sheet of that name, which explains"
                " figures that need care; they are numbered by first appearance and lead back."
            ),
        ),
        (
            ("图", "Charts"),
            "图和旁边的结论随表改动；图下的格子里是同样的数字，用文字写出。",
            (
                "Charts and the findings beside them follow the tables; the cell beneath each chart"
                " says the same numbers in words."
            ),
        ),
        (
            ("核验", "Checks"),
            "各栏为发布时所算；“现值”各栏随表改动：改了一个数，不再成立的核验即写明“不成立”。",
            (
                "Computed when published; the live columns follow the tables: change a number, and"
                " a check that no longer holds says so."
            ),
        ),
    ):
        yield heading, (zh, en), None
    yield (
        ("有意的偏离", "Departures"),
        (
            (
                f"与电子表格无障碍指南不同之处：超过{LONG_TABLE}行的表冻结表头；打印页有页眉标题和页码；正文{SIZE}磅而非12磅，"
                "以便一页宽排下全表。"
            ),
            (
                "From guidance on accessible spreadsheets, on purpose: header rows are frozen in"
                f" tables of more than {LONG_TABLE} rows; printed pages carry a title and page"
                f" numbers; type is {SIZE} point, not 12, so that each table is one page wide."
            ),
        ),
        None,
    )
