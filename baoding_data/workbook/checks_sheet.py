"""The sheet on how the tables were checked, with the report's arithmetic as formulas that follow
the cells, and the technical data.
"""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from baoding_data.checks.identities import Sum, holds, of_nothing, right_value
from baoding_data.comparison.wording import HEADS
from baoding_data.tables import left_out
from baoding_data.words import EMPTY, Pair, so_many, together
from baoding_data.workbook.chair_sheet import source
from baoding_data.workbook.edition import DASH, Edition, Field
from baoding_data.workbook.fit import SIZE
from baoding_data.workbook.formulas import Refs, mark_formula, right_formula
from baoding_data.workbook.sheet import LONG_TABLE, Block, Formula, Number, Sheet, wide

NAME = Pair("核对", "Checks")
HOLDS, FAILS = Pair("成立", "holds"), Pair("不成立", "fails")
COMPARED = Pair("比较", "Comparison")
AUTHOR = "The baoding_data authors"


class Check(NamedTuple):
    """An identity, and in which cells its figures stand."""

    one: Sum
    refs: Refs


def checks_sheet(edition: Edition, refs: Refs) -> Sheet:
    """How the tables were checked, the identities all of whose figures are shown, the data."""
    columns = edition.columns(CHECKS)
    title = Pair("核对：每个数怎样核对过", "Checks: how every number was checked")
    rows = [Check(one, refs) for one in edition.identities]
    live = [field.cell for field in CHECKS].index(_mark) + 1
    checks = edition.block("checks", CHECKS, rows, "checks")
    technical = Pair("技术资料", "Technical data")
    about = [edition.entry(*words) for words in _technical(edition)]
    blocks = [
        edition.above(columns, title),
        Block("audited", wide(columns, *(edition.entry(*words) for words in _audited(edition)))),
        *([checks._replace(mark=(live, edition.line(FAILS)))] if rows else ()),
        Block(
            "technical",
            edition.heading(columns, technical) + wide(columns, *source(edition), *about),
        ),
    ]
    return Sheet("checks", edition.line(NAME), edition.each(title), columns, blocks)


def _stated(edition: Edition, check: Check) -> Pair:
    return edition.stated(check.one)


def _kind(edition: Edition, check: Check) -> Pair:
    return edition.word("identity", check.one.identity.kind)


def _left(edition: Edition, check: Check) -> Formula:
    return Formula(f"={check.refs(check.one.result)}", edition.reads(check.one.result))


def _right(edition: Edition, check: Check) -> Formula:
    if of_nothing(check.one):
        return Formula(right_formula(check.refs, check.one, instead=DASH), DASH)
    value = right_value(check.one)
    shown = f"{value:,}{'%' * (check.one.identity.kind == 'ratio')}"
    return Formula(right_formula(check.refs, check.one), Number(value, shown))


def _mark(edition: Edition, check: Check) -> Formula:
    holding, failing = edition.line(HOLDS), edition.line(FAILS)
    formula = mark_formula(check.refs, check.one, holding, failing)
    return Formula(formula, holding if holds(check.one) else failing)


CHECKS: list[Field[Check]] = [
    Field(HEADS.relation, _stated, 30, 60, "text", True),
    Field(Pair("种类", "Kind"), _kind, 6, 10, "aside"),
    Field(Pair("左端", "Left"), _left, 7, 9, "value"),
    Field(Pair("右端", "Right"), _right, 7, 9, "value"),
    Field(HEADS.check, _mark, 6, 12, "aside"),
]


Entry = tuple[Pair, Pair]


def _audited(edition: Edition) -> Iterator[Entry]:
    """How many numbers the text prints, what each is, and the arithmetic."""
    tables = edition.tables
    text = tables.texts[edition.report]
    doubts = tables.rows_of("doubts", edition.report)
    but = Pair("，注意所说的除外", ", but for what the cautions say")
    but = but if any(doubt.accepts for doubt in doubts) else EMPTY
    curated = [row for row in tables.figures if row.report == edition.report]
    apart = sum(not row.indicator for row in curated)
    kinds = Counter(number.kind for number in text.numbers)
    others = [(edition.word("number", kind), kinds[kind]) for kind in ("date", "ordinal", "name")]
    yield (
        Pair("数与原文", "Numbers and text"),
        Pair(
            f"报告全文印有{len(text.numbers)}个数，其中数值{len(text.values)}个，"
            f"全部对应到{len(curated) - apart}个统计数{f'和{apart}处另作说明' * bool(apart)}；"
            f"{'，'.join(f'{word.zh}{count}个' for word, count in others)}。核对一致{but.zh}。",
            f"The report prints {len(text.numbers)} numbers, {len(text.values)} of them values, all"
            f" accounted for by {len(curated) - apart} figures"
            f"{f' and {apart} set apart' * bool(apart)};"
            f" {', '.join(f'{count} {word.en}' for word, count in others)}."
            f" The audit finds no discrepancy{but.en}.",
        ),
    )
    yield _shown(edition)
    yield _arithmetic(edition)
    if (edition.peers or edition.others) and (line := left_out.said(tables)):
        yield COMPARED, Pair(line.zh, line.sentence.en)


def _shown(edition: Edition) -> Entry:
    count = len(edition.shown)
    derived = sum(figure.status == "derived" for figure in edition.shown)
    return (
        Pair("本册", "This workbook"),
        Pair(
            f"{count}个统计数：{count - derived}个印于报告，各附原句"
            f"{f'；{derived}个由报告的数推算' * bool(derived)}。",
            f"{so_many(count, 'figure')}: {count - derived} printed in the report, each with its"
            f" sentence{f', and {derived} derived from them' * bool(derived)}.",
        ),
    )


def _arithmetic(edition: Edition) -> Entry:
    kinds = [row.kind for row in edition.tables.identities if row.report == edition.report]
    deriving, shown = kinds.count("derived"), len(edition.identities)
    broken = sum(not holds(one) for one in edition.all_identities)
    outcome = Pair("全部成立", "all of which hold")
    if broken:
        outcome = Pair(
            f"其中{broken}项照所印的数不成立，见注意", f"of which {broken} do not hold as printed"
        )
    held = Pair(
        f"报告写明或隐含的算术共{len(kinds) - deriving}项，{outcome.zh}，另有{deriving}项推算。",
        f"The report states or implies {len(kinds) - deriving} sums, ratios and comparisons,"
        f" {outcome.en}; {deriving} more derive what it does not print.",
    )
    below = Pair(
        f"下表列出所涉的数都在本册的{shown}项，随各表改动：改了一个数，不再成立的即写明“不成立”。",
        f"Those whose figures are all in this workbook, {shown}, stand below and follow its cells:"
        " change a number, and what no longer holds says so.",
    )
    return Pair("算术", "Arithmetic"), together([held, below] if shown else [held], "", " ")


def _technical(edition: Edition) -> Iterator[Entry]:
    """On what it rests, to the byte, how to cite it, and where it departs from guidance."""
    data, title = edition.data, edition.about
    yield Pair("全文校验值SHA-256", "SHA-256 of the text"), Pair(title.sha256, title.sha256)
    fingerprint = edition.tables.fingerprint
    yield (
        Pair("数据版本", "Data version"),
        Pair(
            f"{data.version}（{data.created}，数据指纹{fingerprint}）",
            f"{data.version} ({data.created}, fingerprint {fingerprint})",
        ),
    )
    yield (
        Pair("许可与引用", "Licence and citation"),
        Pair(
            f"表格CC BY 4.0，代码MIT；报告是官方文件。引用：{AUTHOR}：《{data.title.zh}》，"
            f"数据版本{data.version}；数字出自《{title.title_zh}》。",
            "Tables CC BY 4.0, code MIT; the report is an official document. Cite as:"
            f" {AUTHOR}: {data.title.en}, data version {data.version}. Figures from:"
            f" {title.title_en}.",
        ),
    )
    yield (
        Pair("与无障碍指南不同之处", "Departures from guidance on accessible spreadsheets"),
        Pair(
            f"表下有图和注；超过{LONG_TABLE}行的表冻结表头；正文{SIZE}磅而非12磅，以便一页宽排下全表。",
            f"Charts and notes stand below a table; headers of more than {LONG_TABLE} rows are"
            f" frozen; type is {SIZE} point, not 12, so that each table is one page wide.",
        ),
    )
