"""A figure as the bytes of a file, and as a picture in a page."""

import base64
import io
from typing import Any, NamedTuple

import matplotlib.style
from matplotlib.figure import Figure

from baoding_data.charts.rows import checked, wrong
from baoding_data.charts.typesetting import DPI, LOOK
from baoding_data.errors import refuse
from baoding_data.shown import Html, tag


class _Alternative(NamedTuple):
    alt_zh: str
    alt_en: str


SCREEN_DPI = 100  # a picture is drawn finer than it is shown
_METADATA: dict[str, dict[str, str | None]] = {
    ".png": {"Software": None},
    ".svg": {"Creator": None, "Date": None},
    ".pdf": {"Creator": None, "Producer": None, "CreationDate": None},
}
# SVG holds the outlines of its text, for readers without the font; PDF holds the font, so that text
# can be searched and copied.
_FONTS: dict[str, Any] = {
    "svg.fonttype": "path",
    "svg.hashsalt": "baoding_data",
    "pdf.fonttype": 42,
}


def written(figure: Figure, ending: str) -> bytes:
    """The figure as the bytes of a file with this ending (.png, .svg or .pdf), the same each time.

    Raises BaodingError where the ending is another.

    >>> written(Figure(), ".pdf")[:4]
    b'%PDF'
    """
    if ending not in _METADATA:
        advice = "choose the file's name so"
        refuse([wrong("written", "ending", repr(ending), f"one of {', '.join(_METADATA)}", advice)])
    return _saved(figure, ending, _FONTS)


def drawing(figure: Figure) -> bytes:
    """The figure as SVG whose text is text, for pages that bring the font along.

    >>> b"<svg" in drawing(Figure())
    True
    """
    return _saved(figure, ".svg", _FONTS | {"svg.fonttype": "none"})


def _saved(figure: Figure, ending: str, fonts: dict[str, Any]) -> bytes:
    metadata, stream = dict(_METADATA[ending]), io.BytesIO()
    if ending != ".png":
        metadata["Title"] = str(figure.get_label())
    with matplotlib.style.context([*LOOK, fonts]):
        figure.savefig(stream, format=ending.removeprefix("."), dpi=DPI, metadata=metadata)
    return stream.getvalue()


def png(figure: Figure) -> bytes:
    """The figure as PNG bytes, the same bytes each time.

    >>> png(Figure())[1:4]
    b'PNG'
    """
    return written(figure, ".png")


def picture(figure: Figure, alt_zh: str, alt_en: str) -> Html:
    """The figure as HTML, with alternative text in both languages.

    Raises BaodingError where one of the texts has no words.

    >>> picture(Figure(), "三条横条。", "Three bars.")[:35]
    '<img alt="三条横条。 Three bars." src="d'
    """
    checked("picture", [{"alt_zh": alt_zh, "alt_en": alt_en}], _Alternative)
    image = base64.b64encode(png(figure)).decode("ascii")
    look = f"width: 100%; max-width: {figure.get_figwidth() * SCREEN_DPI:.0f}px"
    source = f"data:image/png;base64,{image}"
    return tag("img", alt=f"{alt_zh} {alt_en}", src=source, style=look)
