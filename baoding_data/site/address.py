"""Where on the site everything stands: the paths of its pages below a language, and the way from
one to another.
"""

from posixpath import dirname, relpath

from baoding_data.tables.figures import Figure, Key, claims
from baoding_data.tables.seeds import Seeds

INDEX = "index.html"
INDICATORS = "indicators.html"


def home(report: str) -> str:
    """The page that a report begins with."""
    return f"{report}/index.html"


def text(report: str) -> str:
    """The page with the full text of a report."""
    return f"{report}/text.html"


def rows(report: str) -> str:
    """The page with the figures of a report, a row each."""
    return f"{report}/figures.html"


def comparison(report: str) -> str:
    """The page on which a report stands beside others."""
    return f"{report}/beside.html"


def checks(report: str) -> str:
    """The page that says how a report was checked."""
    return f"{report}/checks.html"


def way(here: str, there: str) -> str:
    """The way from a page to another, or to a place on it.

    >>> way("zh/baoding-2022/figures.html", "zh/baoding-2022/text.html#n12")
    'text.html#n12'
    """
    page, _, anchor = there.partition("#")
    if page == here:
        return f"#{anchor}"
    return relpath(page, dirname(here) or ".") + (f"#{anchor}" if anchor else "")


class Places:
    """Where the figures of the reports stand in their texts: of the last report asked for it is
    known.
    """

    def __init__(self, tables: Seeds):
        self.tables, self._report = tables, ""
        self._numbers: dict[Key, int] = {}

    def of(self, figure: Figure) -> str:
        """The place of a figure in the text of its report; empty where no report prints it."""
        if figure.report != self._report:
            self._report, self._numbers = figure.report, self._located(figure.report)
        at = self._numbers.get(figure.key)
        return "" if at is None else f"{text(figure.report)}#n{at}"

    def _located(self, report: str) -> dict[Key, int]:
        from baoding_data.tables.figures import key_of, located

        numbers = self.tables.texts[report].numbers
        order = {number.start: at for at, number in enumerate(numbers, 1)}
        found = claims(located(self.tables, self.tables.rows_of("figures", report)))
        return {key_of(row): order[start] for start, rows in found.items() for row in rows}
