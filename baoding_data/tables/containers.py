"""What a file is that holds other files, and how to make a workbook of it."""

import io
import re
from zipfile import ZipFile

from baoding_data import limits

BOOK = "an Excel workbook"
DAMAGED = "an Excel workbook or another zip file"
_PASSWORD = "protected with a password"
_STRICT = "a Strict Open XML Spreadsheet"
_ZIP_WITH_PASSWORD = "a zip file with a password"
_CURES = {
    _PASSWORD: (
        "open it with its password, take the password away (in Excel: File, Info, Protect Workbook,"
        " Encrypt with Password, and clear it), and save it as an ordinary Excel Workbook (.xlsx)"
    ),
    _STRICT: "open it, and save it as an ordinary Excel Workbook (.xlsx)",
    _ZIP_WITH_PASSWORD: "unpack it first, and name the file in it",
}
_OTHERWISE = (
    "if it holds the table, open it in its own program and save it as Excel Workbook (.xlsx)"
)
# What stands in the directory of an OLE file, and in a zip file; the first that is there decides.
_IN_OLE = {
    "EncryptedPackage": _PASSWORD,
    "EncryptedSummary": _PASSWORD,
    "WordDocument": "an old Word file (.doc)",
    "PowerPoint Document": "an old PowerPoint file (.ppt)",
    "Workbook": "an old Excel workbook (.xls)",
    "Book": "an old Excel workbook (.xls)",
}
_IN_ZIP = {
    "xl/workbook.xml": BOOK,
    "xl/workbook.bin": "a binary Excel workbook (.xlsb)",
    "word/": "a Word file (.docx)",
    "ppt/": "a PowerPoint file (.pptx)",
    "Index/": "a file of Apple Numbers or Pages",
    "Index.zip": "a file of Apple Numbers or Pages",
}
_IN_XML = {
    b"urn:schemas-microsoft-com:office:spreadsheet": "an XML Spreadsheet 2003",
    b"urn:oasis:names:tc:opendocument": "a flat OpenDocument file",
}
_OPEN_DOCUMENT = {
    b"spreadsheet": "an OpenDocument spreadsheet (.ods)",
    b"text": "an OpenDocument text (.odt)",
}


def container(raw: bytes) -> str:
    """What a file is that holds other files, in words; empty for any other.

    >>> container(b"read,section")
    ''
    """
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        names = (what for name, what in _IN_OLE.items() if name.encode("utf-16-le") in raw)
        return next(names, "an old Excel or Word file")
    if raw.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<?xml"):
        return next((what for name, what in _IN_XML.items() if name in raw[:4000]), "")
    if raw.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _in_zip(raw)
    return ""


def cure(what: str) -> str:
    """How to make a workbook of what a file is."""
    return _CURES.get(what, _OTHERWISE)


def _in_zip(raw: bytes) -> str:
    try:
        with ZipFile(io.BytesIO(raw)) as file:
            names = file.namelist()
            if any(one.flag_bits & 1 for one in file.infolist()):
                return _ZIP_WITH_PASSWORD
            if "mimetype" in names:
                return _open_document(file)
            what = next(
                (what for part, what in _IN_ZIP.items() if any(n.startswith(part) for n in names)),
                "a zip file without a workbook in it",
            )
            strict = what == BOOK and b"purl.oclc.org/ooxml" in _begins(file, "xl/workbook.xml")
            return _STRICT if strict else what
    except Exception:  # what is met in a damaged file is raised as it comes
        return DAMAGED


def _begins(file: ZipFile, name: str) -> bytes:
    """The first part of what a zip file holds under a name; all of it may be very large."""
    with file.open(name) as part:
        return part.read(100_000)


_SPANS = re.compile(rb'<(?:mergeCell|hyperlink)\b[^<>]*\bref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')


def too_large(raw: bytes) -> str:
    """What of a workbook is more than can be read, in words; empty where nothing is, or the file
    is damaged.
    """
    try:
        with ZipFile(io.BytesIO(raw)) as file:
            size = sum(one.file_size for one in file.infolist())
            if size > limits.WORKBOOK:
                return f"a workbook that unpacks to {size:,} bytes, above {limits.WORKBOOK:,}"
            sheets = [name for name in file.namelist() if name.startswith("xl/worksheets/")]
            spans = [span for name in sheets for span in _SPANS.findall(file.read(name))]
    except Exception:  # what is met in a damaged file is raised as it comes
        return ""
    cells = sum(_cells(*span) for span in spans)
    if cells > limits.MERGED:
        return f"merged cells or links over {cells:,} cells, above {limits.MERGED:,}"
    return ""


def _cells(left: bytes, top: bytes, right: bytes, bottom: bytes) -> int:
    """How many cells a span has, as of A1:B3."""
    width = _column(right) - _column(left) + 1
    return abs(width * (int(bottom[:9]) - int(top[:9]) + 1))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:5]:
        number = 26 * number + letter - ord("A") + 1
    return number


def _open_document(file: ZipFile) -> str:
    manifest = "META-INF/manifest.xml"
    if manifest in file.namelist() and b"encryption-data" in _begins(file, manifest):
        return _PASSWORD
    kind = _begins(file, "mimetype").rpartition(b".")[2].partition(b"-")[0].strip()
    return _OPEN_DOCUMENT.get(kind, "a zip file without a workbook in it")
