"""How far one machine goes: load, audit and ask 1 to 3,200 reports, the same tables read by DuckDB,
and the figures as Parquet.

    python benchmarks/scale.py [REPORTS ...]           # print
    python benchmarks/scale.py --write docs/scale.md   # and write the page

3,200 is about one year's reports of all governments from county level up. The reports are those of
`audit.py`: copies of Baoding's under invented names. Every measurement is a process of its own; the
floors, beside which each is told, are that of reading the same CSV files with `csv`, and, of a
question, that of importing pandas. DuckDB and pyarrow are no dependencies; where they are not
installed, that part is left out and the page is not written.
"""

import csv
import json
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import warnings
from functools import partial
from importlib import import_module
from pathlib import Path
from time import perf_counter

from audit import SIZES, many

from baoding_data import limits
from baoding_data.checks.at_once import MANY

# About one year of all governments from county level up.
COUNTRY = 3200
INDICATOR = "reconsideration_accepted"
# The same question to all reports: each value of one indicator with place, level and population, by
# place.
QUERY = """
    SELECT r.report, r.year, p.name_zh, p.level, f.value, p.population
    FROM read_csv('{folder}/figures/*.csv', header = true, all_varchar = true, filename = true) f
    JOIN read_csv('{folder}/reports.csv', header = true, all_varchar = true) r
    ON parse_filename(f.filename, true) = r.report
    JOIN read_csv('{folder}/places.csv', header = true, all_varchar = true) p USING (place)
    WHERE f.indicator = '{indicator}' ORDER BY place
"""
# What is measured, in an order in which a question is asked before anything is noted, and after.
ORDER = ("csv", "pandas", "load", "unknown", "alone", "audit", "known")
HEADS = {
    "load": "load, s  x  MB",
    "alone": "audit on one core",
    "audit": "audit",
    "unknown": "asked unchecked",
    "known": "asked",
}

# The comparison with grades, on figures.parquet and seeds/ in the folder where one is.
COMPARE = Path(__file__).resolve().parents[1] / "docs/compare.sql"


def seconds(work):
    start = perf_counter()
    found = work()
    return perf_counter() - start, found


def read_by_csv(folder):
    """The rows of all tables, as `csv` gives them."""
    found = []
    for path in sorted(folder.rglob("*.csv")):
        with open(path, encoding="utf-8", newline="") as stream:
            found += [sum(1 for _ in csv.reader(stream))]
    return found


def ask(folder, known):
    """One question in a new process, everything imported with it; `known` says whether the reports
    were checked before.
    """
    warnings.simplefilter("error" if known else "ignore")
    bd = import_module("baoding_data")
    return bd.compare(INDICATOR, report="report-0", seeds=folder)


def load_or_audit(what, folder):
    """Load all; or audit all as well, by all cores or `alone` by one. What was found, and what
    notes that it is sound.
    """
    from baoding_data.checks import at_once, unchanged
    from baoding_data.checks.audit import survey
    from baoding_data.tables.seeds import Seeds

    tables = Seeds(folder)
    if what == "load":
        return tables.figures, bool
    if what == "alone":
        at_once.MANY = sys.maxsize
    found, _, places = survey(tables)
    wrong = [one for one in found if one.rule != "reader"]
    assert not wrong, wrong[:3]
    return tables.reports, partial(unchanged.note, tables, [], places)


def measure(what, folder):
    """Do one thing once and print seconds, megabytes at the highest, and how many rows it gave."""
    if what == "duckdb":
        import duckdb

        spent, found = seconds(
            lambda: duckdb.sql(QUERY.format(folder=folder, indicator=INDICATOR)).fetchall()
        )
    elif what == "csv":
        spent, found = min(seconds(lambda: read_by_csv(folder)) for _ in range(3))
    elif what == "pandas":
        spent, found = seconds(lambda: [import_module("pandas")])
    elif what == "parquet":
        import pyarrow.parquet

        from baoding_data.workbook.export import export

        file = folder.parent / "figures.parquet"
        spent, _ = seconds(lambda: export(file, seeds=folder))
        found = range(pyarrow.parquet.read_metadata(file).num_rows)
    elif what == "sql":
        import duckdb

        os.chdir(folder.parent)
        duckdb.execute(COMPARE.read_text(encoding="utf-8"))
        asked = [INDICATOR, "report-0"]
        spent, found = seconds(lambda: duckdb.execute("FROM compare(?, ?)", asked).fetchall())
    elif what in ("unknown", "known"):
        spent, found = seconds(lambda: ask(folder, what == "known"))
    else:
        import_module("baoding_data.checks.audit")
        spent, (found, note) = seconds(lambda: load_or_audit(what, folder))
        note()
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2 ** (
        20 if sys.platform == "darwin" else 10
    )
    print(json.dumps([spent, megabytes, len(found)]))


def run(what, folder):
    done = subprocess.run(
        [sys.executable, __file__, "--measure", what, str(folder)],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    if done.returncode:
        if re.search("No module named '(duckdb|pyarrow)'", done.stderr):
            return None
        sys.exit(done.stderr)
    return json.loads(done.stdout)


def fastest(what, folder):
    """What takes seconds is done three times, as the floor is; the audit once."""
    return min(run(what, folder) for _ in range(1 if what in ("audit", "alone") else 3))


def machine():
    pages = (
        os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
        if hasattr(os, "sysconf")
        else 0
    )
    return (
        f"{platform.system()}, {platform.machine()}, {os.cpu_count()} cores, {pages:.0f} GB of"
        f" memory, Python {platform.python_version()}"
    )


def about(number):
    """Two digits of a number, as more would be false precision."""
    return f"{int(float(f'{number:.1e}')):,}"


def on_parquet(size, written, megabytes, asked):
    """The lines of the page on the Parquet file and on what is asked of it."""
    return [
        "## Beyond one machine or one program: Parquet",
        "",
        (
            "`baoding export figures.parquet`, with the extra `parquet`, writes all figures in one"
            " file for programs: the rows of the flat table in the same order, each with its codes,"
            " the words of both languages, place, year, level, population and grade of proof."
            f" {size:,} reports make {written[2]:,} rows and {megabytes:.1f} MB, written in"
            f" {written[0]:.0f} s and {written[1]:,.0f} MB of memory, their audit included."
        ),
        "",
        (
            "- The tests read it by DuckDB and by pandas (`pd.read_parquet`). It is the file that"
            " Spark (`spark.read.parquet`) and Dask (`dask.dataframe.read_parquet`) read, on as"
            " many machines as there are; that is not tried here."
        ),
        (
            "- Of many years or provinces each may have a file of its own (`--report`, as often as"
            " wanted, and no `--peers`, which would repeat the others in each); all have the same"
            " columns, and are read as one:"
            " `read_parquet('figures-*.parquet', union_by_name = true)`."
        ),
        (
            "- `value` is an exact decimal, to pandas `decimal.Decimal`; `.astype(float)` loses"
            " nothing, since the tables hold no more digits than a float does. What is not there is"
            " null. Cells are as they are: none is guarded against spreadsheet programs, as in the"
            " flat table."
        ),
        (
            "- The file and its columns describe themselves in both languages, in the words of"
            " datapackage.json: `FROM parquet_kv_metadata('figures.parquet')`."
        ),
        (
            "- The audit stands before it: where it finds anything in a report that is to be"
            " written, nothing is; with `--peers`, other sources in which it does are left out, and"
            " a warning names them."
        ),
        "",
        "### One indicator over ten years",
        "",
        "```sql",
        f"FROM compare('{INDICATOR}', 'baoding-2022') WHERE year BETWEEN 2016 AND 2025;",
        "```",
        "",
        (
            "`compare` comes from [compare.sql](compare.sql), below, which DuckDB runs where"
            " `figures.parquet`, written with `--peers`, and `seeds/` are. It grades in SQL by the"
            " rule; the tests prove that rows, order and grades are those of `bd.compare`, for"
            " every indicator on file and for invented decades. Reasons and intervals are this"
            f" library's. Of {size:,} reports it answers in {asked[0]:.2f} s and"
            f" {asked[1]:.0f} MB."
        ),
        "",
        "```sql",
        COMPARE.read_text(encoding="utf-8").rstrip("\n"),
        "```",
        "",
    ]


def page(rows, duck, parquet):
    """The page, from what was measured."""
    from baoding_data.tables.seeds import Seeds

    size, last = list(rows.items())[-1]
    numbers = len(Seeds().texts["baoding-2022"].numbers)
    first = next(iter(rows.values()))
    floor, pandas = last["csv"][0], last["pandas"][0]
    memory = (last["audit"][1] - first["audit"][1]) / (size - min(rows))
    lines = [
        "# How far one machine goes",
        "",
        (
            "Measured by [benchmarks/scale.py](../benchmarks/scale.py), which wrote this page:"
            f" {machine()}. The reports are copies of Baoding's under invented names, each with"
            f" {numbers} numbers, {last['load'][2] // size} figures and its arithmetic, and alike"
            f" in most cells; {COUNTRY:,} are about one year of all governments from county level"
            " up. Each measurement is a fresh process, of three the fastest but for the audit;"
            " memory is its highest. The floor is the time in which `csv` reads the same tables and"
            " gives their rows away; a question is asked by `bd.compare`, with all imports, of"
            " which pandas alone"
            f" takes {pandas:.2f} s."
        ),
        "",
        "| reports | csv | load | MB | audit | MB | a question | MB | where nothing is checked |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for number, row in rows.items():
        cells = [f"{row['csv'][0]:.2f} s"]
        for what in ("load", "audit", "known"):
            cells += [f"{row[what][0]:.2f} s", f"{row[what][1]:.0f}"]
        lines.append(f"| {number:,} | {' | '.join(cells)} | {row['unknown'][0]:.2f} s |")
    asked = {what: last[what][0] - pandas for what in ("known", "unknown")}
    lines += [
        "",
        (
            f"Of {size:,} reports loading takes {last['load'][0] / floor:.1f} times the floor, the"
            f" audit {last['audit'][0] / floor:.0f} times (loading among it;"
            f" {last['audit'][0] / last['alone'][0]:.2f} of what one core takes, as"
            f" {os.cpu_count()} cores share the reports), a question"
            f" {asked['known'] / floor:.1f} times, pandas not counted, and"
            f" {asked['unknown'] / floor:.1f} times where no report was checked before."
        ),
        "",
        (
            "Loading reads and types every table; the audit also reads every text and holds every"
            " figure to its sentence, and every number to its figure. A question reads the rows"
            " that it needs. Which reports nothing was found in a check of all notes in"
            " `.checked.json`, beside the folder of the tables, with where their figures stand: of"
            " a report of which no byte has changed since, nor of what all share, nor of the rules,"
            " no text is read. Up to"
            f" {MANY} others are audited; of more, the figures asked for are held to their"
            " sentences, and a warning (`NotAudited`) says how many reports no audit has seen."
        ),
        "",
        "## What one machine therefore serves",
        "",
        (
            f"- Time grows in step with the reports: {1000 * last['load'][0] / size:.1f} ms each to"
            f" load, {1000 * last['audit'][0] / size:.1f} ms each to audit at the largest size."
            f" Memory grows by {1024 * memory:.0f} KB a report."
        ),
        (
            "- In the five minutes that a check of every change may take, about"
            f" {about(300 * size / last['audit'][0])} reports can be audited:"
            f" {300 * size / last['audit'][0] / COUNTRY:.0f} years of the whole country. In 4 GB of"
            f" memory there is room for about {about((4096 - first['audit'][1]) / memory)}."
        ),
        (
            "- A question waits a second, pandas not counted, for about"
            f" {about(size / asked['known'])} reports. Up to there nothing but CSV and this library"
            " is needed."
        ),
        "",
        "## From where on DuckDB",
        "",
        (
            "The same CSV tables, unchanged, answer the same question by DuckDB: each value of"
            f" `{INDICATOR}` with place, level and population, from {duck[2]:,} reports in"
            f" {duck[0]:.2f} s and {duck[1]:.0f} MB. It does not audit: what it reads must have"
            " passed `baoding check`. Grades are given by the query after it. Many years are asked"
            " best as Parquet, below."
        ),
        "",
        "```sql",
        *(
            line[4:]
            for line in (
                QUERY.format(folder="seeds", indicator=INDICATOR).strip("\n").rstrip().split("\n")
            )
        ),
        "```",
        "",
        *on_parquet(size, *parquet),
        "## What is read and drawn at most",
        "",
        (
            "What is larger is no report, and is refused with the limit, so that an answer comes"
            " within seconds (baoding_data/limits.py)."
        ),
        "",
        *stated_limits(),
        "",
    ]
    return "\n".join(lines)


def stated_limits():
    """The lines of a table of what is read and drawn at most, from the lines of limits.py."""
    source = Path(limits.__file__).read_text(encoding="utf-8")
    found = re.findall(r"^[A-Z]+ = ([0-9_]+)  # (.*?): (.*)$", source, re.M)
    rows = [f"| {int(most):,} | {what} | {why} |" for most, what, why in found]
    return ["| at most | of what | why so many |", "|---:|---|---|", *rows]


def main(arguments):
    target = arguments[1] if arguments[:1] == ["--write"] else None
    sizes = [int(size) for size in arguments[2 if target else 0 :]] or SIZES
    rows, duck, parquet = {}, None, (None, 0, None)
    print(f"{'reports':>8}{'csv, s':>8}" + "".join(f"{head:>17}" for head in HEADS.values()))
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "seeds"
            many(folder, size)
            row = rows[size] = {what: fastest(what, folder) for what in ORDER}
            if size == max(sizes):
                duck, written, asked = (run(what, folder) for what in ("duckdb", "parquet", "sql"))
                file = folder.parent / "figures.parquet"
                parquet = written, file.stat().st_size / 1e6 if file.exists() else 0, asked
        assert row["load"][2] == 76 * size and row["known"][2] == row["unknown"][2] == size
        print(f"{size:>8}{row['csv'][0]:>8.2f}{told(row)}", flush=True)
    if duck is None or parquet[0] is None:
        print(
            "duckdb or pyarrow is not installed: not measured"
            + (", the page is left as it was" if target else "")
        )
        return
    written, megabytes, asked = parquet
    assert duck[2] == asked[2] == sizes[-1] and written[2] > rows[sizes[-1]]["load"][2]
    print(f"duckdb, {duck[2]} reports: {duck[0]:.2f} s, {duck[1]:.0f} MB")
    print(
        f"figures.parquet: {written[0]:.2f} s, {written[1]:.0f} MB, {megabytes:.1f} MB on disk;"
        f" compared in SQL: {asked[0]:.2f} s, {asked[1]:.0f} MB"
    )
    if target:
        Path(target).write_text(page(rows, duck, parquet), encoding="utf-8", newline="\n")


def told(row):
    """Seconds, times the floor and megabytes of each measurement; of a question the import of
    pandas is no part of the times.
    """
    cells = []
    for what in HEADS:
        spent, megabytes, _ = row[what]
        own = spent - row["pandas"][0] * (what in ("known", "unknown"))
        cells.append(f"{spent:>7.2f}{own / row['csv'][0]:>5.1f}x{megabytes:>4.0f}")
    return "".join(cells)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(sys.argv[2], Path(sys.argv[3]))
    else:
        main(sys.argv[1:])
