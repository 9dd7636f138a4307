"""The sheet of the checks: the report's arithmetic, as published and as formulas on the tables."""

from typing import NamedTuple

from baoding_data.checks.identities import Sum, holds, right_value
from baoding_data.words import Pair
from baoding_data.workbook.edition import Edition, Field
from baoding_data.workbook.formulas import Refs, mark_formula, right_formula
from baoding_data.workbook.sheet import Formula, Sheet
from baoding_data.workbook.topics import noted

HOLDS, FAILS = Pair("成立", "holds"), Pair("不成立", "fails")


class Check(NamedTuple):
    """An identity, and in which cells its figures stand."""

    one: Sum
    refs: Refs


def checks_sheet(edition: Edition, refs: Refs) -> Sheet:
    """The identities all of whose figures are shown."""
    title = Pair(
        "核验：报告写明或隐含的算术", "Checks: the arithmetic that the report states or implies"
    )
    rows = [Check(one, refs) for one in edition.identities]
    sheet = edition.table("checks", Pair("核验", "Checks"), title, CHECKS, rows)
    live = [field.cell for field in CHECKS].index(_mark_live) + 1
    return sheet._replace(marks=((live, edition.line(FAILS)),))


def _kind(edition: Edition, check: Check) -> Pair:
    return edition.word("identity", check.one.identity.kind)


def _mark(edition: Edition, check: Check) -> str:
    return edition.line(HOLDS if holds(check.one) else FAILS)


def _left_live(edition: Edition, check: Check) -> Formula:
    return Formula(f"={check.refs(check.one.result)}", check.one.result.value)


def _right_live(edition: Edition, check: Check) -> Formula:
    return Formula(right_formula(check.refs, check.one), right_value(check.one))


def _mark_live(edition: Edition, check: Check) -> Formula:
    formula = mark_formula(check.refs, check.one, edition.line(HOLDS), edition.line(FAILS))
    return Formula(formula, _mark(edition, check))


CHECKS: list[Field[Check]] = [
    Field("核验", "Check", lambda edition, check: edition.stated(check.one), 40, 60, flows=True),
    Field("种类", "Kind", _kind, 6, 11, "aside"),
    Field("左边", "Left", lambda _, check: check.one.result.value, 8, 9, "value"),
    Field("右边", "Right", lambda _, check: right_value(check.one), 8, 9, "value"),
    Field("结果", "Result", _mark, 8, 12, "aside"),
    Field("左边现值", "Left, live", _left_live, 8, 9, "value"),
    Field("右边现值", "Right, live", _right_live, 8, 9, "value"),
    Field("结果现值", "Result, live", _mark_live, 8, 12, "aside"),
    Field("说明", "Note", lambda _, check: noted(check.one.identity), 20, 30, "aside", flows=True),
]
