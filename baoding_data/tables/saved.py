"""How programs spoil what they save, told apart so that the answer says how to save it right.
Nothing is mended by guessing.
"""

import csv
import io
import re
import unicodedata
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from hashlib import sha256

AS_CSV = "open the original and save it as “CSV UTF-8 (comma delimited)”"
AS_TEXT = "copy the text from the published page into a plain text file and save it as UTF-8"


_POWER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?[Ee][+-]?[0-9]+")
_ODD = set("#+-0123456789")
_SUSPECT = _ODD | {" "}
_ERROR = re.compile(r"#+|#(?:NAME\?|REF!|VALUE!|DIV/0!|N/A|NUM!|NULL!|SPILL!)")


def spoiled(raw):
    """What the bytes are when they are not text in UTF-8, in words; empty when they are."""
    if raw.startswith(b"PK\x03\x04"):
        return "an Excel workbook or another zip file"
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        return "an old Excel or Word file"
    if raw.startswith(b"%PDF"):
        return "a PDF"
    if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "UTF-16, which some programs call Unicode text"
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        try:
            raw.decode("gb18030")
        except UnicodeDecodeError:
            return f"not UTF-8, first in line {line}"
        return f"not UTF-8 but, it seems, GBK or GB18030, first in line {line}"
    if re.match(rb"(?i)(\xef\xbb\xbf)?\s*<(!doctype|html|head|body|\?xml)\b", raw):
        return "a web page (HTML)"
    return "an empty file" if not raw.strip(b"\xef\xbb\xbf \t\r\n") else ""


def table(raw, columns):
    """The lines of a CSV file that are not empty, as (row, cells), after its header; and what is
    wrong with the file: None, or (row, found, wanted, advice).
    """
    what = spoiled(raw)
    if what:
        return [], (None, what, "CSV in UTF-8", f"{AS_CSV}; it cannot be read safely as it is")
    reader = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True)
    try:
        lines = [
            (number, cells)
            for number, cells in enumerate(reader, 1)
            if number == 1 or any(map(str.strip, cells))
        ]
    except csv.Error as error:
        return [], (
            reader.line_num,
            f"not CSV ({error})",
            "CSV with commas",
            "look for a quotation mark that is not closed, in this row or above it",
        )
    header = lines[0][1]
    if header != columns:
        missing, extra = (
            [c for c in columns if c not in header],
            [c for c in header if c not in columns],
        )
        found = separated(",".join(header), columns) or (
            f"missing {missing or 'none'}, not known {extra or 'none'}"
            if missing or extra
            else f"order {header}"
        )
        return [], (
            1,
            found,
            ",".join(columns),
            f"write the header so, separated by commas, or {AS_CSV}",
        )
    return lines[1:], None


def separated(line, columns):
    """The name of the mark that separates the columns of a header line instead of commas; empty
    when none does.
    """
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


def sound(cell):
    """Whether a cell of text is certainly as a curator wrote it, so that no closer look is
    needed.
    """
    return (
        cell.isprintable()
        and cell[:1] not in _SUSPECT
        and cell[-1:] != " "
        and "\ufffd" not in cell
    )


def invisible(cell):
    """The first character of a cell that nobody can see or that stands for a lost one, as U+200B;
    empty when there is none.
    """
    if cell.isprintable() and "\ufffd" not in cell:
        return ""
    return next(
        (
            f"U+{ord(c):04X}"
            for c in cell
            if not c.isprintable() and c not in " \u00a0\u3000" or c == "\ufffd"
        ),
        "",
    )


def broken(cell):
    """Whether a cell holds a spreadsheet program's power of ten or error value, which no curator
    writes.
    """
    return cell[:1] in _ODD and bool(_POWER.fullmatch(cell) or _ERROR.fullmatch(cell))


def advice(cell, kind):
    """What to do about a cell that is not of its kind, by what a spreadsheet program may have made
    of it.
    """
    if _POWER.fullmatch(cell):
        return (
            "a spreadsheet program shortened it and may have lost digits: set the column to text,"
            " and write all digits from the source"
        )
    if _ERROR.fullmatch(cell):
        return (
            "a spreadsheet program's error stands here: restore what was there, with the column set"
            " to text"
        )
    plain = unicodedata.normalize("NFKC", cell)
    if kind in ("integer", "number"):
        plain = re.sub(r"(?<=[0-9])[, \u00a0'’](?=[0-9]{3})", "", plain)
        if plain != cell and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", plain):
            return f"write {plain}"
    if kind == "date":
        parts = re.fullmatch(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?", plain)
        if parts:
            return (
                f"write {parts[1]}-{parts[2]:0>2}-{parts[3]:0>2}, if that day is meant, with the"
                " column set to text"
            )
        if re.fullmatch(r"[0-9]{5}", plain):
            return (
                "a spreadsheet program stored its count of days: set the column to text, and write"
                " year-month-day"
            )
    if kind == "shared" and re.search(r"[0-9]+(月|[-/.])|[A-Z][a-z]{2}", plain):
        return (
            "a spreadsheet program took it for a date: set the column to text, and write 1/3 again"
        )
    return f"write {plain}, with half-width characters" if plain != cell else "write it so"


def checksum(raw):
    """The checksum that reports.csv holds of a text's bytes."""
    return sha256(raw).hexdigest()


def difference(raw, wanted):
    """How a text differs from the one with the wanted checksum, where that can be told: (what,
    advice) or None.
    """
    plain = raw.removeprefix(b"\xef\xbb\xbf")
    for what, other in (
        ("a byte order mark was added", plain),
        ("line ends were changed to CRLF", raw.replace(b"\r\n", b"\n")),
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
    last = text[text.rfind("\n") + 1 :].strip(" \u00a0\u3000")
    if len(last) > 20 and not re.search(r"[。！？…”』」）)]$|日$", last):
        return (
            f"the text ends in the middle of a sentence, “…{last[-12:]}”: it seems to be cut",
            "copy it in full from the published page",
        )
    return None
