"""Files: bytes read and told apart, rows of CSV read and written. Nothing is mended by guessing."""

import csv
import fnmatch
import io
import os
import re
import stat
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from baoding_data import limits, writing
from baoding_data.errors import BaodingError, spans
from baoding_data.reading import NoFile, kind, names_in, ordinary_in, read, real
from baoding_data.tables.cells import all_plain
from baoding_data.tables.containers import container
from baoding_data.text import mojibake

AS_CSV = "open the original and save it as “CSV UTF-8 (comma delimited)”"
AS_TEXT = "copy the text from the published page into a plain text file and save it as UTF-8"
SURPLUS = "put a cell that holds a comma in quotation marks, or remove what does not belong there"
AS_BEFORE = f"take the file as it was before, from git or another copy; or {AS_CSV}"
_AGAIN = "put it back, and run the command again"
BLOCK = 1_000_000  # bytes of a table that are read together
_LEADS_OUT = "a link that leads out of the folder"


class Folder:
    """The files of a folder of tables; `instead` gives other bytes for some of them, as
    {"reports.csv": b"..."}: what the folder would be after a change.
    """

    def __init__(self, path: str | Path, instead: Mapping[str, bytes] | None = None):
        self.path, self.instead = Path(path), dict(instead or {})
        self._within: dict[str, bool] = {}  # whether its folders lie in it
        self._was: dict[str, tuple[int, bool, bool]] = {}  # what was read first
        self._kept: dict[str, bytes] = {}  # what is asked for once more

    def raw(self, file: str, keep: bool = False) -> bytes:
        """The bytes of one file, which may be kept for who asks next if nobody has before; raises
        NoFile where there is none, or where it lies elsewhere, and BaodingError where the system
        refuses, or where it was there before.
        """
        if file in self.instead:
            return self.instead[file]
        keep = keep and file not in self._was
        raw = self._kept.pop(file, None) or self._raw(file)
        if keep:
            self._kept[file] = raw
        return raw

    def _raw(self, file: str) -> bytes:
        path = os.path.join(self.path, file)
        if not self._inside(path) and kind(path) == stat.S_IFREG:
            raise NoFile(path, _LEADS_OUT)
        try:
            raw = read(path)
        except NoFile as error:
            if file in self._was:
                raise BaodingError(f"{path}: was there just now; {_AGAIN}") from error
            raise
        if file not in self._was:
            returns = b"\r" in raw and b"\r\n" in raw  # most have none, which is soon seen
            self._was[file] = writing.mark(raw), raw.startswith(BOM_UTF8), returns
        return raw

    def is_as_read(self, file: str, raw: bytes) -> bool:
        """Whether the bytes of a file are those that were read of it first, if any were."""
        was = self._was.get(file)
        return file in self.instead or was is None or was[0] == writing.mark(raw)

    def replace(self, file: str, data: bytes) -> bool:
        """Put other bytes in the place of a file, if it is still as it was read, or not there;
        False when it holds them. Raises BaodingError when it cannot be written or was changed.

        The file keeps its byte order mark and its line ends, by which its programs know it.
        """
        was, mark, returns = self._was.get(file, (None, False, False))
        data = data.replace(b"\n", b"\r\n") if returns else data
        data = BOM_UTF8 * mark + data
        changed = writing.replace(self.place(file), data, was)
        self._was[file] = writing.mark(data), mark, returns
        return changed

    def refuse_own(self, path: str | Path) -> None:
        """Raise BaodingError where something else would be written among the reports' tables and
        texts.
        """
        there = real(path, writing.unwritable).parent
        for own in ("figures", "reports"):
            if there == real(self.path / own):
                raise BaodingError(
                    f"{path}: is a place among the {own} of the seeds, which only `baoding add` and"
                    " `baoding accept` fill; name another folder"
                )

    def place(self, file: str) -> Path:
        """Where a file of the folder is written; raises BaodingError where that is elsewhere."""
        path = self.path / file
        if not self._inside(path):
            raise BaodingError(f"{path}: found {_LEADS_OUT}; wanted a file in it; remove the link")
        return path

    def _inside(self, path: str | Path) -> bool:
        """Whether a file of the folder lies in it, also where it is a link, or its folder is."""
        above = os.path.dirname(path)
        if above not in self._within:
            self._within[above] = real(above).is_relative_to(real(self.path))
        if not os.path.islink(path):
            return self._within[above]
        return real(path).is_relative_to(real(self.path))

    def holds(self, file: str) -> bool:
        """Whether anything stands in the place of a file."""
        return file in self.instead or kind(self.path / file, links=False) is not None

    def names(self, *patterns: str) -> list[str]:
        """The names of the files on disk that fit a pattern, as figures/*.csv; without what is
        hidden, locks and backups, and what is no ordinary file.
        """
        found = []
        for folder, _, fits in (pattern.partition("/") for pattern in patterns):
            place = self.path / folder
            ordinary = ordinary_in(place) if self._inside(place / fits) else set()
            for name in fnmatch.filter(names_in(place), fits):
                counts = name in ordinary or self._counts(place / name)
                if counts and not name.startswith((".", "~")):
                    found.append(f"{folder}/{name}")
        return sorted(found)

    def _counts(self, path: Path) -> bool:
        return kind(path) == stat.S_IFREG and self._inside(path)


def spoiled(raw: bytes) -> str:
    """What the bytes are when they are not text in UTF-8, in words; empty when they are."""
    if what := container(raw):
        return what
    if raw.startswith(b"%PDF"):
        return "a PDF"
    if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "UTF-16, which some programs call Unicode text"
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(raw, error.start)
    if re.match(rb"(?i)(\xef\xbb\xbf)?\s*<(!doctype|html|head|body|\?xml)\b", raw):
        return "a web page (HTML)"
    return "an empty file" if not raw.strip(b"\xef\xbb\xbf \t\r\n") else ""


def _not_utf8(raw: bytes, start: int) -> str:
    """What bytes are that are not UTF-8 from some place on."""
    line = raw.count(b"\n", 0, start) + 1
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return f"not UTF-8, first in line {line}"
    return f"not UTF-8 but, it seems, GBK or GB18030, first in line {line}"


def too_long(raw: bytes) -> str:
    """What the bytes of a text are when no report is so long, in words; empty for any other."""
    if len(raw) <= limits.TEXT:
        return ""
    return f"a text of {len(raw):,} bytes, where a report has at most {limits.TEXT:,}"


class Spoiled(NamedTuple):
    """What is wrong with a file as a whole, and in which row, where that can be told."""

    row: int | None
    found: str
    wanted: str
    advice: str


def fitted(cells: list[str], width: int) -> list[str]:
    """A row as wide as its table: programs leave off empty cells at the end, or add some.

    >>> fitted(["R2"], 2), fitted(["R2", "", " "], 2)
    (['R2', ''], ['R2', ''])
    """
    if not any(map(str.strip, cells[width:])):
        cells = cells[:width]
    return [*cells, *[""] * (width - len(cells))]


def lines_in(
    raw: bytes, columns: Sequence[str]
) -> tuple[list[tuple[int, list[str]]], Spoiled | None]:
    """The (row, cells) of a CSV file, the header first, empty lines left out; and what is wrong,
    told by the columns that it should have.
    """
    what = spoiled(raw)
    if what:
        return [], Spoiled(
            None, what, "CSV in UTF-8", f"{AS_CSV}; it cannot be read safely as it is"
        )
    reader = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True)
    try:
        # What has more rows still, empty ones among them, is not read to its end.
        lines = [
            (number, cells)
            for number, cells in islice(enumerate(reader, 1), 20 * limits.ROWS)
            if number == 1 or any(map(str.strip, cells))
        ]
    except csv.Error as error:
        if told := separated_by(raw.decode("utf-8-sig").partition("\n")[0], columns):
            return [], Spoiled(1, told, "CSV with commas", AS_CSV)
        advice = "look for a quotation mark that is not closed, in this row or above it"
        return [], Spoiled(reader.line_num, f"not CSV ({error})", "CSV with commas", advice)
    if len(lines) > limits.ROWS + 1 or reader.line_num >= 20 * limits.ROWS:
        found, wanted = f"more than {limits.ROWS:,} rows", f"at most {limits.ROWS:,}"
        row = lines[min(limits.ROWS + 1, len(lines) - 1)][0]
        return [], Spoiled(row, found, wanted, "remove the rows that do not belong there")
    return lines, None


# A row without any word.
_BLANK = re.compile(r'\n[, "]*(?:\n|\Z)')


def plain_rows(raw: bytes, columns: Sequence[str]) -> list[list[str]] | None:
    """The rows below the header of a CSV file as `lines_in` reads them, where nothing of it wants a
    closer look; None where something may.
    """
    head = ",".join(columns).encode()
    raw = raw.removeprefix(BOM_UTF8)
    if not raw.startswith((head + b"\n", head + b"\r\n")):
        return None
    rows: list[list[str]] = []
    for block in _blocks(raw):
        read = _plain(block, len(columns))
        if read is None or len(rows) + len(read) > limits.ROWS + 1:
            return None
        rows += read
    del rows[0]
    return rows


def _blocks(raw: bytes) -> Iterator[bytes]:
    """The lines of a file, so many together that the memory is not that of several files."""
    start = 0
    while start < len(raw):
        end = raw.find(b"\n", start + BLOCK) + 1 or len(raw)
        yield raw[start:end]
        start = end


def _plain(block: bytes, width: int) -> list[list[str]] | None:
    """The cells of the lines of a CSV file; None where something may want a closer look."""
    try:
        text = block.decode()
    except UnicodeDecodeError:
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    text = text.removesuffix("\n")
    ordinary = mojibake.ORDINARY.fullmatch(text)
    if not (ordinary or all_plain(text.replace("\n", ""))) or _BLANK.search(f"\n{text}"):
        return None
    rows = _cells(text.split("\n"))
    if rows is None or {*map(len, rows)} != {width}:
        return None
    suspect = not ordinary and mojibake.suspect(text)
    return None if suspect and _mojibake((0, row) for row in rows) else rows


# A cell in quotes that ends in its line.
_QUOTED = re.compile(rb'"(?<![^,\n]")[^"\n]*+(?:""[^"\n]*+)*+"(?![^,\r\n])')


def a_row_a_line(raw: bytes) -> bool:
    """Whether no cell of a CSV file goes on in the next line, so that the numbers of its lines are
    those of its rows.
    """
    return b'"' not in _QUOTED.sub(b"", raw)


class Picked(NamedTuple):
    """Some lines of a CSV file, as they stand, with their numbers, and its first."""

    head: bytes
    lines: bytes
    numbers: list[int]


def lines_with(raw: bytes, words: Iterable[bytes], beside: Collection[bytes] = ()) -> Picked | None:
    """The lines of a CSV file below its header in which any of some words stands, `beside` any of
    others if there are some; None where one may begin within a cell.

    >>> lines_with(b"code,year\\nsuits,2022\\nfines,2022\\n", [b"fines"]).numbers
    [3]
    """
    first = raw.find(b"\n") + 1
    starts: set[int] = set()
    for word in words:
        at = raw.find(word, first)
        while at >= 0:
            starts.add(raw.rfind(b"\n", 0, at) + 1)
            end = raw.find(b"\n", at)
            at = raw.find(word, end) if end >= 0 else -1
    lines, numbers, before, number = [], [], 0, 1
    for start in sorted(starts):
        end = raw.find(b"\n", start) + 1 or len(raw)
        if beside and not any(word in raw[start:end] for word in beside):
            continue
        if raw.count(b'"', before, start) % 2:
            return None
        number += raw.count(b"\n", before, start)
        before = start
        lines.append(raw[start:end])
        numbers.append(number)
    return Picked(raw[:first], b"".join(lines), numbers)


def _cells(lines: list[str]) -> list[list[str]] | None:
    """The cells of each line of a CSV file; None where one goes on in the next line, or where it is
    none.
    """
    quoted = [line for line in lines if '"' in line]
    try:
        read = list(csv.reader(quoted, strict=True))
    except csv.Error:
        return None
    if len(read) != len(quoted):
        return None
    following = iter(read)
    return [next(following) if '"' in line else line.split(",") for line in lines]


def read_csv(raw: bytes, columns: list[str]) -> tuple[list[tuple[int, list[str]]], Spoiled | None]:
    """The (row, cells) of a CSV file below its header, as wide as that unless there are more cells,
    empty lines left out; and what is wrong.
    """
    lines, wrong = lines_in(raw, columns)
    if wrong:
        return [], wrong
    if lost := _mojibake(lines):
        return [], lost
    header = lines[0][1]
    if fitted(header, len(columns)) == columns:
        return [(number, fitted(cells, len(columns))) for number, cells in lines[1:]], None
    advice = f"write the header so, separated by commas, or {AS_CSV}"
    return [], Spoiled(1, _other_header(header, columns), ",".join(columns), advice)


def _mojibake(lines: Iterable[tuple[int, list[str]]]) -> Spoiled | None:
    """What a program lost when it read a table in another encoding and saved it again."""
    found = mojibake.in_rows((number, ",".join(cells)) for number, cells in lines)
    if not found or len(found) == 1 and found[0].sign == "\ufffd":  # told at its cell
        return None
    rows = [row.number for row in found]
    many = f"{len(rows)} row{'s' * (len(rows) > 1)} ({spans(rows)})"
    what = f"mojibake in {many}, first “{found[0].sign}”: {found[0].how}"
    return Spoiled(rows[0], what, "the words as they were typed, in UTF-8", AS_BEFORE)


def _other_header(header: list[str], columns: list[str]) -> str:
    """In what a header differs from the one wanted."""
    missing = [column for column in columns if column not in header]
    extra = [column for column in header if column not in columns]
    if separated := separated_by(",".join(header), columns):
        return separated
    if missing or extra:
        return f"missing {missing or 'none'}, not known {extra or 'none'}"
    return f"order {header}"


def separated_by(line: str, columns: Sequence[str]) -> str:
    """The mark that separates the columns of a header line instead of commas, in words, or ""."""
    if line.lower().startswith("sep="):
        return "the line “sep=”, which only one program reads"
    for mark, name in (
        (";", "semicolons"),
        ("\t", "tabs"),
        ("，", "full-width commas"),
        ("|", "upright strokes"),
    ):
        if len({cell.strip().strip('"') for cell in line.split(mark)} & set(columns)) > 1:
            return f"columns separated by {name}"
    return ""


def cells_of(raw: bytes) -> list[list[str]]:
    """The cells of a table as in its file, the header first: to be changed and written again."""
    header, *lines = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    while not header[-1].strip():
        del header[-1]
    return [header, *(fitted(cells, len(header)) if cells else cells for cells in lines)]


def written(lines: Iterable[Sequence[object]]) -> bytes:
    """The bytes of a table, as every table is written."""
    return "".join(map(_line, lines)).encode()


def _line(cells: Sequence[object]) -> str:
    """A row of a table; in cells only ends of lines that the writer knows are put in quotes."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()[:-2] + "\n"


def checksum(raw: bytes) -> str:
    """The checksum that reports.csv holds of a text's bytes."""
    return sha256(raw).hexdigest()


def difference(raw: bytes, wanted: str) -> tuple[str, str] | None:
    """(what, advice) by which a text differs from the one with the wanted checksum, or None."""
    plain = raw.removeprefix(b"\xef\xbb\xbf")
    for what, other in (
        ("a byte order mark was added", plain),
        ("line ends were changed to CRLF", raw.replace(b"\r\n", b"\n")),
        ("line ends were changed to CR", raw.replace(b"\r", b"\n")),
        (
            "a byte order mark was added and line ends changed to CRLF",
            plain.replace(b"\r\n", b"\n"),
        ),
        ("an empty line was added at the end", raw.rstrip(b"\r\n")),
        ("the line end at the end was lost", raw + b"\n"),
    ):
        if other != raw and checksum(other) == wanted:
            return (
                f"only this differs from the text curated: {what}",
                "undo it; the words are the same",
            )
    text = raw.decode("utf-8", "replace").rstrip()
    if lost := _mojibake((number, [line]) for number, line in enumerate(text.split("\n"), 1)):
        return f"the text is {lost.found}", "take it as it was before, from git or another copy"
    last = text[text.rfind("\n") + 1 :].strip(" \u00a0\u3000")
    if len(last) > 20 and not re.search(r"[。！？…”』」）)]$|日$", last):
        return (
            f"the text ends in the middle of a sentence, “…{last[-12:]}”: it seems to be cut",
            "copy it in full from the published page",
        )
    return None
