"""Charts as parts of a page: drawings whose text is text, and the font that it was set in."""

import io
import re
from collections.abc import Iterable
from typing import Any
from xml.etree import ElementTree

from baoding_data.charts.formats import drawing
from baoding_data.charts.typesetting import FILES, FONTS
from baoding_data.shown import Html, tag

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_OF_A_FILE = ("title", "metadata", "style")
_HAN = re.compile("[\u3400-\u9fff]")
_REFERS = re.compile(r"url\(#([^)]+)\)")


def inline(figure: Any, name: str, title: str, words: str) -> Html:
    """A chart for a page, with its title and what it says in words; `name` is its own on the page.

    Raises BaodingError where a text of it cannot be drawn.
    """
    root = ElementTree.fromstring(drawing(figure))
    width, height = (float(part) for part in root.attrib["viewBox"].split()[2:])
    _trim(root, name)
    inside = "".join(ElementTree.tostring(one, encoding="unicode") for one in root)
    inside = re.sub(r"\s*\n\s*", "\n", inside)
    labels = {"aria-labelledby": f"{name}-title {name}-words"}
    said = tag("title", title, id=f"{name}-title"), tag("desc", words, id=f"{name}-words")
    look = {"viewBox": f"0 0 {width:g} {height:g}", "role": "img", **labels}
    look |= {"stroke-linejoin": "round", "stroke-linecap": "butt"}
    return tag("svg", *said, Html(inside), **look)


def _trim(root: ElementTree.Element, name: str) -> None:
    """Leave out what a file alone needs, and names that nothing refers to; the others are unlike
    those of other charts on the page.
    """
    for one in root.iter():
        one.tag = one.tag.removeprefix(_SVG)
    for above in list(root.iter()):
        for one in [one for one in above if one.tag in _OF_A_FILE]:
            above.remove(one)
    every = list(root.iter())
    meant = {one.attrib[_LINK][1:] for one in every if _LINK in one.attrib}
    meant |= {
        found for one in every for cell in one.attrib.values() for found in _REFERS.findall(cell)
    }
    for one in every:
        if one.tag == "text" and _HAN.search("".join(one.itertext())):
            one.attrib["lang"] = "zh-Hans"
        if "id" in one.attrib:
            if one.attrib["id"] in meant:
                one.attrib["id"] = f"{name}-{one.attrib['id']}"
            else:
                del one.attrib["id"]
        for key, cell in list(one.attrib.items()):
            if key == _LINK:
                del one.attrib[key]
                one.attrib["href"] = f"#{name}-{cell[1:]}"
            else:
                one.attrib[key] = _REFERS.sub(rf"url(#{name}-\1)", cell)


def fonts(texts: Iterable[str]) -> dict[str, bytes]:
    """The charts' font, light and bold, with the characters of some texts alone, as files."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    characters = "".join(sorted({one for text in texts for one in text}))
    found = {}
    for bold, (name, _) in FILES.items():
        font, stream = TTFont(FONTS / name, recalcTimestamp=False), io.BytesIO()
        subsetter = Subsetter(Options(notdef_outline=True))
        subsetter.populate(text=characters)
        subsetter.subset(font)
        font.flavor = "woff"
        font.save(stream)
        found["bold.woff" if bold else "regular.woff"] = stream.getvalue()
    return found
