"""Invented reports with odd numbers: made, taken in, and put through all that can be asked of them.

Each is of Yuanhe for 2024, beside the sound one of Chengping for 2023; all in process, in memory or
in a folder of a few small files.
"""

import re
import shutil
from collections import Counter
from itertools import product
from typing import NamedTuple

from openpyxl import load_workbook

import baoding_data as bd
from baoding_data import charts
from baoding_data.checks.examples import FOLDER, Changed
from baoding_data.curation.accept import accept
from baoding_data.curation.add import add
from baoding_data.curation.drafts import write_draft
from baoding_data.curation.scan import scan
from baoding_data.notebook.question import CHARTS
from baoding_data.tables.files import cells_of, written

SOUND, ODD = "chengping-2023", "yuanhe-2024"
TEXT = """\
远禾县人民政府关于2024年法治政府建设情况的报告

2024年，远禾县坚持依法行政。现将情况报告如下：

一、主要工作

{body}

远禾县人民政府

2025年1月15日
"""
# What a row says, unless it says otherwise.
USUAL = {"scope": "whole_area", "scope_basis": "inferred", "period": "year"}


class Odd(NamedTuple):
    """A report: its sentences, what each number is, in their order, and rows of other tables.

    A number is an indicator, with other cells where it needs them, or a reason why it is none.
    """

    body: str
    numbers: list
    identities: list = []
    doubts: list = []


def folder_at(path, *changes):
    """The invented seeds as a folder, with some changes."""
    shutil.copytree(FOLDER, path)
    for file, content in Changed(changes).files.items():
        (path / file).write_bytes(content)
    return path


def append(path, *rows):
    """More rows at the end of a table."""
    path.write_bytes(written([*cells_of(path.read_bytes()), *rows]))


def drafted(folder, odd, report=ODD):
    """A draft of the report, registered and read."""
    text = folder.parent / f"{report}.txt"
    text.write_text(TEXT.format(body=odd.body), encoding="utf-8", newline="")
    url = "https://www.example.org/odd.html"
    add(text, "999902", 2024, folder, title_en="Odd", issuer_en="Odd", url=url)
    append(folder / "identities.csv", *([report, *row] for row in odd.identities))
    append(folder / "doubts.csv", *([report, *row] for row in odd.doubts))
    numbers = iter(odd.numbers)
    rows = []
    for row in scan(report, folder):
        if row.kind in ("value", "unclear", "table"):
            said = next(numbers)
            cells = {"indicator": said} if isinstance(said, str) else said
            empty = dict.fromkeys(("indicator", "reason", "shared", "keyword", "context"), "")
            decided = empty | USUAL | cells | {"read": "yes", "quote": ""}
            if not decided["indicator"]:
                decided |= dict.fromkeys(USUAL, "")
            row = row._replace(**decided)
        rows.append(row)
    assert next(numbers, None) is None, "more numbers are said than the text has"
    draft = folder.parent / f"{report}.csv"
    write_draft(rows, draft)
    return draft


def taken_in(folder, odd):
    """What became of the draft of a report, and of the folder."""
    return accept(drafted(folder, odd), folder)


# --- all that can be asked


def asked(tables, report, out):
    """All that can be asked of a report, as (what, call)."""
    names = list(dict.fromkeys(tables.codebook))
    yield "check", lambda: bd.audit(tables)
    yield "figures", lambda: bd.figures(report=report, seeds=tables)
    for name in names:
        yield f"show {name}", lambda name=name: bd.figure(name, report, tables)
        yield f"compare {name}", lambda name=name: bd.compare(name, report=report, seeds=tables)
        yield f"strictly {name}", lambda name=name: bd.compare(name, True, report, tables)
        yield f"change {name}", lambda name=name: bd.change(name, report=report, seeds=tables)
        yield f"per head {name}", lambda name=name: bd.per_head(name, tables)
    for book in tables.shares:
        of = book.numerator, book.denominator
        yield f"share {book.indicator}", lambda of=of: bd.share(*of, report=report, seeds=tables)
    yield from _exports(tables, report, out)
    yield from _answers(tables, report, names)


def _exports(tables, report, out):
    topics = list(dict.fromkeys(row.topic for row in tables.indicators))
    for lang, peers, kind in product(("zh", "en", "both"), (False, True), ("xlsx", "csv")):
        about = {"lang": lang, "peers": peers, "report": report, "seeds": tables}
        for chosen in (None, *topics[:1]):

            def write(about=about, chosen=chosen, kind=kind):
                file = out / f"x.{kind}"
                bd.export(file, [chosen] if chosen else None, **about)
                if kind == "xlsx":
                    sound_cells(file)

            yield f"export {lang} {kind} {'peers ' * peers}{chosen or ''}", write


def sound_cells(file):
    """No cell of a workbook holds what a spreadsheet program could not show."""
    for sheet in load_workbook(file, data_only=True):
        for line in sheet:
            for cell in line:
                shown = str(cell.value)
                assert not re.search(r"Infinity|\bnan\b|NaN|#DIV|E[+][0-9]", shown), shown


def _answers(tables, report, names):
    about = bd.report(report, tables)
    for question in tables.questions:
        yield f"ask {question.question}", lambda one=question: shown(about.ask(one.question))
    for kind in CHARTS:
        draw = getattr(charts, kind)
        yield f"ask {kind}", lambda draw=draw: shown(about.ask(draw, names))
        pair = names[:2]
        whole = {"share": pair[::-1]} if kind == "funnel" else {}
        yield (
            f"ask {kind} of two",
            lambda draw=draw, pair=pair, whole=whole: shown(about.ask(draw, pair, **whole)),
        )
    for book in tables.shares:
        of = f"{book.numerator} / {book.denominator}"
        said = f"{{{of}}}，{{{of} : interval}}", f"{{{of}}}, {{{of} : interval}}"
        trio = [book.indicator, book.numerator, book.denominator]
        yield f"say {of}", lambda trio=trio, said=said: shown(about.ask(None, trio, say=[said]))
        yield f"rate {of}", lambda trio=trio: shown(about.ask(charts.rates, trio))
        two = trio[1:]
        yield (
            f"funnel {of}",
            lambda two=two: shown(about.ask(charts.funnel, two[::-1], share=two)),
        )
    for name in names:
        yield f"beside {name}", lambda name=name: shown(about.beside(name))
        yield f"head {name}", lambda name=name: shown(about.beside(name, per_head=True))
        yield f"sentence {name}", lambda name=name: shown(about.sentence(name))
    yield "beside all", lambda: shown(about.beside(names))
    yield "table", lambda: shown(about.table(names))
    for topic in dict.fromkeys(row.topic for row in tables.indicators):
        yield f"rest {topic}", lambda topic=topic: shown(about.rest(topic))
    for what in ("years", "changes", "conflicts", "profile"):
        yield what, lambda what=what: shown(getattr(about, what)())
    for what in ("text_map", "errors", "relations", "doubts", "readings", "marked_text"):
        yield what, lambda what=what: shown(getattr(about.audit, what)())
    yield "audit", lambda: repr(about.audit)


def shown(answer):
    """An answer with its chart drawn, and all its words."""
    words = f"{answer.plain}{answer.html}"
    assert not re.search(r"Infinity|\bnan\b", words), words
    return answer


def tried(tables, report, out, only=""):
    """How many calls were made, and what those said that gave nothing; `only` those of a name."""
    said, tries = Counter(), 0
    for what, call in asked(tables, report, out):
        if not what.startswith(only):
            continue
        tries += 1
        try:
            call()
        except bd.BaodingError as error:
            said[str(error).splitlines()[0]] += 1
        except Exception as error:
            raise AssertionError(f"{what}: {type(error).__name__}: {error}") from error
    return tries, said
