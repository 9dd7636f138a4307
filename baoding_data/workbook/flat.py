"""The figures as one flat table: a CSV file that spreadsheet programs open right and other programs
read back.
"""

import csv
import io

# Where a cell begins with one of these, a spreadsheet program may take it for a formula; some
# locales take the full-width forms too.
STARTS = tuple("=+-@＝＋－＠")

# What no cell can show, made visible: control characters as their pictures; marks that turn the
# direction of writing, halves of pairs and non-characters as the replacement character.
_SHOWN = {code: 0x2400 + code for code in range(0x20) if code != 0x0A} | {0x7F: 0x2421}
_SHOWN |= dict.fromkeys(
    (
        *range(0x80, 0xA0),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        *range(0xD800, 0xE000),
        0xFFFE,
        0xFFFF,
    ),
    0xFFFD,
)

# The columns of codes, by their kind in terms.csv; each is followed by its words.
_CODES = ("unit", "bound", "scope", "scope_basis", "period", "measure", "status")


def visible(text):
    """The text as a cell can hold it: what cannot be seen is shown by a picture, lines end in a
    line feed.

    >>> visible("a\\x07b")
    'a␇b'
    """
    return text if text.isprintable() else text.replace("\r\n", "\n").translate(_SHOWN)


def columns(lang="both"):
    """The names of the columns: in one language, those of the other are left out.

    >>> [name for name in columns("en") if name.endswith("_zh")]
    []
    """
    names = [
        "report",
        "place",
        "place_zh",
        "place_en",
        "year",
        "topic",
        "topic_zh",
        "topic_en",
        "indicator",
        "label_zh",
        "label_en",
        "printed",
        "value",
    ]
    for code in _CODES:
        names += [code, f"{code}_zh", f"{code}_en"]
    names += [
        "section",
        "sentence",
        "quote",
        "shared",
        "note_zh",
        "note_en",
        "definition_zh",
        "definition_en",
        "report_title_zh",
        "report_title_en",
        "url",
    ]
    other = {"zh": "_en", "en": "_zh", "both": "\n"}[lang]
    return [name for name in names if not name.endswith(other)]


def table(tables, figures, lang="both"):
    """The header and the rows of the flat table, as text.

    Every code is followed by its words. A cell is empty in these columns only: `printed`,
    `section`, `sentence` and `quote` where `status` is `derived`, since the report prints no such
    number; `shared` where a printed number is this figure's alone; `note_zh`, `note_en` where there
    is nothing to note. `value` is in plain digits, `%` as printed: 2.22 for 2.22 %. `shared` reads
    `1 of 3`, as `1/3` would be taken for a date. A text that a spreadsheet program could take for a
    formula begins with an apostrophe.
    """
    reports = {row["report"]: row for row in tables.reports}
    places = {row["place"]: row for row in tables.places}
    rows = []
    for figure in figures:
        report, book = reports[figure["report"]], tables.codebook[figure["indicator"]]
        cells = figure | {
            "place": report["place"],
            "year": str(report["year"]),
            "url": report["url"],
            "value": f"{figure['value']:f}",
            "shared": figure["shared"].replace("/", " of "),
            "report_title_zh": report["title_zh"],
            "report_title_en": report["title_en"],
        }
        for language in ("zh", "en"):
            cells[f"place_{language}"] = places[report["place"]][f"name_{language}"]
            cells[f"definition_{language}"] = book[f"definition_{language}"]
            cells |= {
                f"{kind}_{language}": tables.words[(kind, figure[kind])][language]
                for kind in ("topic", *_CODES)
            }
        rows.append(
            [cells[name] if name == "value" else _guarded(cells[name]) for name in columns(lang)]
        )
    return [columns(lang), *rows]


def encoded(rows):
    """Rows as the bytes of a CSV file: UTF-8 with a byte order mark and lines ending in CR LF, as
    Excel and WPS want it.
    """
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _guarded(text):
    text = visible(text)
    return f"'{text}" if text.startswith(STARTS) else text
