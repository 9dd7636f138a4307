"""Chinese governments' annual reports on law-based administration: every number tied to its
sentence.

>>> import baoding_data as bd
>>> bd.figure("litigation_loss_rate").printed
'2.22%'
"""

from importlib import import_module

from baoding_data.errors import BaodingError

__version__ = "0.1.0"

# Loaded when first asked for, since pandas takes longer than everything else together. No module
# bears the name of one of these functions: importing the module would put it in the function's
# place.
_HOME = {
    "reports": "tables.frames",
    "indicators": "tables.frames",
    "places": "tables.frames",
    "terms": "tables.frames",
    "identities": "tables.frames",
    "doubts": "tables.frames",
    "observations": "tables.frames",
    "neighbours": "tables.frames",
    "conflicts": "tables.frames",
    "compare": "comparison.peers",
    "change": "comparison.peers",
    "per_head": "comparison.peers",
    "figures": "tables.figures",
    "figure": "tables.figures",
    "audit": "checks.audit",
    "share": "comparison.shares",
    "export": "workbook.export",
}
__all__ = ["BaodingError", "__version__", *_HOME]


def __getattr__(name):
    if name not in _HOME:
        raise AttributeError(
            f"module 'baoding_data' has no attribute {name!r}; it has {', '.join(sorted(__all__))}"
        )
    globals()[name] = getattr(import_module(f"baoding_data.{_HOME[name]}"), name)
    return globals()[name]


def __dir__():
    return sorted(__all__)
