"""The commands: `baoding check`, `show`, `compare`, `export`, `sign`, `add`, `scan` and
`accept`.
"""

import argparse
import sys
from codecs import lookup
from io import TextIOWrapper
from pathlib import Path

from baoding_data.errors import BaodingError


def main(arguments=None):
    """Run one command; returns the exit status: 0, 1 when the audit finds something, 2 for input
    that cannot be used.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A console that cannot show a character gets a question mark instead of a traceback;
            # ASCII is no choice, only a default.
            stream.reconfigure(
                errors="replace",
                encoding="utf-8" if lookup(stream.encoding).name == "ascii" else None,
            )
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except BaodingError as error:
        print(f"baoding: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 1


def _parser():
    from baoding_data import __version__

    parser = argparse.ArgumentParser(
        prog="baoding",
        description=(
            "Annual reports on law-based administration: every number tied to its sentence."
        ),
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name, run, help):
        found = commands.add_parser(name, help=help, description=help)
        found.add_argument(
            "--seeds",
            metavar="DIR",
            help="the folder of tables; left out: the ones of this package",
        )
        found.set_defaults(run=run)
        return found

    command(
        "check",
        _check,
        "audit the tables against the reports; exit status 1 when something is wrong",
    )
    show = command(
        "show", _show, "one figure: value, scope, period, section and the sentence that proves it"
    )
    show.add_argument("indicator", metavar="INDICATOR")
    show.add_argument("--report", help="the report; left out: the only one")
    compare = command(
        "compare",
        _compare,
        "one indicator in the report and wherever else it is on file, with how like each is",
    )
    compare.add_argument("indicator", metavar="INDICATOR")
    compare.add_argument(
        "--strict",
        action="store_true",
        help=(
            "only grade A: the same indicator, scope, level and kind of period, at most three years"
            " apart"
        ),
    )
    compare.add_argument("--report", help="the report; left out: the only one")
    export = command(
        "export", _export, "write the workbook (.xlsx) or all figures as one flat table (.csv)"
    )
    export.add_argument(
        "file", metavar="FILE", nargs="?", help="left out: REPORT.xlsx in this folder"
    )
    export.add_argument(
        "--report",
        action="append",
        help=(
            "the report; left out: the only one; of several the first is shown and the others set"
            " beside it"
        ),
    )
    export.add_argument(
        "--peers",
        action="store_true",
        help=(
            "set beside the report what else is on file and alike, or unlike in one thing (grades A"
            " and B)"
        ),
    )
    export.add_argument(
        "--topic", action="append", help="only this topic; may be given several times"
    )
    export.add_argument(
        "--lang",
        choices=("zh", "en", "both"),
        default="both",
        help="language of the labels (default: both)",
    )
    sign = command(
        "sign",
        _sign,
        "mark the rows that you have read against their source, as their second reader",
    )
    sign.add_argument("initials", metavar="INITIALS")
    sign.add_argument(
        "file",
        metavar="TABLE",
        nargs="*",
        help=(
            "only these tables, as indicators.csv, or rows of them, as observations.csv:2-9,12;"
            " left out: all"
        ),
    )
    add = command(
        "add", _add, "register the text of a new report as a draft, which changes nothing published"
    )
    add.add_argument(
        "text", metavar="TEXT", help="a text file in UTF-8 with the report as published"
    )
    add.add_argument(
        "--place",
        required=True,
        metavar="PLACE",
        help="the place's name or code, as places.csv has it",
    )
    add.add_argument(
        "--year", required=True, metavar="YEAR", help="the year that the report covers"
    )
    add.add_argument(
        "--report",
        metavar="CODE",
        help="the report's code; left out: place and year, as baoding-2023",
    )
    add.add_argument(
        "--kind", default="law_report", help="what kind of publication it is (default: law_report)"
    )
    for option, help in (
        ("title-zh", "title as published; left out: read from the text"),
        ("title-en", "title in translation"),
        ("issuer-zh", "who issued it; left out: read from the text"),
        ("issuer-en", "the same in translation"),
        ("published", "date, as 2024-03-15; left out: read from the text"),
        ("url", "address of the published page"),
        ("doc-no", "number of the document"),
    ):
        add.add_argument(f"--{option}", metavar="TEXT" if option != "url" else "URL", help=help)
    scan = command(
        "scan",
        _scan,
        "every number of a report, in the order of the text, each with a proposal to be read",
    )
    scan.add_argument(
        "source", metavar="REPORT|TEXT", help="the code of a report on file, or any text file"
    )
    scan.add_argument(
        "-o",
        "--output",
        metavar="DRAFT",
        help=(
            "write a draft: .csv, or .xlsx with lists to choose from; one that is there is taken up"
            " again, and what is read in it is kept"
        ),
    )
    accept = command(
        "accept", _accept, "audit the rows of a draft that are read, and take them into the tables"
    )
    accept.add_argument(
        "draft", metavar="DRAFT", help="a draft that `baoding scan` wrote, .csv or .xlsx"
    )
    return parser


def _check(options):
    from baoding_data.checks.audit import survey
    from baoding_data.tables.seeds import Seeds

    tables = Seeds(options.seeds)
    found, lines = survey(tables)
    for finding in found:
        print(finding)
    print("\n".join(lines) or "no report could be audited")
    for name in sorted(tables.drafts):
        try:
            print(
                f"{name}: a draft, {len(tables.drafted(name))} rows accepted so far; nothing of it"
                " is published"
            )
        except BaodingError as error:
            print(f"{name}: a draft, of which the rows accepted so far cannot be read: {error}")
    print(f"{len(found)} findings" if len(found) != 1 else "1 finding")
    return 1 if found else 0


def _show(options):
    from baoding_data.tables.figures import figure
    from baoding_data.tables.seeds import load

    tables = load(options.seeds)
    row = figure(options.indicator, options.report, options.seeds)
    report = next(r for r in tables.reports if r["report"] == row.report)

    def word(kind, code):
        term = tables.words[(kind, code)]
        return term["zh"] if term["zh"] == term["en"] else f"{term['zh']} {term['en']}"

    book = tables.codebook[row.indicator]
    printed = row.printed or word("status", "not_in_report")
    lines = [
        f"{row.label_zh} {row.label_en}  ({row.indicator})",
        "",
        ("value", f"{row.value:,} {word('unit', row.unit)}"),
        ("printed", printed),
        ("bound", word("bound", row.bound)),
        (
            "scope",
            word("scope", row.scope)
            + (f" ({word('scope_basis', row.scope_basis)})" if row.scope != "not_stated" else ""),
        ),
        ("period", word("period", row.period)),
        ("status", word("status", row.status)),
        ("definition", book["definition_zh"]),
        ("", book["definition_en"]),
    ]
    if row.note_zh:
        lines += [("note", row.note_zh), ("", row.note_en)]
    if row.sentence:
        lines += [("section", row.section), ("sentence", marked(row))]
    lines += [("report", report["title_zh"]), ("", report["url"])]
    for line in lines:
        print(line if isinstance(line, str) else f"{line[0]:<12}{line[1]}".rstrip())
    return 0


def _compare(options):
    from baoding_data.comparison.peers import beside, changes
    from baoding_data.tables.seeds import load, one_report

    tables = load(options.seeds)

    def word(kind, code):
        term = tables.words[(kind, code)]
        return term["zh"] if term["zh"] == term["en"] else f"{term['zh']} {term['en']}"

    found = beside(tables, options.indicator, options.report, options.strict)
    book = tables.codebook[options.indicator]
    print(f"{book['label_zh']} {book['label_en']}  ({options.indicator})")
    for grade in dict.fromkeys(row["grade"] for row in found):
        print(f"\n{word('grade', grade) if grade else word('grade', 'own')}")
        for row in (row for row in found if row["grade"] == grade):
            place = tables.where[row["place"]]
            number = f"{row['value']:,}{'' if row['unit'] == '%' else ' '}{row['unit']}" + (
                f" ({word('bound', row['bound'])})" if row["bound"] != "exact" else ""
            )
            counts = (
                f"  {row['part']:,}/{row['whole']:,}, {row['low']:.2f}–{row['high']:.2f}%"
                if row["whole"]
                else ""
            )
            print(f"  {place['name_zh']} {place['name_en']} {row['year']}: {number}{counts}")
            print(
                f"      {word('scope', row['scope'])}; {word('period', row['period'])};"
                f" {word('status', row['status'])}; {row['report']}"
            )
            for line in ([row["reason_zh"], row["reason_en"]] if row["reason_zh"] else []) + [
                row["note_zh"],
                row["note_en"],
            ]:
                print(f"      {line}" if line else "", end="\n" if line else "")
    for change in changes(
        tables, options.indicator, tables.source[one_report(tables, options.report)]["place"]
    ):
        said = (
            change.told_en
            if change.absolute is None
            else (
                (
                    f"{change.absolute:+,}"
                    f"{'' if change.relative is None else f' ({change.relative:+.1f} %)'}"
                    f" {change.told_en}"
                ).rstrip()
            )
        )
        print(f"\n{change.earlier['year']} → {change.later['year']}: {said}")
    return 0


def marked(row):
    """A figure's sentence with its number between 【 and 】."""
    return f"{row.sentence[: row.at]}【{row.printed}】{row.sentence[row.at + len(row.printed) :]}"


def _export(options):
    from baoding_data.tables.seeds import load, one_report
    from baoding_data.workbook.export import export

    file = (
        options.file
        or f"{one_report(load(options.seeds), options.report[0] if options.report else None)}.xlsx"
    )
    written = export(
        file,
        topics=options.topic,
        report=options.report,
        lang=options.lang,
        peers=options.peers,
        seeds=options.seeds,
    )
    print(f"{Path(file)}: {'written' if written else 'unchanged'}")
    return 0


def _sign(options):
    from baoding_data.curation.sign import sign

    signed = sign(options.initials, options.file, options.seeds)
    for file, row in signed:
        print(f"{file}, row {row}: signed")
    print(f"{len(signed)} rows signed" if len(signed) != 1 else "1 row signed")
    return 0


def _add(options):
    from baoding_data.curation.add import add
    from baoding_data.tables.seeds import Seeds

    about = {
        column: getattr(options, column)
        for column in (
            "title_zh",
            "title_en",
            "issuer_zh",
            "issuer_en",
            "published",
            "url",
            "doc_no",
        )
    }
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
    row = Seeds(options.seeds).source[name]
    kept = [column for column, cell in about.items() if cell and str(row[column]) != cell]
    if kept:
        print(
            "it was cited before, and its row in seeds/reports.csv is as it was; not taken:"
            f" {', '.join(kept)}; correct them there where the text says otherwise"
        )
    if missing:
        print(f"reports.csv still lacks {', '.join(missing)}: needed before it can be audited")
    print(f"next: baoding scan {name} -o {name}.xlsx")
    return 0


def _scan(options):
    from baoding_data.curation.drafts import COLUMNS, scan, write_draft
    from baoding_data.tables.files import written
    from baoding_data.text.numbers import traditional

    rows = scan(options.source, options.seeds, options.output)
    if not options.output:
        print(
            written([COLUMNS, *([row[column] for column in COLUMNS] for row in rows)]).decode(),
            end="",
        )
        return 0
    done = write_draft(rows, options.output, options.seeds)
    kinds = {
        kind: sum(row["kind"] == kind for row in rows)
        for kind in ("value", "unclear", "date", "ordinal", "name")
    }
    to_read = [row for row in rows if row["kind"] in ("value", "unclear")]
    print(
        f"{options.output}: {'written' if done else 'unchanged'}: {len(rows)} rows; "
        + ", ".join(f"{count} {kind}" for kind, count in kinds.items() if count)
    )
    print(
        f"of the {len(to_read)} to be accounted for, {sum(bool(row['read']) for row in to_read)}"
        " are read; of the others"
        f" {sum(bool(row['indicator']) and not row['read'] for row in to_read)} bear a proposed"
        f" indicator, {sum(bool(row['reason']) and not row['read'] for row in to_read)} a proposed"
        " reason"
    )
    if any(traditional(row["printed"] + row["sentence"]) for row in rows):
        print(
            "traditional characters of numerals, units and words of bound were read as simplified"
            " ones"
        )
    return 0


def _accept(options):
    from baoding_data.curation.accept import accept

    done = accept(options.draft, options.seeds)
    for finding in done.findings:
        print(finding)
    if done.findings:
        print(
            f"{len(done.findings)} findings; nothing was written"
            if len(done.findings) != 1
            else "1 finding; nothing was written"
        )
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
    elif done.written:
        print(
            "next: a second person reads what no rule can check and runs `baoding sign INITIALS"
            f" figures/{done.report}.csv`, with every other table that was added to; then announce"
            " it, `make`, `make test` (CONTRIBUTING.md)"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
