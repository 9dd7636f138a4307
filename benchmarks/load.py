"""What loading the figures costs over the floor: `import pandas` and `pd.read_csv` of just the
files that are opened, in new processes, in interleaved pairs.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time

FLOOR = """
import pathlib, sys
import pandas
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*")):
    if path.suffix == ".csv":
        pandas.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    elif path.suffix in (".txt", ".json"):
        path.read_bytes()
"""
RUNS = {
    "floor": FLOOR,
    "figures": "import baoding_data as bd; bd.figures()",
    "nothing": "pass",
    "import": "import baoding_data",
}


def seconds(code, folder):
    """How long a new process takes."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, folder], check=True)
    return time.perf_counter() - start


def main():
    from baoding_data.tables.seeds import home

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    times = {name: [] for name in RUNS}
    for turn in range(runs + 1):
        for name, code in RUNS.items():
            spent = seconds(code, str(home()))
            if turn:  # the first round only warms the files
                times[name].append(spent)
    ratios = [a / b for a, b in zip(times["figures"], times["floor"], strict=True)]
    added = [1000 * (a - b) for a, b in zip(times["import"], times["nothing"], strict=True)]
    print(
        f"bd.figures() in a new process: {statistics.median(ratios):.3f} × the floor (at most 1.15;"
        f" {runs} pairs, {min(ratios):.3f} to {max(ratios):.3f})"
    )
    print(
        f"import baoding_data alone: {statistics.median(added):.1f} ms over an empty process (at"
        " most 10)"
    )


if __name__ == "__main__":
    main()
