"""The seeds as tables: read as described, or refused with file, row, column and what to do."""

import json
import random
import re
from datetime import date
from decimal import Decimal
from hashlib import sha256

import pandas as pd
import pytest
from conftest import FIGURES, IN_FULL, REPORT, TABLES, as_csv, line_of, read_csv, refused

import baoding_data as bd
from baoding_data.checks.audit import survey
from baoding_data.tables.seeds import Seeds, home, load

TEXT = f"reports/{REPORT}.txt"
FIRMS = (
    "188900,家,exact,whole_area,inferred,year,组织全市6.9万名各级党员干部全覆盖包联18.89万家企业,,"
)
READERS = [
    bd.reports,
    bd.indicators,
    bd.observations,
    bd.neighbours,
    bd.identities,
    bd.places,
    bd.terms,
    bd.figures,
]


def rewrite(path, change):
    """Replace the bytes of a file by what `change` makes of them."""
    path.write_bytes(change(path.read_bytes()))


# --- tables of another form; test_saved.py has those that are missing or broken


MAY_BE_EMPTY = ("doubts.csv", "neighbours.csv", "overrides.csv", "questions.csv")


@pytest.mark.parametrize(
    "file",
    [file for file in TABLES if file not in MAY_BE_EMPTY],
)
def test_a_table_without_rows_is_a_finding(folder, file):
    """A table that has lost all its rows cannot pass the audit; only of `MAY_BE_EMPTY`
    there may be none.
    """
    rewrite(folder / file, lambda b: b.split(b"\n")[0] + b"\n")
    assert not bd.audit(folder).findings.empty


@pytest.mark.parametrize("file", TABLES)
@pytest.mark.parametrize("change", ["renamed", "missing", "extra", "swapped", "doubled"])
def test_a_changed_header_is_refused(folder, file, change):
    """A column renamed, missing, added, moved or doubled is refused in row 1; a column is named
    where one is wrong.
    """
    names = (folder / file).read_bytes().split(b"\n")[0].split(b",")
    header = {
        "renamed": [b"oops", *names[1:]],
        "missing": names[1:],
        "extra": [*names, b"oops"],
        "swapped": [names[1], names[0], *names[2:]],
        "doubled": [*names, names[0]],
    }[change]
    rewrite(folder / file, lambda b: b.replace(b",".join(names), b",".join(header), 1))
    first = next(f for f in refused(folder) if f.file == f"seeds/{file}")
    assert first.row == 1
    if change in ("renamed", "extra"):
        assert "oops" in first.found
    if change in ("renamed", "missing"):
        assert names[0].decode() in first.found


def test_a_row_with_too_many_cells_is_refused(folder, edit):
    """A row with more cells than its header is refused with its row and the number of cells."""
    edit(FIGURES, "e4797640,,,,,,,", "e4797640,,,,,,,,x")
    found = [f for f in refused(folder) if f.file.endswith(FIGURES)]
    assert [(f.row, f.found, f.wanted) for f in found] == [(6, "19 cells", "18 cells")]
    assert "quotation marks" in found[0].advice


@pytest.mark.parametrize("new", ["oath_ceremonies,13,13,,次", "oath_ceremonies,13,次"])
def test_cells_that_have_moved_are_refused(folder, edit, new):
    """Of a row in which a comma too many or too few moves the cells, what is wrong is named."""
    edit(FIGURES, "oath_ceremonies,13,13,次", new)
    columns = {f.column for f in refused(folder) if (f.file[6:], f.row) == (FIGURES, 6)}
    assert columns >= {"bound", "scope", "period"}


def test_rows_are_numbered_as_in_a_spreadsheet_program(folder, edit):
    """Row numbers count the header, empty lines, and a cell of two lines as one row."""
    edit(FIGURES, "counties_promotion_meetings,20,", "\n\ncounties_promotion_meetings,20,")
    edit(FIGURES, "报告未说明是全市还是市本级", '"报告未说明\n是全市还是市本级"')
    edit(FIGURES, "licensing_items,293,293", "licensing_items,293,29x3")
    edit(
        FIGURES,
        '是全市还是市本级"；县处级与乡科级合计。',
        '是全市还是市本级；县处级与乡科级合计。"',
    )
    assert [(f.row, f.column) for f in refused(folder)] == [(13, "value")]


# --- cells


@pytest.mark.parametrize(
    ("file", "old", "new", "column", "wanted"),
    [
        (FIGURES, "18.89万,188900", "18.89万,", "value", "number meant"),
        (FIGURES, "18.89万,188900", "18.89万,188900 ", "value", "no blanks"),
        (FIGURES, "18.89万,188900", "18.89万,\u3000188900", "value", "no blanks"),
        (FIGURES, "18.89万,188900", "18.89万,nan", "value", "plain digits"),
        (FIGURES, "18.89万,188900", f"18.89万,{'9' * 40}", "value", "plain digits"),
        ("places.csv", "74610235", "9" * 40, "population", "plain digits"),
        (FIGURES, "18.89万,188900", "18.89万,Infinity", "value", "plain digits"),
        (FIGURES, "firms_assigned,18.89万", "firms_assigned,", "printed", "exactly as printed"),
        (FIGURES, "188900,家,exact", "188900,家,", "bound", "exactness"),
        (FIGURES, "188900,家,exact", "188900,家,exactly", "bound", "code"),
        (FIGURES, "188900,家,exact", "188900,户户,exact", "unit", "code"),
        (FIGURES, "188900,家,exact,whole_area", "188900,家,exact,city", "scope", "code"),
        (
            FIGURES,
            "188900,家,exact,whole_area,inferred",
            "188900,家,exact,whole_area,guess",
            "scope_basis",
            "code",
        ),
        (
            FIGURES,
            "188900,家,exact,whole_area,inferred,year",
            "188900,家,exact,whole_area,inferred,2022",
            "period",
            "code",
        ),
        (FIGURES, "firms_assigned", "firms_assignd", "indicator", "code"),
        (FIGURES, "firms_assigned", "Firms", "indicator", "form"),
        (FIGURES, FIRMS, FIRMS[:-1] + "1/x,", "shared", "form"),
        (FIGURES, FIRMS, FIRMS[:-1] + "1/2000000,", "shared", "form"),
        (FIGURES, FIRMS, FIRMS + "somebody ", "reader", "form"),
        ("reports.csv", "2023-03-16", "2023-02-30", "published", "2023-03-16"),
        ("reports.csv", "130600,2022", "130600,2022.0", "year", "whole number"),
        ("reports.csv", "130600,2022", "130600,20222", "year", "2100"),
        ("reports.csv", "130600,2022", "130699,2022", "place", "places.csv"),
        (
            "reports.csv",
            "https://www.baoding.gov.cn/zwgknr-888888019-394615",
            "www.baoding.gov.cn/zwgknr-888888019-394615",
            "url",
            "form",
        ),
        ("reports.csv", ",audited,", ",done,", "status", "terms.csv"),
        ("reports.csv", ",baoding-2022.txt,", ",../reports/baoding-2022.txt,", "text", "form"),
        ("reports.csv", "ddda2738", "DDDA2738", "sha256", "form"),
        ("places.csv", "Baoding,city,130000,", "Baoding,city,139999,", "parent", "places.csv"),
        ("places.csv", "74610235", "0", "population", "1"),
        (
            "indicators.csv",
            "litigation_lost,litigation_concluded",
            "litigation_loss,litigation_concluded",
            "numerator",
            "indicators.csv",
        ),
        (
            "indicators.csv",
            "firms_assigned,business",
            "firms_assigned,busines",
            "topic",
            "terms.csv",
        ),
        ("indicators.csv", "count,召开推进大会,", "count,召开推进大会|,", "keyword", "form"),
        (
            "indicators.csv",
            "count,召开推进大会,示范创建,",
            "count,召开推进大会,|示范创建,",
            "context",
            "form",
        ),
        ("indicators.csv", "count,召开推进大会,", "count,|,", "keyword", "form"),
        ("terms.csv", "市本级|市政府|政府名义", "市本级||政府名义", "wording", "form"),
        ("identities.csv", "loss_rate,ratio", "loss_rate,quotient", "kind", "terms.csv"),
        (
            "identities.csv",
            "litigation_lost / litigation_concluded",
            "litigation_lost/litigation_concluded",
            "terms",
            "form",
        ),
        (
            "identities.csv",
            "litigation_lost / litigation_concluded",
            "litigation_lost ÷ litigation_concluded",
            "terms",
            "form",
        ),
        (
            "identities.csv",
            "ratio,litigation_loss_rate",
            "ratio,loss_rates",
            "result",
            "indicators.csv",
        ),
        ("terms.csv", "bound,about,约,about", "bound,about,,about", "zh", "Chinese"),
    ],
)
def test_a_wrong_cell_is_a_finding_at_its_place(folder, edit, file, old, new, column, wanted):
    """Each kind of wrong cell is refused with its file, row and column, what was wanted, and an
    advice; test_saved.py has the cells that a program spoiled.
    """
    row = line_of(folder / file, old)
    edit(file, old, new)
    found = refused(folder)
    here = [f for f in found if (f.file, f.row, f.column) == (f"seeds/{file}", row, column)]
    assert here, list(map(str, found))
    assert wanted in here[0].wanted and here[0].advice and here[0].found
    assert str(here[0]).startswith(f"seeds/{file}, row {row}, {column}: ")


@pytest.mark.parametrize(
    ("file", "row"),
    [
        ("reports.csv", "baoding-2022,130600"),
        ("indicators.csv", "litigation_lost,disputes"),
        ("places.csv", "130600,保定市"),
        ("identities.csv", "baoding-2022,loss_rate"),
        ("terms.csv", "bound,about"),
        (FIGURES, "litigation_lost,1"),
    ],
)
def test_a_doubled_row_is_a_finding(folder, file, row):
    """A row that stands twice is refused, with both row numbers."""

    def double(content):
        line = next(line for line in content.split(b"\n") if line.startswith(row.encode()))
        return content.replace(line, line + b"\n" + line)

    rewrite(folder / file, double)
    first = line_of(folder / file, f"\n{row}")
    found = [f for f in refused(folder) if f.rule == "key" and f.file == f"seeds/{file}"]
    assert [f.row for f in found] == [first + 1] and f"row {first}" in found[0].wanted


def test_all_findings_come_at_once(folder, edit):
    """Errors in four tables are reported in one run, in the order of file and row."""
    edit("places.csv", "Baoding,city,130000,", "Baoding,city,139999,")
    edit("reports.csv", "2023-03-16", "16.3.2023")
    edit(FIGURES, "18.89万,188900", "18.89万,x")
    edit(FIGURES, "12亿,1200000000", "12亿,y")
    edit("terms.csv", "bound,about,约,about", "bound,about,约,")
    assert {(f.file, f.column) for f in refused(folder)} == {
        ("seeds/places.csv", "parent"),
        ("seeds/reports.csv", "published"),
        (f"seeds/{FIGURES}", "value"),
        ("seeds/terms.csv", "en"),
    }
    shown = bd.audit(folder).findings
    places = list(zip(shown["file"], shown["row"].fillna(0), strict=True))
    assert places == sorted(places)


def test_places_above_each_other_in_a_circle_are_a_finding(folder, edit):
    """A place that stands above itself, through others, is a finding at each place of the circle,
    and the audit still ends.
    """
    edit("places.csv", "100000,全国,China,nation,,", "100000,全国,China,nation,130600,")
    assert Seeds(folder).lineage("130600") == ["130600", "130000", "100000"]
    found = bd.audit(folder).findings
    circle = [
        row.line for row in Seeds(folder).places if row.place in ("130600", "130000", "100000")
    ]
    assert found.loc[
        found["wanted"] == "a place above it", ["file", "row", "column"]
    ].values.tolist() == [["seeds/places.csv", row, "parent"] for row in circle]


@pytest.mark.parametrize(
    "code",
    [
        ("number", "value"),
        ("number", "date"),
        ("status", "proved"),
        ("status", "not_in_report"),
        ("identity", "sum"),
        ("unit", "件"),
        ("topic", "disputes"),
    ],
)
def test_a_missing_term_is_a_finding(folder, code):
    """A code that the library or a table uses and that terms.csv has lost is a finding, and never
    an exception.
    """
    start = f"{code[0]},{code[1]},".encode()
    rewrite(
        folder / "terms.csv",
        lambda b: b"\n".join(line for line in b.split(b"\n") if not line.startswith(start)),
    )
    assert not bd.audit(folder).findings.empty


# --- texts


def test_a_text_cut_after_a_sentence_is_a_finding(folder):
    """A text cut at the end of a sentence differs from its checksum, and each number that it lost
    is missed.
    """
    rewrite(folder / TEXT, lambda b: b[: b.index("坚持和发展新时代".encode())])
    assert {"checksums", "quote"} <= set(bd.audit(folder).findings["rule"])


# --- the description


@pytest.mark.parametrize(
    ("reader", "content"),
    [
        *(
            (load, c)
            for c in (
                None,
                b"",
                b"{}",
                b"[]",
                b"null",
                b"\xff",
                b'{"resources": [{}]}',
                b'{"resources": 1}',
                b'{"resources": []}',
                b'{"resources": [1]}',
            )
        ),
        *((reader, b"{}") for reader in [*READERS, bd.audit]),
    ],
    ids=lambda x: getattr(x, "__name__", str(x)),
)
def test_an_unreadable_description_raises_one_clear_error(folder, reader, content):
    """Without a usable datapackage.json every reader raises BaodingError that names the file and
    what to give.
    """
    path = folder / "datapackage.json"
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(bd.BaodingError, match="datapackage.json"):
        reader(folder) if reader in (load, bd.audit) else reader(seeds=folder)


def test_a_folder_that_is_not_there_raises_one_clear_error(tmp_path):
    """A folder that does not exist is named in the error."""
    with pytest.raises(bd.BaodingError, match="nowhere"):
        bd.reports(tmp_path / "nowhere")


@pytest.mark.parametrize("reader", READERS, ids=lambda f: f.__name__)
def test_every_reader_refuses_a_broken_table(folder, edit, reader):
    """No function hands out data while any table is broken; the error lists the finding."""
    edit("reports.csv", "2023-03-16", "16 March")
    with pytest.raises(bd.BaodingError) as caught:
        reader(seeds=folder)
    assert (
        "seeds/reports.csv, row 2, published" in str(caught.value)
        and len(caught.value.findings) == 1
    )


@pytest.mark.parametrize("reader", READERS, ids=lambda f: f.__name__)
def test_a_folder_may_be_given_as_words(folder, reader):
    """`seeds=` takes a path as a string, and a folder elsewhere gives what the own one gives."""
    pd.testing.assert_frame_equal(reader(seeds=str(folder)), reader())


def test_description_names_every_table(folder):
    """Each table file is in datapackage.json and each path in it exists, both ways."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    named = [
        path
        for r in package["resources"]
        for path in ([r["path"]] if isinstance(r["path"], str) else r["path"])
    ]
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.csv"))
    assert sorted(named) == files == sorted(TABLES)


@pytest.mark.parametrize(
    ("file", "wanted"),
    [("figures/other-2022.csv", "figures"), ("reports/other-2022.txt", "reports")],
)
def test_a_file_that_no_report_has_is_a_finding(folder, file, wanted):
    """A table or text in the folder that reports.csv does not name is a finding, so that no report
    can be left out unseen.
    """
    (folder / file).write_bytes((folder / file.replace("other", "baoding")).read_bytes())
    assert f"seeds/{file}" in set(bd.audit(folder).findings["file"])


# --- frames


def test_frames_are_typed():
    """Dates, whole numbers and values have their types; codes are text, so 130600 keeps its form;
    nothing is missing as nan text.
    """
    reports, places, figures, observations = (
        bd.reports(),
        bd.places(),
        bd.figures(),
        bd.observations(),
    )
    assert (
        reports["published"].tolist()[0] == pd.Timestamp(date(2023, 3, 16))
        and reports["accessed"].isna().all()
    )
    assert pd.api.types.is_datetime64_any_dtype(reports["accessed"])
    assert pd.api.types.is_integer_dtype(reports["year"]) and places["population"].dtype == "Int64"
    assert [
        places.set_index("place")["parent"][place] for place in ("100000", "130000", "130600")
    ] == ["", "100000", "130000"]
    assert (
        figures["value"].dtype == observations["value"].dtype == float
        and figures["value"].notna().all()
        and observations["value"].notna().all()
    )
    assert observations["first_year"].dtype == "Int64" and pd.api.types.is_integer_dtype(
        observations["year"]
    )
    for frame in (
        reports,
        places,
        figures,
        observations,
        bd.indicators(),
        bd.identities(),
        bd.terms(),
    ):
        assert not frame.isin(["nan", "None", "NaT"]).any().any()


def test_figures_are_the_rows_of_the_table(seeds):
    """All 76 figures in the order of the table, each with label, section and sentence, then the
    three derived ones.
    """
    frame = bd.figures()
    proved, derived = frame[frame["status"] == "proved"], frame[frame["status"] == "derived"]
    assert (
        proved["indicator"].tolist() == [row.indicator for row in seeds.figures]
        and len(proved) == 76
    )
    assert proved.index.tolist() == list(range(76))
    assert derived.set_index("indicator")["value"].to_dict() == {
        "commitment_items_before": 42,
        "documents_cleared_all": 137,
        "documents_cleared_decided": 58,
    }
    for row in proved.itertuples():
        assert (
            row.sentence[int(row.at) :].startswith(row.printed)
            and row.quote in row.sentence
            and row.section
            and row.label_zh
            and row.label_en
        )
    assert (derived["printed"] == "").all() and (derived["sentence"] == "").all()


def test_seeds_rows_are_exact(seeds):
    """Values are decimals, exactly as written: 2.22 and not a binary neighbour."""
    rows = {row.indicator: row.value for row in seeds.figures}
    assert rows["litigation_loss_rate"] == Decimal("2.22") and rows[
        "export_tax_rebates"
    ] == Decimal(1_200_000_000)
    assert all(isinstance(value, Decimal) for value in rows.values())


def test_topics_select(seeds):
    """The topics split the figures: each figure is in the frame of its topic and no other."""
    whole = bd.figures()
    parts = [bd.figures(topic, seeds=seeds) for topic in whole["topic"].unique()]
    assert sum(map(len, parts)) == len(whole)
    assert all(part["topic"].nunique() == 1 for part in parts)
    pd.testing.assert_frame_equal(bd.figures(report="baoding-2022"), whole)


def test_figure_is_the_row_of_the_frame(seeds):
    """`figure` gives, for every indicator, the row that `figures` has, with an exact value."""
    assert bd.figure("litigation_lost") == bd.figure("litigation_lost", seeds=seeds)
    for row in bd.figures().itertuples():
        one = bd.figure(row.indicator, seeds=seeds)
        assert (one.indicator, float(one.value), one.unit, one.quote, one.status, one.section) == (
            row.indicator,
            row.value,
            row.unit,
            row.quote,
            row.status,
            row.section,
        )
        assert isinstance(one.value, Decimal)


@pytest.mark.parametrize(
    ("call", "near"),
    [
        (lambda: bd.figure("litigation_los"), "litigation_lost"),
        (lambda: bd.figures("dispute"), "disputes"),
        (lambda: bd.figures(report="baoding-2032"), "baoding-2022"),
        (lambda: bd.figure("litigation_lost", report="baoding2022"), "baoding-2022"),
        (lambda: bd.share("litigation_lost", "litigation_conclude"), "litigation_concluded"),
        (
            lambda: bd.share("litigation_lost", "litigation_concluded", report="baoding-2202"),
            "baoding-2022",
        ),
    ],
)
def test_unknown_names_are_answered_with_the_nearest(call, near):
    """A name not known raises BaodingError that proposes the nearest one."""
    with pytest.raises(bd.BaodingError, match=f"did you mean .*{near}"):
        call()


def test_a_source_that_is_only_cited_gives_no_figures():
    """Asked for the figures of a source without a text, the library says so, and where what was
    read of it stands.
    """
    for call in (
        lambda: bd.figures(report="baoding-2023"),
        lambda: bd.figure("litigation_lost", report="baoding-2023"),
        lambda: bd.export("x.xlsx", report="baoding-2023"),
    ):
        with pytest.raises(
            bd.BaodingError,
            match=(
                r"baoding-2023 is only cited: .*observations\(\); figures are there of baoding-2022"
            ),
        ):
            call()


@pytest.mark.parametrize("name", ["zzzz", "", None, 5, ["litigation_lost"]])
def test_names_like_no_other_are_answered_with_what_there_is(name):
    """A name that resembles none, or is no text at all, raises BaodingError too."""
    with pytest.raises(bd.BaodingError, match="no indicator"):
        bd.figure(name)


# --- more than one report


@pytest.fixture
def two(folder):
    """A second report, a copy of the first with a title of the year 2019."""
    (folder / "figures/baoding-2019.csv").write_bytes((folder / FIGURES).read_bytes())
    first = (folder / "reports/baoding-2022.txt").read_bytes()
    text = first.replace("2022年度法治".encode(), "2019年度法治".encode(), 1)
    (folder / "reports/baoding-2019.txt").write_bytes(text)
    lines = (folder / "reports.csv").read_text(encoding="utf-8").rstrip("\n").split("\n")
    lines.append(
        unread(lines[1])
        .replace("baoding-2022", "baoding-2019")
        .replace("130600,2022", "130600,2019")
        .replace("2022年度法治", "2019年度法治")
        .replace(sha256(first).hexdigest(), sha256(text).hexdigest())
    )
    (folder / "reports.csv").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    describe(folder, ["figures/baoding-2022.csv", "figures/baoding-2019.csv"])
    return folder


def unread(line):
    """A line of a table without its second reader's mark."""
    return re.sub(r"R[0-9] [0-9-]{10} [0-9a-f]{8}", "", line)


def describe(folder, paths):
    """Name these tables of figures in the description."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    next(r for r in package["resources"] if r["name"] == "figures")["path"] = paths
    (folder / "datapackage.json").write_text(
        json.dumps(package, ensure_ascii=False), encoding="utf-8", newline=""
    )


def second(folder, old, new):
    """Change the second report's row."""
    head, row = (folder / "reports.csv").read_text(encoding="utf-8").rstrip("\n").rsplit("\n", 1)
    assert row.count(old) == 1
    (folder / "reports.csv").write_text(
        f"{head}\n{row.replace(old, new)}\n", encoding="utf-8", newline="\n"
    )


def add_ratio(folder):
    """Give the second report the ratios that its figures ask for."""
    lines = (folder / "identities.csv").read_text(encoding="utf-8").rstrip("\n").split("\n")
    lines += [
        unread(line).replace("baoding-2022", "baoding-2019", 1)
        for line in lines
        if line.startswith("baoding-2022") and ",ratio," in line
    ]
    (folder / "identities.csv").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def test_two_reports_stand_side_by_side(two):
    """Two audited reports have both their figures, each figure once, and a line of coverage
    each.
    """
    add_ratio(two)
    audit = bd.audit(two)
    assert audit.findings.empty and audit.coverage.count("all accounted for") == 2
    assert bd.figures(seeds=two).query("status == 'proved'").groupby("report").size().to_dict() == {
        "baoding-2019": 76,
        "baoding-2022": 76,
    }
    with pytest.raises(bd.BaodingError, match="baoding-2022, baoding-2019"):
        bd.figure("litigation_lost", seeds=two)
    assert bd.figure("litigation_lost", report="baoding-2019", seeds=two).report == "baoding-2019"


def test_a_ratio_missing_for_the_second_report_is_a_finding(two):
    """A share whose counts a report has needs its ratio checked for that report too."""
    assert bd.audit(two).findings["wanted"].str.contains("baoding-2019").sum() == 2


def test_a_draft_is_left_out(two):
    """A draft beside an audited report changes neither the findings nor the figures, whatever its
    table holds.
    """
    second(two, ",audited,", ",draft,")
    describe(two, ["figures/baoding-2022.csv"])
    (two / "figures/baoding-2019.csv").write_bytes(b"half\ndone")
    (two / "reports/baoding-2019.txt").write_bytes("其中,案件5件。".encode())
    assert bd.audit(two).findings.empty
    assert set(bd.figures(seeds=two)["report"]) == {"baoding-2022"}
    assert bd.figure("litigation_lost", seeds=two).report == "baoding-2022"


def test_identities_of_a_draft_are_left_out(two):
    """The arithmetic of a draft can be written down before its figures are accepted."""
    add_ratio(two)
    describe(two, ["figures/baoding-2022.csv"])
    second(two, ",audited,", ",draft,")
    assert bd.audit(two).findings.empty


def test_a_draft_that_is_the_only_report_gives_no_figure(folder, edit):
    """When the only report is a draft, figures come from nowhere and the commands say that none is
    on file.
    """
    edit("reports.csv", ",audited,", ",draft,")
    describe(folder, [])
    assert bd.figures(seeds=folder).empty
    with pytest.raises(bd.BaodingError, match="0 reports"):
        bd.figure("litigation_lost", seeds=folder)


def test_figures_that_no_audit_read_are_not_called_proved(folder, edit):
    """A report that is only cited is not audited: a typing error in its table may not be handed out
    as proved.
    """
    edit("reports.csv", ",audited,", ",cited,")
    edit(FIGURES, "reconsideration_accepted,316,316", "reconsideration_accepted,316,361")
    unnoticed = bd.audit(folder).findings.empty
    assert not (
        unnoticed and 361 in bd.figures(seeds=folder).query("status == 'proved'")["value"].tolist()
    )


def test_an_identity_of_an_indicator_with_two_figures_is_not_guessed(folder, edit):
    """When a report has an indicator twice, for two scopes, an identity that names it may not
    silently take the last.
    """
    edit("reports/baoding-2022.txt", "败诉率2.22%", "败诉率2.22%,市直部门败诉9件")
    row = "litigation_lost,9,9,件,exact,departments,inferred,to_date,市直部门败诉9件,,,,,,,,,\n"
    edit(FIGURES, "litigation_loss_rate,2.22%", row + "litigation_loss_rate,2.22%")
    shown = bd.audit(folder).findings.query("rule not in ('text', 'scope')")
    assert not (shown["wanted"] == "litigation_lost / litigation_concluded = 20").any(), (
        "1 of 45 is 2.22 %, but 9 of 45 was computed"
    )


# In any cell: what is empty, no code, a code of another column, or of no form.
ODD = "0 -1 x 1/x ２ | a| / ../x . 1/9 9/2 exact % ' 1E5 litigation_lost".split()
ODD += ["", "\n", "\u3000", "a\x00b", "9" * 40]


@pytest.mark.parametrize("file", TABLES)
def test_the_audit_never_raises_for_a_bad_table(file):
    """Whatever stands in one cell of any table, the audit answers with findings or with none, and
    never fails.
    """
    chance = random.Random(f"20221116 {file}")
    header, *lines = read_csv(home() / file)
    failed = []
    for _ in range(40 if IN_FULL else 4):
        line, column = chance.randrange(len(lines)), chance.randrange(len(header))
        cell = chance.choice(ODD)
        changed = [header, *map(list, lines)]
        changed[1 + line][column] = cell
        try:
            survey(Seeds(home(), {file: as_csv(changed)}))
        except Exception as error:
            failed.append(f"{file}, row {line + 2}, {header[column]} = {cell!r}: {error!r}")
    assert failed == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (FIGURES, FIRMS, FIRMS.replace(",,", ",1/x,")),
        (FIGURES, "报备规范率、及时率均达100%,2/3", "报备规范率、及时率均达100%,2/x"),
        (
            FIGURES,
            "市政府常务会、市县委深改委会议实现了“三个百分百,2/3",
            "市政府常务会、市县委深改委会议实现了“三个百分百,x",
        ),
        (FIGURES, "法院目前审结45件,,", "法院目前审结45件,1/2000000,"),
        (FIGURES, "litigation_concluded,45,45", "litigation_concluded,45,0"),
        (FIGURES, "mediation_cases,20563,20563", "mediation_cases,20563,0"),
        (FIGURES, "litigation_lost,1,1", "litigation_lost,1,-1"),
        ("reports.csv", "\nbaoding-2022,", "\nbaoding\x00-2022,"),
        ("reports.csv", ",baoding-2022.txt,", ",baoding\x00.txt,"),
        ("reports.csv", ",baoding-2022.txt,", ",.,"),
        ("reports.csv", ",baoding-2022.txt,", ",,"),
        ("identities.csv", "loss_rate,ratio", "loss_rate,rat"),
        ("identities.csv", "litigation_lost / litigation_concluded", "litigation_lost /"),
        (
            "identities.csv",
            "litigation_lost / litigation_concluded",
            "litigation_lost / litigation_lost / litigation_lost",
        ),
        ("terms.csv", "number,value", "numbers,value"),
        ("terms.csv", "number,date", "numbers,date"),
    ],
)
def test_the_audit_answers_a_bad_cell_with_a_finding(folder, edit, file, old, new):
    """Cells known to have broken an audit are each a finding: a shared mark without a number, a
    whole of 0, a file name with NUL.
    """
    if "市政府常务会" in old:
        old, new = old.replace("市政府", "市县政府", 1), new.replace("市政府", "市县政府", 1)
    edit(file, old, new)
    found = bd.audit(folder).findings
    assert not found.empty and all(len(text) < 2000 for text in found["wanted"])


def test_a_text_with_an_endless_number_is_a_finding(folder, edit):
    """A serial number of forty digits in a text is a number without a row, and no exception."""
    edit(
        "reports/baoding-2022.txt",
        "征文活动共收到作品105篇",
        "征文活动编号" + "1" * 40 + "共收到作品105篇",
    )
    assert "unclaimed" in set(bd.audit(folder).findings["rule"])
