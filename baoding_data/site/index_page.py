"""The page that the site begins with: what it is, its reports, what to take along; of the only
report what that begins with.
"""

from typing import TYPE_CHECKING, Any

from baoding_data.site.downloads import listed
from baoding_data.site.voice import Voice
from baoding_data.words import Pair, so_many

if TYPE_CHECKING:
    from baoding_data.site.build import Site


def about(site: "Site", report: str, voice: Voice) -> dict[str, Any]:
    """What is on file, the reports, the sections of the only one, and the downloads."""
    subjects = {name: site.subject(name) for name in site.reports}
    first, *others = site.reports
    sections = []
    if site.notebooks and not others:
        every = site.answers[first].sections(site.notebooks[0], voice)
        introduces = all(block.prose for _, blocks in every[:1] for block in blocks)
        sections = every[introduces:]
    return {
        "on_file": voice.of(_on_file(site)),
        "only": "" if others else first,
        "subjects": {name: voice.of(one) for name, one in subjects.items()},
        "sections": [
            (title, [block._replace(code="") for block in blocks]) for title, blocks in sections
        ],
        "downloads": listed(site.sizes, subjects, voice.lang),
    }


def _on_file(site: "Site") -> Pair:
    """How many reports and figures there are."""
    reports = len(site.reports)
    figures = sum(
        1 for name in site.reports for row in site.tables.rows_of("figures", name) if row.indicator
    )
    return Pair(
        f"现收{reports:,}份报告的{figures:,}个统计数，均由审核程序逐一对照原文核对。",
        f"On file: {so_many(reports, 'report')} with {so_many(figures, 'figure')}, each held to its"
        " sentence by an audit.",
    )
