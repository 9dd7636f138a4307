"""A figure as the bytes of a file, and as a picture in a notebook."""

import base64
import io
from typing import NamedTuple

import matplotlib.style
from matplotlib.figure import Figure

from baoding_data.charts.rows import checked, wrong
from baoding_data.charts.typesetting import DPI, LOOK
from baoding_data.errors import refuse


class _Alternative(NamedTuple):
    alt_zh: str
    alt_en: str


_METADATA: dict[str, dict[str, str | None]] = {
    ".png": {"Software": None},
    ".svg": {"Creator": None, "Date": None},
    ".pdf": {"Creator": None, "Producer": None, "CreationDate": None},
}
# SVG holds the outlines of its text, for readers without the font; PDF holds the font, so that text
# can be searched and copied.
_FONTS = {"svg.fonttype": "path", "svg.hashsalt": "baoding_data", "pdf.fonttype": 42}


def written(figure: Figure, ending: str) -> bytes:
    """The figure as the bytes of a file with this ending (.png, .svg or .pdf), the same each time.

    Raises BaodingError where the ending is another.

    >>> written(Figure(), ".pdf")[:4]
    b'%PDF'
    """
    if ending not in _METADATA:
        advice = "choose the file's name so"
        refuse([wrong("written", "ending", repr(ending), f"one of {', '.join(_METADATA)}", advice)])
    metadata, stream = dict(_METADATA[ending]), io.BytesIO()
    if ending != ".png":
        metadata["Title"] = str(figure.get_label())
    with matplotlib.style.context([*LOOK, _FONTS]):
        figure.savefig(stream, format=ending.removeprefix("."), dpi=DPI, metadata=metadata)
    return stream.getvalue()


def png(figure: Figure) -> bytes:
    """The figure as PNG bytes, the same bytes each time.

    >>> png(Figure())[1:4]
    b'PNG'
    """
    return written(figure, ".png")


def show(figure: Figure, alt_zh: str, alt_en: str) -> None:
    """Display the figure in a notebook, with alternative text in both languages.

    Raises BaodingError where one of the texts has no words.

    >>> show(Figure(), "三条横条。", "Three bars.")  # doctest: +ELLIPSIS
    {'image/png': 'iVBOR...', 'text/plain': '三条横条。\\nThree bars.'}
    """
    from IPython.display import display

    checked("show", [{"alt_zh": alt_zh, "alt_en": alt_en}], _Alternative)
    alt = f"{alt_zh}\n{alt_en}"
    image = base64.b64encode(png(figure)).decode("ascii")
    # A raw bundle, because the Figure's own representation would leave its size and address in the
    # notebook.
    display({"image/png": image, "text/plain": alt}, raw=True, metadata={"image/png": {"alt": alt}})
