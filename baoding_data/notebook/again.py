"""A question that the output of a cell stores, asked again: of the same report, or of another."""

from collections.abc import Mapping
from typing import Any

from baoding_data import charts
from baoding_data.errors import BaodingError
from baoding_data.notebook.answer import Shows
from baoding_data.notebook.question import CHARTS
from baoding_data.notebook.report import Report

AUDITS = ("summary", "text_map", "errors", "relations", "doubts", "readings", "marked_text")
ON_FILE = ("years", "changes", "conflicts", "profile")


def again(report: Report, question: Any) -> Shows:
    """The answer of a report to a question as stored, asked by the call that stored it.

    Raises BaodingError for what is no question, and for what its call refuses.

    >>> from baoding_data.notebook.report import report
    >>> again(report(), {"rest": "disputes"}).question
    {'rest': 'disputes'}
    """
    try:
        [(kind, given)] = question.items()
        found = _asked(report, kind, given)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise BaodingError(f"{question!r} is no question that a notebook stores") from error
    if found is None:
        raise BaodingError(f"{kind!r} is no question that a notebook stores")
    return found


def _asked(report: Report, kind: str, given: Any) -> Shows | None:
    if kind == "ask":
        return report.ask(**_arguments(given))
    if kind == "beside":
        return report.beside(list(given["names"]), **_words(given))
    if kind == "per_head":
        [name] = given["names"]
        return report.beside(name, **_words(given), named=given["named"], per_head=True)
    if kind == "findings":
        return report.findings(given)
    if kind == "search":
        return report.search({(zh, en): words for zh, en, words in given})
    if kind in ("rest", "sentence"):
        return getattr(report, kind)(given)
    if kind == "audit" and given in AUDITS:
        return getattr(report.audit, given)()
    return getattr(report, kind)() if kind in ON_FILE else None


def _arguments(given: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of `ask`: the chart a function, the groups by their names."""
    chart, groups = given.get("chart"), given.get("groups", ())
    drawn = getattr(charts, chart) if chart in CHARTS else chart
    by_name = {(zh, en): names for zh, en, names in groups}
    return {**given, "chart": drawn, "groups": by_name}


def _words(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in ("title", "say") if name in given}
