"""The commands of `baoding`, from check, find and show to scan and accept."""

import argparse
import sys
import warnings
from argparse import ArgumentParser, Namespace
from codecs import lookup
from collections.abc import Callable, Iterator, Sequence
from io import TextIOWrapper
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

from baoding_data.errors import BaodingError, LeftOut, as_lines, told
from baoding_data.shown import cut
from baoding_data.words import Pair

if TYPE_CHECKING:
    from baoding_data.comparison.peers import Change, Sighting
    from baoding_data.curation.drafts import DraftRow
    from baoding_data.tables.figures import Figure
    from baoding_data.tables.seeds import Seeds


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns 0, or 1 when the audit finds something, 2 for unusable input."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A console that cannot show a character gets a question mark instead of a traceback;
            # ASCII is no choice, only a default.
            ascii_only = lookup(stream.encoding).name == "ascii"
            stream.reconfigure(errors="replace", encoding="utf-8" if ascii_only else None)
    return told(lambda: _run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    options = _parser().parse_args(arguments)
    with warnings.catch_warnings():
        warnings.simplefilter("always", LeftOut)
        warnings.showwarning = _warned  # ty: ignore[invalid-assignment]
        return options.run(options)


def _warned(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """Show a warning; what is left out of an answer in one line, as errors are."""
    of_python = warnings.formatwarning(message, category, filename, lineno, line)
    left_out = issubclass(category, LeftOut)
    print(f"baoding: {message}" if left_out else of_python.rstrip(), file=file or sys.stderr)


class Command(NamedTuple):
    """One command: what it says of itself, what it runs, and what arguments it takes."""

    help: str
    run: Callable[[Namespace], int]
    arguments: "Sequence[Argument]" = ()


class Argument:
    """One argument of a command, as `add_argument` takes it."""

    def __init__(self, *names: str, **about: Any):
        self.names, self.about = names, about


def _parser() -> ArgumentParser:
    from baoding_data import __version__

    parser = argparse.ArgumentParser(
        prog="baoding",
        description=(
            "Annual reports on law-based administration: every number tied to its sentence."
        ),
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        found = commands.add_parser(name, help=command.help, description=command.help)
        found.set_defaults(run=command.run)
        for argument in (_SEEDS, *command.arguments):
            found.add_argument(*argument.names, **argument.about)
    return parser


_SEEDS = Argument(
    "--seeds", metavar="DIR", help="the folder of tables; left out: the ones of this package"
)
_REPORT = Argument("--report", help="the report; left out: the only one")
_INDICATOR = Argument(
    "indicator",
    metavar="INDICATOR",
    help="its code, or its label in Chinese or in English; `baoding find` finds it",
)


_CHECK = (
    Argument("--rules", action="store_true", help="only list the rules, in Chinese and in English"),
    Argument("--report", help="only this report, and the rows of all tables that are of it"),
    Argument(
        "--changed",
        action="store_true",
        help=(
            "leave out the reports of which no byte has changed since a check found nothing in"
            " them; each check of all notes these in .checked.json beside the folder of the tables"
        ),
    ),
)


def _check(options: Namespace) -> int:
    from baoding_data.checks.audit import of_one, survey
    from baoding_data.checks.rules import listed
    from baoding_data.checks.unchanged import note, unchanged
    from baoding_data.tables.seeds import Seeds

    if options.rules:
        print(listed())
        return 0
    if options.report and options.changed:
        raise BaodingError(
            "--changed: found with --report; wanted one of the two; leave out --changed, since one"
            " report is soon audited"
        )
    tables = Seeds(options.seeds)
    not_noted = ""
    if options.report:
        found, lines = of_one(tables, options.report)
    else:
        as_before = unchanged(tables) if options.changed else {}
        found, lines, places = survey(tables, as_before)
        if as_before:
            lines.append(f"{_counted(len(as_before), 'report')} unchanged since nothing was found")
        try:
            note(tables, found, {**as_before, **places})
        except BaodingError as error:
            not_noted = f"not noted for `--changed`: {error}"
    for line in as_lines(found):
        print(line)
    print("\n".join(lines) or "no report could be audited")
    for name in sorted(tables.drafts):
        try:
            print(
                f"{name}: a draft, {len(tables.drafted(name))} rows accepted so far; nothing of it"
                " is published"
            )
        except BaodingError as error:
            print(f"{name}: a draft, of which the rows accepted so far cannot be read: {error}")
    if options.changed and not_noted:
        print(not_noted, file=sys.stderr)
    print(_counted(len(found), "finding"))
    return 1 if found else 0


def _counted(count: int, what: str) -> str:
    """A number of things in words: 1 finding, 2 findings."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


_FIND = (
    Argument(
        "words",
        metavar="WORD",
        nargs="*",
        help="all of them are in its code, label, definition or keyword; left out: every indicator",
    ),
    Argument("--topic", help="only of this topic, by its code or label"),
)


def _find(options: Namespace) -> int:
    from baoding_data.tables.names import not_found, search
    from baoding_data.tables.seeds import load

    tables, words = load(options.seeds), " ".join(options.words)
    found = search(tables, words, options.topic)
    if not found:
        print(f"baoding: {not_found(tables, words, options.topic)}", file=sys.stderr)
        return 1
    lines = [
        (
            one.indicator,
            one.label_zh,
            f"{_counted(one.reports, 'report')}, {_counted(one.observations, 'observation')}",
            one.label_en,
        )
        for one in found
    ]
    widths = [max(map(_breadth, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        print("  ".join(map(_padded, line, widths)).rstrip())
    return 0


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _breadth(text))


def _breadth(text: str) -> int:
    """The width of a text in a console: a Han character takes two columns."""
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


_SHOW = (
    _INDICATOR,
    _REPORT,
    Argument(
        "--scope",
        help="which one, by code or label, where the report gives it for several scopes",
    ),
    Argument(
        "--period",
        help="which one, by code or label, where the report gives it for several periods",
    ),
)


def _show(options: Namespace) -> int:
    from baoding_data.checks.audit import against, figure
    from baoding_data.tables.seeds import load

    tables = load(options.seeds)
    one = figure(options.indicator, options.report, tables, options.scope, options.period)
    print(f"{one.label_zh} {one.label_en}  ({one.indicator})\n")
    for name, words in _told(tables, one):
        print(f"{name:<12}{words}".rstrip())
    for finding in against(tables, one) if one.status == "unproved" else ():
        print(f"{'finding':<12}{finding}")
    return 0


def _told(tables: "Seeds", figure: "Figure") -> Iterator[tuple[str, str]]:
    """What is known of a figure, as lines with their names."""
    from baoding_data.comparison.wording import caution
    from baoding_data.text.report import marked

    def word(kind: str, code: str) -> str:
        return tables.words.pair(kind, code).line

    book, report = tables.codebook[figure.indicator], tables.source[figure.report]
    stated = figure.scope != "not_stated"
    basis = f" ({word('scope_basis', figure.scope_basis)})" if stated else ""
    space = "" if figure.unit == "%" else " "
    yield "value", f"{figure.value:,}{space}{word('unit', figure.unit)}"
    yield "printed", figure.printed or word("status", "not_in_report")
    yield "bound", word("bound", figure.bound)
    yield "scope", word("scope", figure.scope) + basis
    yield "period", word("period", figure.period)
    yield "status", word("status", figure.status)
    yield "definition", book.definition_zh
    yield "", book.definition_en
    if figure.note_zh:
        yield "note", figure.note_zh
        yield "", figure.note_en
    if any(said := caution(tables, figure)):
        yield "caution", said.zh
        yield "", said.en
    if figure.at is not None:
        yield "section", figure.section
        if figure.heads:
            yield "heads", figure.heads
        yield "sentence", marked(figure.sentence, figure.at, figure.printed)
    yield "report", report.title_zh
    if report.status == "superseded":
        yield "", f"{word('report_status', report.status)} by {report.superseded_by}"
    yield "", report.url


ELSEWHERE = Pair("别处", "elsewhere")
NOWHERE = Pair("别处没有此指标的数字。", "No other figure of it is on file.")
NOT_ALIKE = Pair("别处没有A级的数字。", "No other figure of it is of grade A.")

_COMPARE = (
    _INDICATOR,
    Argument(
        "--strict",
        action="store_true",
        help=(
            "only grade A: the same indicator, scope, level and kind of period, at most three years"
            " apart"
        ),
    ),
    _REPORT,
)


def _compare(options: Namespace) -> int:
    from baoding_data.comparison.asked import asked, opened
    from baoding_data.comparison.peers import compared, gaps
    from baoding_data.tables.names import indicator_of
    from baoding_data.tables.seeds import one_report

    tables = opened(options.seeds)
    indicator = indicator_of(tables, options.indicator)
    report = one_report(tables, options.report)
    tables = asked(tables, [indicator], report)
    shown = compared(tables, indicator, report, options.strict)
    book = tables.codebook[indicator]
    print(f"{book.label_zh} {book.label_en}  ({book.indicator})")
    for why in gaps(tables, indicator, report):
        print(f"\n{tables.words.pair('grade', 'own').line}\n  {why.line}")
    for (own, grade), rows in groupby(shown, lambda row: (row.report == report, row.grade)):
        heading = tables.words.pair("grade", "own" if own else grade) if own or grade else ELSEWHERE
        print(f"\n{heading.line}")
        for row in rows:
            print("\n".join(_beside(tables, row)))
    if all(row.report == report for row in shown):
        print(f"\n{(NOT_ALIKE if options.strict else NOWHERE).line}")
    print("\n".join(_changes(tables, indicator, tables.source[report].place)))
    return 0


def _changes(tables: "Seeds", indicator: str, place: str) -> Iterator[str]:
    """The lines on what became of an indicator of a place, or on why nothing did."""
    from baoding_data.comparison.peers import changes, why_no_change

    found = changes(tables, indicator, place)
    if not found:
        yield f"\n{why_no_change(tables, indicator, place).line}"
    years = [(change.earlier.year, change.later.year) for change in found]
    for change, (earlier, later) in zip(found, years, strict=True):
        scope = ""
        if years.count((earlier, later)) > 1:
            scope = f" ({tables.words.pair('scope', change.earlier.scope).line})"
        yield f"\n{earlier} → {later}{scope}: {_changed(change)}"


def _beside(tables: "Seeds", row: "Sighting") -> Iterator[str]:
    """The lines of one figure of a comparison."""

    def word(kind: str) -> str:
        return tables.words.pair(kind, getattr(row, kind)).line

    place = tables.where[row.place]
    number = f"{row.value:,}{'' if row.unit == '%' else ' '}{row.unit}"
    bound = "" if row.bound == "exact" else f" ({word('bound')})"
    counts = ""
    if row.whole:
        counts = f"  {row.part:,}/{row.whole:,}, {row.low:.2f}–{row.high:.2f}%"
    elif any(row.gap):
        counts = f"  {row.gap.line}"
    yield f"  {place.name_zh} {place.name_en} {row.year}: {number}{bound}{counts}"
    yield f"      {word('scope')}; {word('period')}; {word('status')}; {row.report}"
    for line in (row.reason_zh, row.reason_en, row.note_zh, row.note_en):
        if line:
            yield f"      {line}"


def _changed(change: "Change") -> str:
    """What became of a figure, in words."""
    if change.absolute is None:
        return change.told_en
    relative = "" if change.relative is None else f" ({change.relative:+.1f}%)"
    return f"{change.absolute:+,}{relative} {change.told_en}".rstrip()


_EXPORT = (
    Argument("file", metavar="FILE", nargs="?", help="left out: REPORT-zh.xlsx in this folder"),
    Argument(
        "--report",
        action="append",
        help=(
            "the report; left out: the only one; of several the first is shown and the others set"
            " beside it"
        ),
    ),
    Argument(
        "--peers",
        action="store_true",
        help=(
            "set beside the report what else is on file: in the workbook what is alike, or unlike"
            " in one thing (grades A and B), in the flat table and the Parquet file all of it"
        ),
    ),
    Argument(
        "--topic",
        action="append",
        help="only this topic, by its code or label; may be given several times",
    ),
    Argument(
        "--lang",
        choices=("zh", "en", "both"),
        help="language of the edition (left out: zh); a Parquet file is in both",
    ),
)


def _export(options: Namespace) -> int:
    from baoding_data.tables.seeds import load, one_report
    from baoding_data.workbook.export import export

    tables = load(options.seeds)
    first = options.report[0] if options.report else None
    file = options.file
    if file is None:
        file = f"{one_report(tables, first)}-{options.lang or 'zh'}.xlsx"
    written = export(file, options.topic, options.report, options.lang, options.peers, tables)
    print(f"{Path(file)}: {'written' if written else 'unchanged'}")
    return 0


_SIGN = (
    Argument("initials", metavar="INITIALS"),
    Argument(
        "file",
        metavar="TABLE",
        nargs="*",
        help=(
            "only these tables, as indicators.csv, or rows of them, as observations.csv:2-9,12;"
            " left out: all"
        ),
    ),
)


def _sign(options: Namespace) -> int:
    from baoding_data.curation.sign import sign

    signed = sign(options.initials, options.file, options.seeds)
    for file, row in signed:
        print(f"{file}, row {row}: signed")
    print(f"{_counted(len(signed), 'row')} signed")
    return 0


_CLEAN = (
    Argument("text", metavar="TEXT", help="a text file that `add` or `scan` refuses; it is kept"),
    Argument("-o", "--output", required=True, metavar="FILE", help="a file that is not there yet"),
)


def _clean(options: Namespace) -> int:
    from baoding_data.curation.door import write_clean

    found, written = write_clean(options.text, options.output)
    for note in found.done:
        print(f"cleaned: {note}")
    for note in found.left:
        print(f"left to be done by hand: {note}")
    nothing = "" if found.done else "nothing to clean: "
    print(f"{nothing}{options.output}: {'written' if written else 'unchanged'}")
    return 1 if found.left else 0


_ABOUT = {
    "title_zh": "title as published; left out: read from the text",
    "title_en": "title in translation",
    "issuer_zh": "who issued it; left out: read from the text",
    "issuer_en": "the same in translation",
    "published": "date, as 2024-03-15; left out: read from the text, whose own day the audit wants",
    "url": "address of the published page",
    "doc_no": "number of the document",
}
_ADD = (
    Argument("text", metavar="TEXT", help="a text file in UTF-8 with the report as published"),
    Argument(
        "--place",
        required=True,
        metavar="PLACE",
        help="the place's name or code, as places.csv has it",
    ),
    Argument("--year", required=True, metavar="YEAR", help="the year that the report covers"),
    Argument(
        "--report",
        metavar="CODE",
        help="the report's code; left out: place and year, as baoding-2023",
    ),
    Argument(
        "--kind", default="law_report", help="what kind of publication it is (default: law_report)"
    ),
    *(
        Argument(
            f"--{column.replace('_', '-')}", metavar="URL" if column == "url" else "TEXT", help=help
        )
        for column, help in _ABOUT.items()
    ),
)


def _add(options: Namespace) -> int:
    from baoding_data.curation.add import add, replaced
    from baoding_data.curation.door import remarks, text_of
    from baoding_data.curation.ends import about_the_day
    from baoding_data.tables import left_out
    from baoding_data.tables.seeds import load

    about = {column: getattr(options, column) for column in _ABOUT}
    name, missing = add(
        options.text,
        options.place,
        options.year,
        options.seeds,
        options.kind,
        options.report,
        **about,
    )
    print(f"{name}: registered as a draft")
    text, tables = text_of(options.text), load(options.seeds)
    left_out.refuse(tables, name)  # whose files may have vanished since
    row = tables.source[name]
    for note in (*remarks(text), *about_the_day(text, str(row.published or ""))):
        print(f"remark: {note}")
    given = {column: cell for column, cell in about.items() if cell}
    kept = [column for column, cell in given.items() if str(getattr(row, column)) != cell]
    if kept:
        print(
            "it was cited before, and its row in seeds/reports.csv is as it was; not taken:"
            f" {', '.join(kept)}; correct them there where the text says otherwise"
        )
    for row in replaced(tables, name):
        print(
            f"if this text corrects {row.report}: in reports.csv give {row.report} the status"
            f" superseded and {name} under superseded_by; it counts once {name} is audited"
        )
    if missing:
        print(f"reports.csv still lacks {', '.join(missing)}: needed before it can be audited")
    print(f"next: baoding scan {name} -o {name}.xlsx")
    return 0


_SCAN = (
    Argument(
        "source", metavar="REPORT|TEXT", help="the code of a report on file, or any text file"
    ),
    Argument(
        "-o",
        "--output",
        metavar="DRAFT",
        help=(
            "write a draft: .csv, or .xlsx with lists to choose from; one that is there is taken up"
            " again, and what a person wrote in it is kept"
        ),
    ),
)


def _scan(options: Namespace) -> int:
    from baoding_data.curation.drafts import draft_bytes, not_carried, write_draft
    from baoding_data.curation.scan import scan
    from baoding_data.curation.source import remarks_on
    from baoding_data.reading import content
    from baoding_data.tables.seeds import load

    tables = load(options.seeds)
    if options.output:
        tables.folder.refuse_own(options.output)
    rows = scan(options.source, tables, options.output)
    for note in remarks_on(tables, options.source):
        print(f"remark: {note}", file=sys.stdout if options.output else sys.stderr)
    if not options.output:
        print(draft_bytes(rows).decode("utf-8-sig"), end="")
        return 0
    done, kept = write_draft(rows, options.output, tables)
    print(f"{options.output}: {'written' if done else 'unchanged'}: {_kinds(rows)}")
    if kept:
        left = cut(", ".join(not_carried(content(kept, "look for it beside the draft"))))
        only = f"; only there: {left}" if left else ""
        print(f"{kept}: the draft as another program or hand has left it{only}")
    print(_left(rows))
    return 0


def _kinds(rows: "Sequence[DraftRow]") -> str:
    """How many rows of a draft there are of each kind."""
    kinds = ("value", "unclear", "table", "date", "ordinal", "name")
    counts = {kind: sum(row.kind == kind for row in rows) for kind in kinds}
    listed = ", ".join(f"{count} {kind}" for kind, count in counts.items() if count)
    return f"{len(rows)} rows; {listed}"


def _left(rows: "Sequence[DraftRow]") -> str:
    """How far the reading of a draft has come."""
    to_read = [row for row in rows if row.kind in ("value", "unclear", "table")]
    left = [row for row in to_read if not row.read]
    return (
        f"of the {len(to_read)} to be accounted for, {len(to_read) - len(left)} are read; of the"
        f" others {sum(bool(row.indicator) for row in left)} bear a proposed indicator,"
        f" {sum(bool(row.reason) for row in left)} a proposed reason; what is not known is left"
        " empty"
    )


_ACCEPT = (
    Argument("draft", metavar="DRAFT", help="a draft that `baoding scan` wrote, .csv or .xlsx"),
)


def _accept(options: Namespace) -> int:
    from baoding_data.curation.accept import accept

    done = accept(options.draft, options.seeds)
    if done.findings:
        print("\n".join(as_lines(done.findings)))
        print(f"{_counted(len(done.findings), 'finding')}; nothing was written")
        return 1
    print(
        f"{done.report}: {done.figures} figures and {done.set_apart} rows set apart;"
        f" {'written' if done.written else 'unchanged'}; status {done.status}"
    )
    if done.unread:
        print(
            f"{done.unread} numbers are still to be read; what is read is in the table, and"
            f" `baoding scan {done.report} -o {options.draft}` takes it up again"
        )
    elif not done.figures and not done.set_apart:
        print(
            "the text prints no number but dates, ordinals and names, so that there is nothing to"
            " audit: the report stays a draft"
        )
    elif done.written:
        print(
            "next: a second person reads what no rule can check and runs `baoding sign INITIALS"
            f" figures/{done.report}.csv`, with every other table that was added to; then announce"
            " it, `make`, `make test` (CONTRIBUTING.md)"
        )
    return 0


_SITE = (
    Argument("folder", nargs="?", metavar="FOLDER", default="site", help="left out: site"),
    Argument(
        "--report",
        action="append",
        help="only this report; may be given several times; left out: all",
    ),
    Argument(
        "--notebooks",
        metavar="DIR",
        help="the folder of executed notebooks, each a page; left out: the one beside the tables",
    ),
)


def _site(options: Namespace) -> int:
    from baoding_data.site.publish import beside, publish
    from baoding_data.tables.seeds import home

    done = publish(Path(options.folder), options.report, options.seeds, options.notebooks)
    said = f"{_counted(done.written, 'file')} written" if done.written else "unchanged"
    said += f", {done.removed:,} removed" if done.removed else ""
    print(f"{Path(options.folder)}: {said}, of {done.all:,}; open {options.folder}/index.html")
    if not options.notebooks and not beside(Path(options.seeds) if options.seeds else home()):
        print(
            "no notebooks lie beside the tables: the site has the reports' texts, tables,"
            " comparisons and checks, and the indicators; --notebooks DIR adds a page for each"
        )
    return 0


COMMANDS = {
    "check": Command(
        "audit the tables against the reports; exit status 1 when something is wrong",
        _check,
        _CHECK,
    ),
    "find": Command(
        "the indicators with these words; exit status 1 when there is none", _find, _FIND
    ),
    "show": Command(
        "one figure: value, scope, period, section and the sentence that proves it", _show, _SHOW
    ),
    "compare": Command(
        "one indicator in the report and wherever else it is on file, with how like each is",
        _compare,
        _COMPARE,
    ),
    "export": Command(
        "write the workbook (.xlsx) or all figures as one flat table (.csv; .parquet for programs)",
        _export,
        _EXPORT,
    ),
    "site": Command(
        "write the reading edition, a static site: each report with every number marked",
        _site,
        _SITE,
    ),
    "sign": Command(
        "mark the rows that you have read against their source, as their second reader",
        _sign,
        _SIGN,
    ),
    "clean": Command(
        "write a text without what would spoil its reading: mark-up, mojibake, unseen characters",
        _clean,
        _CLEAN,
    ),
    "add": Command(
        "register the text of a new report as a draft, which changes nothing published", _add, _ADD
    ),
    "scan": Command(
        "every number of a report, in the order of the text, each with a proposal to be read",
        _scan,
        _SCAN,
    ),
    "accept": Command(
        "audit the rows of a draft that are read, and take them into the tables", _accept, _ACCEPT
    ),
}


if __name__ == "__main__":
    sys.exit(main())
