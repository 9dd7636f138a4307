"""The figures as one flat CSV table, that spreadsheet and other programs open right."""

import csv
import io
from collections.abc import Iterable, Iterator

from baoding_data.tables.figures import Figure
from baoding_data.tables.seeds import Seeds

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


def visible(text: str) -> str:
    """The text as a cell can hold it: the unseen shown by a picture, lines ended by a line feed.

    >>> visible("a\\x07b")
    'a␇b'
    """
    return text if text.isprintable() else text.replace("\r\n", "\n").translate(_SHOWN)


# The columns of codes, by their kind in terms.csv; each is followed by its words.
_CODES = ("unit", "bound", "scope", "scope_basis", "period", "measure", "status")
_OTHER = {"zh": "_en", "en": "_zh", "both": "\n"}  # how the columns end that are left out


def _pairs(*names: str) -> list[str]:
    """The names of columns in both languages."""
    return [f"{name}_{language}" for name in names for language in ("zh", "en")]


_COLUMNS = [
    *("report", "place", *_pairs("place"), "year", "topic", *_pairs("topic")),
    *("indicator", *_pairs("label"), "printed", "value"),
    *(name for code in _CODES for name in (code, *_pairs(code))),
    *("section", "sentence", "quote", "shared"),
    *_pairs("note", "definition", "report_title"),
    "url",
]


def columns(lang: str = "both") -> list[str]:
    """The names of the columns: in one language, those of the other are left out.

    >>> [name for name in columns("en") if name.endswith("_zh")]
    []
    """
    return [name for name in _COLUMNS if not name.endswith(_OTHER[lang])]


def table(tables: Seeds, figures: Iterable[Figure], lang: str = "both") -> list[list[str]]:
    """The header and the rows of the flat table, as text.

    Every code is followed by its words. A cell is empty in these columns only: `printed`,
    `section`, `sentence` and `quote` where `status` is `derived`, since the report prints no such
    number; `shared` where a printed number is this figure's alone; `note_zh`, `note_en` where there
    is nothing to note. `value` is in plain digits, `%` as printed: 2.22 for 2.22%. `shared` reads
    `1 of 3`, as `1/3` would be taken for a date. A text that a spreadsheet program could take for a
    formula begins with an apostrophe.
    """
    names = columns(lang)
    rows = [names]
    for figure in figures:
        cells = dict(_cells(tables, figure))
        rows.append([cells[n] if n == "value" else _guarded(cells[n]) for n in names])
    return rows


def _cells(tables: Seeds, figure: Figure) -> Iterator[tuple[str, str]]:
    """The cells of a figure, by column."""
    report, book = tables.source[figure.report], tables.codebook[figure.indicator]
    place = tables.where[report.place]
    values = figure._asdict()
    yield from ((name, text) for name, text in values.items() if isinstance(text, str))
    yield from {
        "place": report.place,
        "place_zh": place.name_zh,
        "place_en": place.name_en,
        "year": str(report.year),
        "url": report.url,
        "value": f"{figure.value:f}",
        "shared": figure.shared.replace("/", " of "),
        "definition_zh": book.definition_zh,
        "definition_en": book.definition_en,
        "report_title_zh": report.title_zh,
        "report_title_en": report.title_en,
    }.items()
    for kind in ("topic", *_CODES):
        words = tables.words.pair(kind, values[kind])
        yield from ((f"{kind}_zh", words.zh), (f"{kind}_en", words.en))


def encoded(rows: Iterable[Iterable[str]]) -> bytes:
    """Rows as the bytes of a CSV file as Excel and WPS want it: a byte order mark and CR LF."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _guarded(text: str) -> str:
    text = visible(text)
    return f"'{text}" if text.startswith(STARTS) else text
