"""Charts in the house style, each loaded when first used, since matplotlib takes long to load.

Each takes a tidy table and a heading and returns a figure 8.6 inches wide, as high as its content
needs, in Chinese (lang="zh"), in English ("en") or in both. Rows keep the order they come in:
nothing here ranks.

>>> from baoding_data import charts
>>> heading = charts.Heading("受理316件", "316 accepted", "", "", "报告", "The report")
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from baoding_data.charts.counts import bars, panels
    from baoding_data.charts.formats import picture, png, written
    from baoding_data.charts.lists import sheet, tiles
    from baoding_data.charts.parts import strip, waffle
    from baoding_data.charts.peers import points, spread
    from baoding_data.charts.rows import Heading
    from baoding_data.charts.sentences import sentence
    from baoding_data.charts.shares import dots, rates
    from baoding_data.charts.stages import funnel, steps
    from baoding_data.charts.text_map import textmap

# No module bears the name of a chart: importing the module would put it in the chart's place.
_HOME = {
    "counts": ("bars", "panels"),
    "formats": ("picture", "png", "written"),
    "lists": ("sheet", "tiles"),
    "parts": ("strip", "waffle"),
    "peers": ("points", "spread"),
    "rows": ("Heading",),
    "sentences": ("sentence",),
    "shares": ("dots", "rates"),
    "stages": ("funnel", "steps"),
    "text_map": ("textmap",),
}
__all__ = ["Heading", "bars", "dots", "funnel", "panels", "picture", "png", "points", "rates"]
__all__ += [
    "sentence",
    "sheet",
    "spread",
    "steps",
    "strip",
    "textmap",
    "tiles",
    "waffle",
    "written",
]


def __getattr__(name: str) -> object:
    for module, names in _HOME.items():
        if name in names:
            globals()[name] = getattr(import_module(f"baoding_data.charts.{module}"), name)
            return globals()[name]
    known = ", ".join(__all__)
    raise AttributeError(f"module 'baoding_data.charts' has no attribute {name!r}; it has {known}")


def __dir__() -> list[str]:
    return __all__
