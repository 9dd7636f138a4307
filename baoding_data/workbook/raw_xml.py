"""What a workbook needs and openpyxl cannot write: put into its parts as they are packed."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from baoding_data.workbook.flat import visible

Values = Mapping[str, str | Decimal]  # what formulas come to, by cell

APP = "docProps/app.xml"
_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)><f>(.*?)</f><v ?(?:/>|></v>)', re.S)
_AFTER = re.compile(rb"<(?:drawing|legacyDrawing|tableParts)\b|</worksheet>")


def named(app: bytes) -> bytes:
    """The name of the program that wrote it: under that of Excel, LibreOffice would believe the
    stored results of formulas after another program's edit.
    """
    return app.replace(b"Microsoft Excel", b"baoding_data")


def with_values(sheet: bytes, values: Values) -> bytes:
    """A sheet with what its formulas come to: previews, phones and many readers compute nothing."""

    def put(match: re.Match[bytes]) -> bytes:
        place, rest, formula = match.groups()
        value = values[place.decode()]
        kind = b' t="str"' if isinstance(value, str) else b""
        said = escape(str(value)).encode()
        return b'<c r="%s"%s%s><f>%s</f><v>%s</v>' % (place, rest, kind, formula, said)

    return _FORMULA.sub(put, sheet) if values else sheet


def unmarked(sheet: bytes, cells: str) -> bytes:
    """A sheet without green triangles: “31.3%” and “1, 2” are texts on purpose, and the formulas of
    neighbouring rows differ on purpose.
    """
    errors = b"numberStoredAsText formula formulaRange twoDigitTextYear".split()
    ignored = b" ".join(b'%s="1"' % error for error in errors)
    element = b'<ignoredErrors><ignoredError sqref="%s" %s/></ignoredErrors>'
    at = _AFTER.search(sheet)
    assert at  # every sheet ends
    return sheet[: at.start()] + element % (cells.encode(), ignored) + sheet[at.start() :]


def described(drawing: bytes, words: Sequence[str]) -> bytes:
    """A drawing whose charts say in words what they show, for who cannot see them."""
    found = iter(words)

    def put(match: re.Match[bytes]) -> bytes:
        return match[0].rstrip(b"/> ") + b" descr=%s/>" % quoteattr(visible(next(found))).encode()

    return re.sub(rb"<(?:xdr:)?cNvPr [^>]*/>", put, drawing)
