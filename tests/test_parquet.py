"""The Parquet file, read back by DuckDB and pandas, and docs/compare.sql, which compares on it."""

import json
import shutil
import sys
from decimal import Decimal

import pytest
from conftest import COUNTY, FIGURES, IN_FULL, REPORT, ROOT, as_csv, read_rows, unaudited
from hypothesis import example, given, settings
from hypothesis import strategies as st

import baoding_data as bd
from baoding_data.cli import main
from baoding_data.comparison.peers import beside
from baoding_data.comparison.shares import wilson
from baoding_data.tables.figures import of_all, of_report
from baoding_data.tables.records import Override
from baoding_data.tables.seeds import Seeds, home
from baoding_data.workbook import flat, parquet

pytest.importorskip("pyarrow", reason="pyarrow, which writes Parquet files, is not installed")
duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed: nothing asks in SQL")

SQL = ROOT / "docs/compare.sql"
BENCHMARKS = ROOT / "benchmarks"
RATE = "litigation_loss_rate"
needs_sql = pytest.mark.skipif(not SQL.exists(), reason="docs/ lies in the repository only")


@pytest.fixture(scope="module")
def written(tmp_path_factory, seeds):
    """All figures as CSV in both languages and as Parquet, with those of others and without."""
    folder = tmp_path_factory.mktemp("written")
    for peers in (False, True):
        for name, lang in (("csv", "both"), ("parquet", None)):
            bd.export(folder / f"{peers}.{name}", lang=lang, peers=peers, seeds=seeds)
    return folder


def rows_of(path):
    """The rows of a Parquet file as DuckDB reads them, by column."""
    with duckdb.connect() as database:
        asked = database.execute("FROM read_parquet(?)", [str(path)])
        names = [about[0] for about in asked.description]
        return [dict(zip(names, row, strict=True)) for row in asked.fetchall()]


# --- the file


@pytest.mark.parametrize("peers", [False, True])
def test_the_rows_are_those_of_the_flat_table(written, peers):
    """Both files have the same rows in the same order, and each cell of the one stands in the
    other, guarded there against spreadsheet programs; what is empty there is null here.
    """
    rows, cells = rows_of(written / f"{peers}.parquet"), read_rows(written / f"{peers}.csv")
    assert len(rows) == len(cells) > 0
    for row, of_csv in zip(rows, cells, strict=True):
        assert "" not in row.values()
        for head, name, language in flat._columns("both", peers):
            cell = row[name if name in row else f"{name}_{('zh', 'en')[language]}"]
            if name == "value":
                assert cell == Decimal(of_csv[head])
            else:
                text = "" if cell is None else f"{cell}"
                text = text.replace("/", " of ") if name == "shared" else text
                assert flat._cell(name, text) == of_csv[head], head


def test_pandas_reads_what_duckdb_reads(written):
    """Every cell of the data frame is that of DuckDB, under the same names; numbers are numbers."""
    import pandas as pd

    frame = pd.read_parquet(written / "True.parquet")
    rows = rows_of(written / "True.parquet")
    assert list(frame.columns) == [one.name for one in parquet.COLUMNS] == list(rows[0])
    for name in frame:
        found = [None if pd.isna(cell) else cell for cell in frame[name]]
        assert found == [row[name] for row in rows], name
    assert frame["year"].dtype == "int16" and frame["low"].dtype == float
    assert frame["value"].astype(float).sum() == float(sum(row["value"] for row in rows))


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 14))
def test_every_number_that_a_table_may_hold_is_exact(seeds, digits, places):
    """A number of fifteen digits is the same in the file, wherever its point stands."""
    import io

    from pyarrow.parquet import read_table

    figure = of_report(seeds, REPORT)[0]._replace(value=Decimal(digits).scaleb(-places))
    read = read_table(io.BytesIO(parquet.encoded(seeds, [figure])))
    assert read["value"].to_pylist() == [figure.value]


def test_file_and_columns_are_described(written, seeds):
    """The file says what `datapackage.json` says of the tables, and of each column, in both
    languages, what it holds, the same to every reader; where a table has it, in the words there.
    """
    from pyarrow.parquet import read_schema

    with duckdb.connect() as database:
        asked = "FROM parquet_kv_metadata(?)"
        found = database.execute(asked, [str(written / "True.parquet")]).fetchall()
    said = {key.decode(): value.decode() for *_, key, value in found}
    package = seeds.package
    assert {name: said[name] for name in ("title", "title_zh", "version", "created")} == {
        name: package[name] for name in ("title", "title_zh", "version", "created")
    }
    assert json.loads(said["licenses"]) == package["licenses"]
    assert said["fingerprint"] == seeds.fingerprint
    tables = {one["name"]: one["schema"]["fields"] for one in package["resources"]}
    fields = json.loads(said["fields"])
    for column, about, field in zip(
        parquet.COLUMNS, fields, read_schema(written / "True.parquet"), strict=True
    ):
        of_field = {key.decode(): value.decode() for key, value in field.metadata.items()}
        assert about == {"name": column.name} | of_field and field.name == column.name
        assert about["description"] and about["description_zh"]
        if isinstance(column.holds, str):
            table, name = column.holds.split(".")
            [same] = [one for one in tables[table] if one["name"] == name]
            assert about["description"] == same["description"]


def test_level_population_and_grade_of_proof_stand_in_each_row(written, seeds):
    """Each row has the level and population of its place, the words of its status, the canonical
    unit and the first of several years, as the tables have them, and a share its interval.
    """
    for row in rows_of(written / "True.parquet"):
        place = seeds.where[row["place_code"]]
        assert (row["level_code"], row["population"]) == (place.level, place.population)
        assert row["population_year"] == place.population_year
        status = seeds.words.pair("status", row["status_code"])
        assert (row["status_zh"], row["status_en"]) == status
        assert row["unit_canonical"].split("|") == seeds.words.units(row["unit_code"])
        assert row["data_version"] == seeds.package["version"]
        counts = row["part"], row["whole"]
        assert (row["low"], row["high"]) == (wilson(*counts) if row["whole"] else counts)
    observed = {row.first_year for row in seeds.observations}
    assert {row["first_year"] for row in rows_of(written / "True.parquet")} == observed


def test_the_same_input_gives_the_same_bytes(written, tmp_path, elsewhere, seeds):
    """Neither time zone, locale nor hash seed changes a byte; what is there is left alone."""
    elsewhere("import baoding_data as bd; bd.export('x.parquet', peers=True)")
    assert (tmp_path / "x.parquet").read_bytes() == (written / "True.parquet").read_bytes()
    assert bd.export(tmp_path / "x.parquet", peers=True, seeds=seeds) is False


HOSTILE = "=1+1\x07\u202e\t\ufeff甲\r\n"


def test_hostile_cells_are_data(seeds):
    """A formula, control characters and marks that turn the writing stand as they are."""
    import io

    from pyarrow.parquet import read_table

    figure = of_report(seeds, REPORT)[0]._replace(label_zh=HOSTILE, sentence=HOSTILE, quote=HOSTILE)
    [row] = read_table(io.BytesIO(parquet.encoded(seeds, [figure]))).to_pylist()
    assert [row[name] for name in ("indicator_zh", "sentence", "quote")] == [HOSTILE] * 3


def test_each_report_in_a_file_of_its_own(seeds_of_county, tmp_path):
    """The files of single reports, read together by their names, have the rows of the file of all;
    a topic chooses rows, as in the flat table.
    """
    tables = Seeds(seeds_of_county)
    bd.export(tmp_path / "all.parquet", seeds=tables)
    for name in (REPORT, COUNTY):
        bd.export(tmp_path / f"of-{name}.parquet", report=name, seeds=tables)
    with duckdb.connect() as database:
        read = "FROM read_parquet(?, union_by_name = true) ORDER BY report_code, table_order"
        several, one = (
            database.execute(read, [str(tmp_path / name)]).fetchall()
            for name in ("of-*.parquet", "all.parquet")
        )
    assert several == one and len(one) == len(of_all(tables))
    bd.export(tmp_path / "topic.parquet", topics="business", seeds=tables)
    assert {row["topic_code"] for row in rows_of(tmp_path / "topic.parquet")} == {"business"}


# --- what is refused


@pytest.mark.parametrize(
    ("arguments", "missing", "said"),
    [
        ([], ["pyarrow"], "python -m pip install 'baoding-data[parquet]'"),
        (["--lang", "en"], [], "is always in both languages"),
        (["--report", "nowhere-2022"], [], "nowhere-2022"),
        (["--topic", "nothing"], [], "nothing"),
    ],
)
def test_what_cannot_be_written_is_said(tmp_path, monkeypatch, capsys, arguments, missing, said):
    """Without pyarrow, in one language or of what is not there no file is written: status 2, and a
    line that says what to do.
    """
    for name in missing:
        monkeypatch.setitem(sys.modules, name, None)
        monkeypatch.setitem(sys.modules, f"{name}.parquet", None)
    assert main(["export", str(tmp_path / "x.parquet"), *arguments]) == 2
    assert said in capsys.readouterr().err and not [*tmp_path.iterdir()]


def test_a_file_in_both_languages_may_be_asked_for(tmp_path, capsys):
    """`--lang both` says what is so anyway."""
    assert main(["export", str(tmp_path / "x.parquet"), "--lang", "both"]) == 0
    assert capsys.readouterr().out.endswith("x.parquet: written\n")


def test_what_the_audit_finds_keeps_the_file_from_being_written(folder, edit, tmp_path):
    """A wrong number of a report keeps its figures out of every file, the old one stays as it was,
    and of others it is left out with a warning.
    """
    path = tmp_path / "x.parquet"
    bd.export(path, seeds=folder)
    before = path.read_bytes()
    edit(FIGURES, "accepted,316,316", "accepted,316,361")
    with pytest.raises(bd.BaodingError, match="the audit finds something"):
        bd.export(path, seeds=folder)
    assert path.read_bytes() == before


def one_byte(path, data):
    path.write_bytes(data[:-20] + bytes([data[-20] ^ 1]) + data[-19:])


def read_and_written(path, data):
    import pandas as pd

    pd.read_parquet(path).to_parquet(path)


@pytest.mark.parametrize(
    "edit", [one_byte, read_and_written, lambda path, _: path.write_bytes(b"PAR1")]
)
def test_only_what_this_program_wrote_is_written_over(tmp_path, edit):
    """A file just as written gives way; one to which another hand has done anything stays."""
    path = tmp_path / "x.parquet"
    assert bd.export(path, topics="disputes") and bd.export(path, topics="business")
    edit(path, path.read_bytes())
    before = path.read_bytes()
    with pytest.raises(bd.BaodingError, match="something else than the Parquet file"):
        bd.export(path)
    assert path.read_bytes() == before


# --- the comparison in SQL


def database_at(folder):
    """A database that docs/compare.sql has set up, on figures.parquet and seeds/ in a folder."""
    database = duckdb.connect()
    sql = SQL.read_text(encoding="utf-8")
    for name in ("seeds/", "figures.parquet"):
        sql = sql.replace(f"('{name}", f"('{folder.as_posix()}/{name}")
    database.execute(sql)
    return database


# Of several indicators at once, each with the lines of its own comparison.
ASKED = """
    SELECT one.indicator AS asked, found.*
    FROM codebook AS one, LATERAL (FROM compare(one.indicator, $report)) AS found
    WHERE list_contains($indicators, one.indicator) ORDER BY asked, line
"""


def same(database, tables, report, *indicators):
    """How many rows the comparison of each indicator has in SQL, once they, their order and grades
    are those of `bd.compare`.
    """
    asked = database.execute(ASKED, {"report": report, "indicators": list(indicators)})
    names = [about[0] for about in asked.description]
    rows = {name: [] for name in indicators}
    for row in asked.fetchall():
        rows[row[0]].append(dict(zip(names, row, strict=True)))
    for name, found in rows.items():
        wanted = beside(tables, name, report)
        assert list(map(of_row, found)) == list(map(of_sighting, wanted)), name
        for row, one in zip(found, wanted, strict=True):
            computed = one.status == "derived" and not one.printed
            assert abs(row["value"] - float(one.value)) <= computed / 100
    return [len(found) for found in rows.values()]


def of_row(row):
    """What a row of the comparison in SQL says of a figure."""
    names = "report_code place_code year indicator_code scope_code period_code level_code"
    names += " unit_code bound_code status_code part whole"
    return row["grade"] or "", row["printed"] or "", *map(row.get, names.split())


def of_sighting(one):
    """The same of a figure of `bd.compare`."""
    where = one.report, one.place, one.year, one.indicator, one.scope, one.period, one.level
    return one.grade, one.printed, *where, one.unit, one.bound, one.status, one.part, one.whole


@needs_sql
def test_the_comparison_in_sql_is_that_of_the_library(written, tmp_path, seeds):
    """Of every indicator of the codebook DuckDB gives the rows of `bd.compare`, in its order and
    with its grades, those that a person gave among them.
    """
    shutil.copy(written / "True.parquet", tmp_path / "figures.parquet")
    shutil.copytree(home(), tmp_path / "seeds")
    database = database_at(tmp_path)
    counts = dict(zip(seeds.codebook, same(database, seeds, REPORT, *seeds.codebook), strict=True))
    assert seeds.given <= {name for name, count in counts.items() if count}
    assert sum(counts.values()) > 2 * len(seeds.given)


@needs_sql
def test_the_comparison_in_sql_holds_whichever_report_is_exported(seeds_of_county, tmp_path):
    """Of the file of one report, in which another on file follows among the others, DuckDB gives
    what `bd.compare` gives for either.
    """
    tables = Seeds(seeds_of_county)
    shutil.copytree(seeds_of_county, tmp_path / "seeds")
    bd.export(tmp_path / "figures.parquet", report=COUNTY, peers=True, seeds=tables)
    database = database_at(tmp_path)
    for report in (COUNTY, REPORT):
        assert sum(same(database, tables, report, *tables.codebook)) > len(tables.given)


def decade(folder):
    """Ten years of reports on file in a folder: of places of three levels, of which some count for
    another area or another time; with a neighbour, and a grade that a person gave.
    """
    from audit import many, rows, write

    many(folder, 30)
    header, *reports = rows(folder / "reports.csv")
    year, place = header.index("year"), header.index("place")
    levels = {}
    for number, report in enumerate(reports):
        report[year] = 2013 + number % 10
        report[place] = f"9{number // 10:05}"
        levels[report[place]] = ("city", "county", "province")[number // 10]
        figures = folder / f"figures/report-{number}.csv"
        text = figures.read_text(encoding="utf-8")
        if number % 3 == 1:
            text = text.replace(",whole_area,", ",not_stated,")
        if number % 4 == 1:
            text = text.replace(",to_date,", ",since,")
        if number % 4 == 2:
            text = text.replace(",to_date,", ",year,")
        figures.write_text(text, encoding="utf-8", newline="")
    write(folder / "reports.csv", [header, *reports])
    header, *places = rows(folder / "places.csv")
    at = header.index("level")
    for row in places:
        row[at] = levels.get(row[0], row[at])
    write(folder / "places.csv", [header, *places])
    near = ["reconsideration_accepted", "litigation_cases", "甲。", "One.", ""]
    write(folder / "neighbours.csv", [*rows(folder / "neighbours.csv"), near])
    given = [
        "report-7",
        reports[7][place],
        2020,
        "reconsideration_accepted",
        "B",
        "甲。",
        "One.",
        "",
    ]
    write(folder / "overrides.csv", [*rows(folder / "overrides.csv"), given])


@needs_sql
@pytest.mark.skipif(not BENCHMARKS.is_dir(), reason="the benchmarks lie in the repository only")
def test_the_comparison_in_sql_holds_for_ten_years(tmp_path, monkeypatch):
    """Of ten years of three places, of other levels, scopes and times, DuckDB gives what
    `bd.compare` gives, whichever report asks; all grades are among them.
    """
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    decade(tmp_path / "seeds")
    tables = unaudited(Seeds(tmp_path / "seeds"))
    tables.judged.update({row.report: of_report(tables, row.report) for row in tables.reports})
    bd.export(tmp_path / "figures.parquet", seeds=tables)
    database = database_at(tmp_path)
    for report in ("report-0", "report-7", "report-15", "report-29"):
        assert min(same(database, tables, report, *sorted(tables.given))) >= 30
    asked = "SELECT DISTINCT grade FROM compare('reconsideration_accepted', 'report-15')"
    assert {grade for (grade,) in database.execute(asked).fetchall()} == {None, "A", "B", "C"}


# A rate, rates near it, and their counts.
NEAR = [RATE, "litigation_win_rate", "court_loss_rate_first_instance", "court_loss_rate"]
NEAR += ["litigation_lost", "litigation_won", "litigation_concluded"]
NEAR += ["court_cases_lost", "court_cases_concluded"]
KIN = st.tuples(
    st.sampled_from(["china-2019-reconsideration", "xianning-2020-justice"]),
    st.sampled_from(["130600", "421200"]),
    st.sampled_from([2013, 2018, 2019, 2022]),
    st.sampled_from(["government", "not_stated"]),
    st.sampled_from(["since", "to_date", "year"]),
)
NUMBERS = st.fixed_dictionaries(
    {
        "value": st.integers(0, 4).map(Decimal),
        "unit": st.sampled_from([*"件件件件件宗%"]),
        "bound": st.sampled_from([*["exact"] * 7, "about"]),
    }
)
OF_ONE = st.dictionaries(st.sampled_from(NEAR), NUMBERS, min_size=5)
SEEN = st.dictionaries(KIN, OF_ONE, min_size=5, max_size=9)
# Two computed rates of one place and year, of which the counts cross.
CROSSED = {
    ("xianning-2020-justice", "421200", 2022, "government", period): {
        name: {"value": Decimal(value), "unit": "件", "bound": "exact"}
        for name, value in (("litigation_lost", lost), ("litigation_concluded", concluded))
    }
    for period, lost, concluded in (("since", 1, 4), ("to_date", 2, 3))
}
OF_KIN = ("report", "place", "year", "scope", "period")
SUBJECT = ("report", "place", "year", "indicator")


@needs_sql
@settings(max_examples=200 if IN_FULL else 20)
@example(CROSSED, [], "count")
@given(SEEN, st.lists(st.sampled_from("ABC"), max_size=3), st.sampled_from(["count", "amount"]))
def test_the_comparison_in_sql_holds_for_whatever_is_observed(
    twice, workplace, observed, grades, measure
):
    """Of figures near one another, of any place, year, scope, period, number, unit and bound, and
    with grades that a person gave, DuckDB gives what `bd.compare` gives for a report with two
    figures of its own, computed shares among them.
    """
    tables = Seeds(twice)
    one, graded = tables.observations[0]._replace(first_year=None), tables.overrides[0]
    seen = [
        one._replace(indicator=indicator, **dict(zip(OF_KIN, kin, strict=True)), **number)
        for kin, numbers in observed.items()
        for indicator, number in numbers.items()
    ]
    seen.sort(key=lambda row: -row.value)  # those of one source, place and year lie apart
    of_person = {
        subject: graded._replace(grade=grade, **dict(zip(SUBJECT, subject, strict=True)))
        for grade, other in zip(grades, seen, strict=False)
        for subject in [tuple(getattr(other, name) for name in SUBJECT)]
    }
    measured = [
        book._replace(measure=measure) if book.indicator in NEAR[5:7] else book
        for book in tables.indicators
    ]
    changes = {"observations": seen, "overrides": [*of_person.values()], "indicators": measured}
    tables = unaudited(tables.replaced(**changes))
    tables.judged[REPORT] = figures = of_report(tables, REPORT)
    folder, database = workplace
    file = parquet.encoded(tables, figures, flat.others(tables, figures))
    (folder / "figures.parquet").write_bytes(file)
    lines = [Override._fields[:-2], *(row[:-2] for row in of_person.values())]
    (folder / "seeds/overrides.csv").write_bytes(as_csv(lines))
    same(database, tables, REPORT, *NEAR)


@pytest.fixture(scope="module")
def workplace(tmp_path_factory, written):
    """A folder with a copy of the seeds, and the database that reads it."""
    folder = tmp_path_factory.mktemp("asked")
    shutil.copy(written / "True.parquet", folder / "figures.parquet")
    shutil.copytree(home(), folder / "seeds")
    return folder, database_at(folder)
