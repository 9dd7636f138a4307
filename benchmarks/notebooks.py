"""How long each notebook takes beyond its kernel's start, cell by cell, and how much of it is
importing what it needs.

    python benchmarks/notebooks.py [--runs N] [NOTEBOOK ...]

The floor, measured the same way, is a notebook that only imports pandas and matplotlib.
"""

import argparse
import sys
from pathlib import Path
from time import perf_counter

import nbformat
from jupyter_client.manager import start_new_kernel

ROOT = Path(__file__).resolve().parents[1]
FLOOR = nbformat.v4.new_notebook(
    cells=[nbformat.v4.new_code_cell("import matplotlib.figure, pandas")]
)


def seconds(notebook: nbformat.NotebookNode) -> tuple[float, float]:
    """Seconds for the kernel's start, and for all code cells of a notebook after it."""
    start = perf_counter()
    manager, client = start_new_kernel(
        cwd=str(ROOT / "notebooks"), extra_arguments=["--log-level=ERROR"]
    )
    started = perf_counter()
    try:
        for cell in notebook.cells:
            if cell.cell_type == "code":
                answer = client.execute_interactive(
                    cell.source, output_hook=lambda message: None, timeout=60
                )
                if answer["content"]["status"] != "ok":
                    sys.exit("\n".join(answer["content"]["traceback"]))
        return started - start, perf_counter() - started
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("notebooks", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    paths = options.notebooks or sorted((ROOT / "notebooks").glob("*.ipynb"))
    floor = min(seconds(FLOOR)[1] for _ in range(options.runs))
    print(f"{'notebook':<16}{'start, s':>10}{'cells, s':>10}{'ratio':>8}")
    print(f"{'only imports':<16}{'':>10}{floor:>10.2f}{1:>8.1f}")
    for path in paths:
        notebook = nbformat.read(path, as_version=4)
        runs = [seconds(notebook) for _ in range(options.runs)]
        start, cells = min(runs, key=lambda pair: pair[1])
        print(f"{path.stem:<16}{start:>10.2f}{cells:>10.2f}{cells / floor:>8.1f}", flush=True)


if __name__ == "__main__":
    main()
