"""Execute the notebooks of this folder and compare them with what they store.

    python notebooks/run.py            # rewrite a notebook only where a cell gives something else
    python notebooks/run.py --store    # rewrite it whenever a byte differs
    python notebooks/run.py 02_disputes.ipynb
    python notebooks/run.py --report handan-2023 --to FOLDER    # of another report, elsewhere

The exit status is 1 when a cell fails or warns, 2 when a file can be neither read nor written; that
notebook is then left as it was.
"""

import argparse
import ast
import asyncio
import base64
import copy
import io
import json
import os
import re
import sys
from functools import partial
from pathlib import Path

import nbformat
import numpy as np
from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, DeadKernelError
from PIL import Image

from baoding_data.errors import BaodingError, refused, told
from baoding_data.reading import content
from baoding_data.writing import digest, held, mark, replace

HERE = Path(__file__).resolve().parent
AT_ONCE = 2
SEAL = "baoding_data"  # where a copy says what it was when it was stored
CELL_SECONDS = 120
KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
PICTURE = re.compile("data:image/png;base64,([A-Za-z0-9+/=]+)")
PIXEL_TOLERANCE = 8  # of 255: what rounding differs by between processors, and no eye sees


class ThisPython(AsyncKernelManager):
    """A kernel of the Python that runs this file, whatever kernels the user has installed."""

    def _kernel_spec_manager_default(self):
        return KernelSpecManager(kernel_dirs=[])


class Failure(Exception):
    """A notebook that cannot be stored, and why."""


def read(content):
    cells = json.loads(content).get("cells", [])
    if not all(cell.get("id") for cell in cells):  # nbformat would make up new ones at each reading
        raise Failure("a cell has no id; save the notebook once in JupyterLab")
    return nbformat.reads(content.decode("utf-8"), as_version=4)


def name(number, cell):
    return f"cell {number} ({cell.id})"


def indented(text, lines=8):
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text).rstrip().splitlines()
    return "".join(f"\n    {line}" for line in plain[-lines:])


async def execute(notebook, folder):
    """Run all cells in a kernel of their own, in a folder; `Failure` on an error or a warning."""
    client = NotebookClient(
        notebook,
        kernel_manager_class=ThisPython,
        kernel_name=NATIVE_KERNEL_NAME,
        resources={"metadata": {"path": str(folder)}},
        timeout=CELL_SECONDS,
        coalesce_streams=True,
        record_timing=False,
        extra_arguments=[
            "--log-level=ERROR"
        ],  # leaves out a warning that connections within the machine are plain
    )
    client.create_kernel_manager()
    try:
        await client.async_start_new_kernel()
        await client.async_start_new_kernel_client()
        for number, cell in enumerate(notebook.cells, 1):
            if cell.cell_type != "code":
                continue
            cell.outputs, cell.execution_count = [], None
            try:
                await client.async_execute_cell(cell, number - 1)
            except (CellControlSignal, DeadKernelError) as error:
                raise Failure(f"{name(number, cell)} failed:{indented(str(error))}") from error
            for output in cell.outputs:
                if output.get("name") == "stderr":
                    raise Failure(f"{name(number, cell)} warned:{indented(output.text)}")
    finally:
        if client.kc:
            client.kc.stop_channels()
        if client.km.has_kernel:
            await client.km.shutdown_kernel(now=True)


def settle(notebook):
    """Take out of a notebook what differs from one machine or run to the next; JupyterLab does so
    with each that it saves.
    """
    notebook["metadata"].update(KERNEL)
    for cell in notebook["cells"]:
        for key in ("execution", "collapsed", "scrolled"):
            cell["metadata"].pop(key, None)


def settled(notebook):
    """The bytes of a notebook that has been executed."""
    settle(notebook)
    return (nbformat.writes(notebook) + "\n").encode("utf-8")


def same_picture(stored, fresh):
    if stored == fresh:
        return True
    if not stored or not fresh:
        return False
    stored, fresh = (
        np.asarray(Image.open(io.BytesIO(base64.b64decode(png))).convert("RGBA"), dtype=int)
        for png in (stored, fresh)
    )
    return stored.shape == fresh.shape and abs(stored - fresh).max() <= PIXEL_TOLERANCE


def take_pictures(output):
    """Take the pictures out of an output, those within its HTML too."""
    data = output.get("data", {})
    html = data.get("text/html", "")
    if html:
        data["text/html"] = PICTURE.sub("", html)
    return [data.pop("image/png", None), *PICTURE.findall(html)]


def same_output(stored, fresh):
    stored, fresh = copy.deepcopy(stored), copy.deepcopy(fresh)
    pictures = take_pictures(stored), take_pictures(fresh)
    return stored == fresh and all(map(same_picture, *pictures))


def difference(stored, fresh):
    """What differs between a cell as stored and as executed; empty when nothing does."""
    if stored.cell_type != "code":
        return ""
    if stored.execution_count != fresh.execution_count:
        return f"was stored as execution {stored.execution_count}, is {fresh.execution_count}"
    if len(stored.outputs) != len(fresh.outputs):
        return f"had {len(stored.outputs)} outputs, has {len(fresh.outputs)}"
    for number, pair in enumerate(zip(stored.outputs, fresh.outputs, strict=True), 1):
        if not same_output(*pair):
            return f"differs in output {number}"
    return ""


async def check(path, store):
    """Execute one notebook, rewrite it where needed, and say so."""
    before = content(path, "name a notebook of this folder")
    stored = read(before)
    fresh = copy.deepcopy(stored)
    await execute(fresh, HERE)
    after = settled(fresh)
    found = [
        f"{name(number, cell)} {what}"
        for number, (cell, now) in enumerate(zip(stored.cells, fresh.cells, strict=True), 1)
        if (what := difference(cell, now))
    ]
    if not found and not (store and after != before):
        return "unchanged"
    replace(path, after, mark(before))
    return "rewritten" + "".join(f"\n  {line}" for line in found)


def calls(cell):
    """Where a cell calls `bd.report`, as positions in its bytes."""
    try:
        tree = ast.parse(cell.source)
    except SyntaxError as error:
        raise Failure(f"{cell.id} is not plain Python: {error}") from error
    lines = cell.source.encode("utf-8").splitlines(keepends=True)

    def at(line, column):
        return len(b"".join(lines[: line - 1])) + column

    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "bd.report":
            start, end = at(call.lineno, call.col_offset), at(call.end_lineno, call.end_col_offset)
            yield start, end


def turn(notebook, call):
    """Have a notebook make another call where it calls `bd.report`, and change nothing else."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    places = [(cell, *place) for cell in code for place in calls(cell)]
    if len(places) != 1:
        raise Failure(f"calls bd.report {len(places)} times; a notebook is about one report")
    [(cell, start, end)] = places
    source = cell.source.encode("utf-8")
    cell.source = (source[:start] + call.encode("utf-8") + source[end:]).decode("utf-8")


async def elsewhere(path, folder, call):
    """Execute a copy of a notebook that makes another call, in a folder, and store it there."""
    target = folder / path.name
    before = held(target)
    if before is not None and not is_own(before):
        raise Failure(
            f"{target} was changed since it was stored there; move it away, or name another --to"
        )
    notebook = read(content(path, "name a notebook of this folder"))
    turn(notebook, call)
    await execute(notebook, folder)
    settle(notebook)
    notebook.metadata[SEAL] = digest(nbformat.writes(notebook).encode())
    replace(target, settled(notebook), None if before is None else mark(before))
    return f"stored in {folder}"


def is_own(content):
    """Whether a copy is just as it was stored."""
    try:
        notebook = read(content)
    except (Failure, ValueError):
        return False
    seal = notebook.metadata.pop(SEAL, None)
    return seal == digest(nbformat.writes(notebook).encode())


def read_arguments(arguments):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "notebooks", nargs="*", metavar="NOTEBOOK", help="only these (default: all of this folder)"
    )
    parser.add_argument("--store", action="store_true", help="rewrite whenever a byte differs")
    parser.add_argument("--report", metavar="NAME", help="store copies about this report, in --to")
    parser.add_argument("--seeds", metavar="FOLDER", help="with --report: where its tables are")
    parser.add_argument("--to", metavar="FOLDER", help="with --report: made where there is none")
    options = parser.parse_args(arguments)
    if options.report is options.seeds is options.to is None:
        return options
    if not (options.report and options.to) or options.store:
        parser.error("--report and --to go together, and without --store")
    if os.path.exists(options.to) and os.path.samefile(options.to, HERE):
        parser.error("--to is the folder of these notebooks; name another")
    try:
        os.makedirs(options.to, exist_ok=True)
    except OSError as error:
        parser.error(str(refused(error, f"--to {options.to}", "cannot be made", "name a folder")))
    return options


def call_of(report, seeds, folder):
    """The call of a report that works in a folder, by hand too."""
    given = [report]
    if seeds:
        near = os.path.relpath(os.path.realpath(seeds), os.path.realpath(folder))
        given.append(seeds if os.path.isabs(seeds) else near)
    return f"bd.report({', seeds='.join(json.dumps(word, ensure_ascii=False) for word in given)})"


async def main(arguments):
    options = read_arguments(arguments)
    paths = [HERE / Path(given).name for given in options.notebooks] or sorted(HERE.glob("*.ipynb"))
    places = asyncio.Semaphore(AT_ONCE)
    if options.report:
        call = call_of(options.report, options.seeds, options.to)
        work = partial(elsewhere, folder=Path(options.to), call=call)
    else:
        work = partial(check, store=options.store)

    async def one(path):
        async with places:
            try:
                print(f"{path.name}: {await work(path)}", flush=True)
            except (Failure, ValueError) as error:  # ValueError: not a notebook
                print(f"{path.name}: {error}", file=sys.stderr, flush=True)
                return 1
            except (BaodingError, OSError) as error:
                said = refused(error) if isinstance(error, OSError) else error
                print(f"{path.name}: {said}", file=sys.stderr, flush=True)
                return 2
        return 0

    return max(await asyncio.gather(*map(one, paths)), default=0)


if __name__ == "__main__":
    sys.exit(told(lambda: asyncio.run(main(sys.argv[1:]))))
