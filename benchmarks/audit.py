"""How long the audit takes, and how much memory: one report warm, then up to one year of all
county-level and higher governments.

    python benchmarks/audit.py [REPORTS ...]

The reports are copies of Baoding's under invented names, each with a text, a checksum, figures and
identities of its own. Each size is audited by a fresh process. The floor, in the same process, is
one `re.finditer` pass over the same texts with the pattern that finds the numbers. The audit fails
the benchmark when it finds something, or misses what was planted.
"""

import csv
import io
import json
import resource
import shutil
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from time import perf_counter, process_time

REPORT = "baoding-2022"
SIZES = [1, 10, 100, 1000, 3200]


def many(folder, size):
    """Turn a copy of the seeds into `size` reports."""
    from baoding_data.tables.seeds import home

    shutil.copytree(home(), folder)
    text = (folder / "reports/baoding-2022.txt").read_text(encoding="utf-8")
    figures = (folder / "figures/baoding-2022.csv").read_text(encoding="utf-8")
    reports = alone(folder)
    names = [f"report-{number}" for number in range(size)]
    (folder / "reports/baoding-2022.txt").unlink()
    (folder / "figures/baoding-2022.csv").unlink()
    for number, name in enumerate(names):
        place = invented(number)
        raw = text.replace("保定", place).encode()
        (folder / f"reports/{name}.txt").write_bytes(raw)
        (folder / f"figures/{name}.csv").write_text(
            figures.replace("保定", place), encoding="utf-8", newline=""
        )
        row = {
            column: cell.replace("保定", place) if column.endswith("_zh") else cell
            for column, cell in zip(reports[0], reports[1], strict=True)
        } | {
            "report": name,
            "place": f"9{number:05}",
            "text": f"{name}.txt",
            "sha256": sha256(raw).hexdigest(),
        }
        reports.append(list(row.values()))
    write(folder / "reports.csv", [reports[0], *reports[2:]])
    header, *places = rows(folder / "places.csv")
    write(
        folder / "places.csv",
        [
            header,
            *places,
            *(
                [
                    f"9{number:05}",
                    f"{invented(number)}市",
                    "Some place",
                    "county",
                    "130600",
                    *[""] * (len(header) - 5),
                ]
                for number in range(size)
            ),
        ],
    )
    for table in ("identities.csv", "doubts.csv"):
        header, *lines = rows(folder / table)
        write(folder / table, [header, *([name, *row[1:]] for name in names for row in lines)])
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    next(r for r in package["resources"] if r["name"] == "figures")["path"] = [
        f"figures/{name}.csv" for name in names
    ]
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8", newline="")


def invented(number):
    """The name of a place, in which the number is spelled."""
    return "".join("甲乙丙丁戊己庚辛壬癸"[int(digit)] for digit in f"{number:04}")


def alone(folder):
    """Leave in the tables only what belongs to the one report on file; returns the rows of
    reports.csv.
    """
    header, *lines = rows(folder / "reports.csv")
    reports = [header, *(line for line in lines if line[0] == REPORT)]
    write(folder / "reports.csv", reports)
    identities = rows(folder / "identities.csv")
    write(folder / "identities.csv", [line for line in identities if line[0] in ("report", REPORT)])
    used = {line[0] for line in rows(folder / f"figures/{REPORT}.csv")} | {
        line[3] for line in identities if line[2] == "derived"
    }
    write(
        folder / "indicators.csv",
        [line for line in rows(folder / "indicators.csv") if line[0] in used | {"indicator"}],
    )
    for table in ("observations.csv", "neighbours.csv", "overrides.csv", "conflicts.csv"):
        write(folder / table, rows(folder / table)[:1])
    header, *lines = rows(folder / "places.csv")
    write(
        folder / "places.csv", [header, *([*line[:5], *[""] * (len(header) - 5)] for line in lines)]
    )
    return reports


def rows(path):
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def write(path, lines):
    with open(path, "w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(lines)


def measure(folder, planted):
    """Audit a folder once and print seconds, megabytes, seconds of the floor, bytes of text,
    findings.
    """
    from baoding_data.checks.audit import survey
    from baoding_data.tables.seeds import Seeds
    from baoding_data.text import forms

    start = perf_counter()
    found, lines, _ = survey(Seeds(folder))
    seconds = perf_counter() - start
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2 ** (
        20 if sys.platform == "darwin" else 10
    )
    # The marks of the second reader do not fit an invented report's name, where it stands in a
    # note.
    wrong = [f for f in found if f.rule != "reader"]
    assert len(wrong) == planted, [str(f) for f in wrong[:3]]
    raw = [
        path.read_text(encoding="utf-8")
        for path in sorted((Path(folder) / "reports").glob("*.txt"))
    ]
    start = perf_counter()
    numbers = sum(1 for text in raw for _ in forms.NUMBER.finditer(text))
    floor = perf_counter() - start
    # A line for each report, and two for the codebook and the other tables.
    assert len(lines) == len(raw) + 2 and numbers
    print(json.dumps([seconds, megabytes, floor, sum(len(text.encode()) for text in raw)]))


def warm():
    """The fastest of twenty audits and of twenty passes of the floor, of the one report alone and
    of all tables: on tables that are loaded, and with the tables read anew each time.
    """
    from baoding_data.checks.audit import survey
    from baoding_data.tables.seeds import Seeds, home
    from baoding_data.text import forms

    text = next(iter(Seeds().texts.values())).text
    with tempfile.TemporaryDirectory() as place:
        one = Path(place) / "seeds"
        shutil.copytree(home(), one)
        alone(one)
        for what, folder in (("one report", one), ("all tables as they stand", home())):
            tables = Seeds(folder)
            survey(tables)
            for how, work in (
                ("audited", lambda tables=tables: survey(tables)),
                ("read and audited", lambda folder=folder: survey(Seeds(folder))),
            ):
                spent, floor = fastest(work), fastest(lambda: list(forms.NUMBER.finditer(text)))
                print(
                    f"{what}, {how}, warm: {1000 * spent:.1f} ms, {spent / floor:.1f} times the"
                    f" floor of {1000 * floor:.2f} ms"
                )


def fastest(work):
    """The least seconds of processor time of twenty runs."""
    found = []
    for _ in range(20):
        start = process_time()
        work()
        found.append(process_time() - start)
    return min(found)


def main(sizes):
    warm()
    print(
        f"{'reports':>8}{'seconds':>10}{'ms each':>10}{'MB':>8}{'KB each':>10}{'floor, s':>10}"
        f"{'ratio':>8}{'MB/s':>8}"
    )
    empty = None
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "seeds"
            many(folder, size)
            # One wrong digit in the last report, so that a pass that reads nothing cannot look
            # fast.
            last = folder / f"figures/report-{size - 1}.csv"
            last.write_text(
                last.read_text(encoding="utf-8").replace(
                    "reconsideration_accepted,316,316", "reconsideration_accepted,316,361"
                ),
                encoding="utf-8",
                newline="",
            )
            done = subprocess.run(
                [sys.executable, __file__, "--measure", str(folder)],
                capture_output=True,
                text=True,
                check=False,
                encoding="utf-8",
            )
            if done.returncode:
                sys.exit(done.stderr)
            seconds, megabytes, floor, length = json.loads(done.stdout)
        empty = empty or megabytes
        print(
            (
                f"{size:>8}{seconds:>10.2f}{1000 * seconds / size:>10.2f}{megabytes:>8.0f}"
                f"{1024 * (megabytes - empty) / size:>10.0f}{floor:>10.3f}{seconds / floor:>8.1f}"
                f"{length / seconds / 1e6:>8.2f}"
            ),
            flush=True,
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(Path(sys.argv[2]), planted=1)
    else:
        main([int(size) for size in sys.argv[1:]] or SIZES)
