"""Chinese governments' annual reports on law-based administration: every number tied to its
sentence.

>>> import baoding_data as bd
>>> bd.figure("litigation_loss_rate").printed
'2.22%'
"""

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from baoding_data.checks.audit import audit, figure
    from baoding_data.comparison.peers import change, compare, per_head
    from baoding_data.comparison.shares import share
    from baoding_data.errors import BaodingError
    from baoding_data.notebook.report import report
    from baoding_data.tables.figures import figures
    from baoding_data.tables.frames import (
        conflicts,
        doubts,
        find,
        identities,
        indicators,
        neighbours,
        observations,
        places,
        questions,
        reports,
        terms,
    )
    from baoding_data.workbook.export import export

__version__ = "0.1.0"
__all__ = [
    "BaodingError",
    "__version__",
    "audit",
    "change",
    "compare",
    "conflicts",
    "doubts",
    "export",
]
__all__ += ["figure", "figures", "find", "identities", "indicators", "neighbours", "observations"]
__all__ += ["per_head", "places", "questions", "report", "reports", "share", "terms"]

# Where each name lives; what is not listed is a table. They are loaded when first asked for, since
# pandas takes longer than everything else together. No package bears the name of one of them:
# importing it would put it in the function's place.
_HOME = {
    "BaodingError": "errors",
    "audit": "checks.audit",
    "change": "comparison.peers",
    "compare": "comparison.peers",
    "export": "workbook.export",
    "figure": "checks.audit",
    "figures": "tables.figures",
    "per_head": "comparison.peers",
    "report": "notebook.report",
    "share": "comparison.shares",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(
            f"module 'baoding_data' has no attribute {name!r}; it has {', '.join(sorted(__all__))}"
        )
    home = _HOME.get(name, "tables.frames")
    globals()[name] = getattr(import_module(f"baoding_data.{home}"), name)
    return globals()[name]


def __dir__() -> list[str]:
    return sorted(__all__)
