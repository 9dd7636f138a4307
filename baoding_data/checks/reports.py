"""Rules of the rows of reports.csv: each source's status, its text, and what rests on it."""

from collections.abc import Iterator

from baoding_data.checks.looked_at import Cited, Source
from baoding_data.checks.rule import Fault, Level, change, rule
from baoding_data.errors import folded
from baoding_data.tables.files import checksum
from baoding_data.tables.naming import contradicted
from baoding_data.tables.records import ReportRow
from baoding_data.tables.seeds import Seeds

SOURCES = Level("报告与来源", "Reports and sources", {Source: lambda part: [part]})
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
    if row.on_file and row.report not in one.tables.texts and not row.text:
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
    if row.on_file and row.report in one.tables.texts and one.difference:
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
    SOURCES,
    zh="被取代的报告，由同一地方、年度、类别的另一份已核对的报告取代；只有被取代的报告写明由哪一份取代。",
    finds=(
        change("reports", "chengping-2023", status="superseded", superseded_by="yuanhe-2023"),
        change("reports", "chengzhou-2023", superseded_by="yuanhe-2023"),
    ),
)
def superseded(one: Source) -> Iterator[Fault]:
    """A report that is superseded names another that is audited, of its place, year and kind, and
    in the end one that is current; no other report names one.
    """
    row, by = one.row, one.row.superseded_by
    other = one.tables.source.get(by)
    if not other:
        return  # a code that is none, or an empty cell, is said elsewhere
    of_it = (other.place, other.year, other.kind) == (row.place, row.year, row.kind)
    if other.status != "draft" and not (of_it and other.on_file and by != row.report):
        wanted = f"another audited report of {row.place} for {row.year}, of the kind {row.kind}"
        advice = "name the corrected report, or clear the cell and set the status to audited"
        yield Fault(row, "superseded_by", by, wanted, advice)
    elif row.status not in ("superseded", "audited" if other.status == "draft" else ""):
        advice = "set the status to superseded, or clear the cell"
        yield Fault(row, "status", f"{row.status}, superseded by {by}", "superseded", advice)
    elif row.report in _successors(one.tables, row):
        wanted = "in the end a report that is current"
        advice = "of the newest, clear superseded_by and set the status to audited"
        found = f"{by}, which is superseded by {row.report} in turn"
        yield Fault(row, "superseded_by", found, wanted, advice)


def _successors(tables: Seeds, row: ReportRow) -> list[str]:
    """The reports by which one is superseded, one after the other; a circle is gone round once."""
    found: list[str] = []
    while (by := row.superseded_by) in tables.source and by not in found:
        found.append(by)
        row = tables.source[by]
    return found


# Of each of these a place's body publishes one a year.
ANNUAL = ("law_report", "disclosure_report")


@rule(
    SOURCES,
    zh="同一地方、年度、类别的已核对报告，标题相同或同为一个机关的年度报告的，只有一份是现行的。",
    finds=change(
        "reports",
        "chengzhou-2023",
        place="999901",
        kind="law_report",
        title_zh="澄平县2023年法治政府建设报告（更正）",
        issuer_zh="澄平县人民政府",
        status="audited",
    ),
)
def current(one: Source) -> Iterator[Fault]:
    """Of the audited reports of a place, year and kind that have one title, or of the annual ones
    of a body, one is current.
    """
    row = one.row
    if row.status != "audited":
        return
    for other in one.tables.of_subject[row.place, row.year, row.kind]:
        if other.line < row.line and other.status == "audited" and _alike(row, other):
            wanted = "one current report, and the older superseded"
            advice = (
                f"if {row.report} is the corrected text, give {other.report} the status superseded"
                f" and {row.report} under superseded_by; if they are two documents, their kinds or"
                " their titles and issuers differ"
            )
            yield Fault(row, "status", f"audited, as {other.report}", wanted, advice)


def _alike(row: ReportRow, other: ReportRow) -> bool:
    """Whether two reports of one place, year and kind may be two texts of one."""
    annual = row.kind in ANNUAL and folded(row.issuer_zh) == folded(other.issuer_zh)
    return annual or folded(row.title_zh) == folded(other.title_zh)


@rule(
    CITED,
    zh="只被引用的来源没有存疑说明：它自相矛盾之处，在 conflicts.csv 中说明。",
    finds=change("doubts", "chengping-2023", report="yuanhe-2023"),
)
def cited_doubt(part: Cited) -> Iterator[Fault]:
    """A source that is only cited has no doubt: where it is at odds with itself, conflicts.csv says
    so.
    """
    drafted = part.row.report in part.tables.drafts
    for row in () if drafted else part.tables.rows_of("doubts", part.row.report):
        wanted = "a report on file, in whose text the doubtful figures stand"
        advice = "explain it in conflicts.csv, with the figures under “sides”"
        yield Fault(row, "report", row.report, wanted, advice)


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
