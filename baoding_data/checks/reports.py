"""Rules of the rows of reports.csv: each source's status, its text, and what rests on it."""

from collections.abc import Iterator

from baoding_data.checks.looked_at import Cited, Source
from baoding_data.checks.rule import Fault, Level, change, rule
from baoding_data.tables.files import checksum
from baoding_data.tables.naming import contradicted
from baoding_data.tables.seeds import Seeds

SOURCES = Level(
    "报告与来源",
    "Reports and sources",
    {Seeds: lambda tables: (Source(tables, row) for row in tables.reports)},
)
CITED = Level("只被引用的来源", "Sources that are only cited", {Cited: lambda part: [part]})


def _only_cited(one: Source) -> bool:
    return one.row.status == "cited" and one.row.report not in one.tables.drafts


@rule(
    SOURCES,
    zh="只被引用的来源没有全文。",
    finds=change("reports", "yuanhe-2023", text="chengping-2023.txt"),
)
def cited_text(one: Source) -> Iterator[Fault]:
    """A source that is only cited has no text on file."""
    if _only_cited(one) and one.row.text:
        advice = "cited says that no text is on file; correct the status"
        yield Fault(one.row, "status", "cited, with a text on file", "audited or draft", advice)


@rule(
    SOURCES,
    zh="只被引用的来源没有校验和。",
    finds=change("reports", "yuanhe-2023", sha256="0" * 64),
)
def cited_checksum(one: Source) -> Iterator[Fault]:
    """A source that is only cited has no checksum of a text."""
    if _only_cited(one) and one.row.sha256:
        advice = "no text of a source that is only cited is on file; clear it, or name the text"
        yield Fault(one.row, "sha256", one.row.sha256, "an empty cell", advice)


@rule(SOURCES, zh="整理中的报告有全文。", finds=change("reports", "yuanhe-2023", status="draft"))
def draft_text(one: Source) -> Iterator[Fault]:
    """A draft has a text."""
    if one.row.report in one.tables.drafts and not one.row.text:
        wanted = "the text that is being curated, or cited"
        advice = "name the text, or set the status to cited"
        yield Fault(one.row, "status", "a draft without a text", wanted, advice)


@rule(SOURCES, zh="已核对的报告有全文。", finds=change("reports", "chengping-2023", text=""))
def audited_text(one: Source) -> Iterator[Fault]:
    """An audited report has a text."""
    row = one.row
    if row.status == "audited" and row.report not in one.tables.texts and not row.text:
        advice = "name the file, or set status to cited"
        yield Fault(row, "text", "an empty cell", "the report's text", advice)


@rule(
    SOURCES,
    zh="全文与整理时的一样：校验和相同。",
    finds=change("reports", "chengping-2023", sha256="0" * 64),
)
def checksums(one: Source) -> Iterator[Fault]:
    """The text is the one curated: it has the checksum."""
    row = one.row
    if row.status == "audited" and row.report in one.tables.texts and one.difference:
        what, advice = one.difference
        found = what or checksum(one.tables.folder.raw(f"reports/{row.text}"))
        yield Fault(row, "sha256", found, row.sha256 or "the checksum of the text", advice)


@rule(
    SOURCES,
    zh="标题和发布机关所说的地方和年份，就是所填的。",
    finds=(
        change("reports", "yuanhe-2023", title_zh="澄平县2023年行政复议工作"),
        change("reports", "chengzhou-2023", title_zh="澄州市2022年行政复议统计"),
    ),
    passes=(
        change("reports", "chengzhou-2023", title_zh="行政复议统计（2022—2023年）"),
        change("reports", "yuanhe-2023", title_zh="澄州市远禾县二〇二三年行政复议工作"),
    ),
)
def of_another(one: Source) -> Iterator[Fault]:
    """Title and issuer name no other place than the report's, and the title no other year."""
    for wrong in contradicted(one.tables, one.row):
        claimed = getattr(one.row, wrong.claims)
        if wrong.claims == "place":
            claimed = one.tables.where[claimed].name_zh
        which = "issuer" if wrong.says == "issuer_zh" else "title"
        found = f"{claimed}, and the {which} says {wrong.what}"
        wanted = f"the {wrong.claims} that the {which} says"
        advice = f"correct the {wrong.claims}, or the {which} where it is not the source's own"
        yield Fault(one.row, wrong.claims, found, wanted, advice)


@rule(
    CITED,
    zh="来源有用：有观察值或人口数出自它。",
    finds=change("observations", "yuanhe-2023"),
    passes=(
        change("observations", "yuanhe-2023"),
        change("places", "999902", source="yuanhe-2023"),
        change("overrides", "yuanhe-2023"),
        change("conflicts", "yuanhe"),
    ),
)
def unused_source(part: Cited) -> Iterator[Fault]:
    """Some observation or population rests on a source that is cited."""
    report = part.row.report
    if not part.observations and all(place.source != report for place in part.tables.places):
        wanted = "a source of some observation or population"
        advice = "remove it, or add what was read in it"
        yield Fault(part.row, "report", report, wanted, advice)
