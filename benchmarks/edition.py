"""How long the site takes: written into an empty folder, and again with nothing changed.

    python benchmarks/edition.py [RUNS]

Each run is a process of its own, in seconds of the clock; the fastest counts. The floor of the
first is a process that loads what draws and draws nothing, that of the second one that loads
nothing: a start of Python.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
SITE = [sys.executable, "-m", "baoding_data.cli", "site"]
MOST = {"written": 15, "again": 1}  # seconds


def seconds(command):
    start = perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return perf_counter() - start


def main(arguments):
    runs = int(arguments[0]) if arguments else 3
    spent = {"written": [], "again": [], "drawing": [], "start": []}
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as place:
            for kind in MOST:
                spent[kind].append(seconds([*SITE, place]))
        load = "import pandas, matplotlib.figure, openpyxl, jinja2"
        spent["drawing"].append(seconds([sys.executable, "-c", load]))
        spent["start"].append(seconds([sys.executable, "-c", ""]))
    least = {kind: min(found) for kind, found in spent.items()}
    for kind, floor in (("written", "drawing"), ("again", "start")):
        ratio = least[kind] / least[floor]
        print(
            f"{kind}: {least[kind]:.2f} s, at most {MOST[kind]}; {ratio:.1f} times the floor of"
            f" {least[floor]:.2f} s"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
