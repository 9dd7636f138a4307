"""The data frames that questions give: those of pandas, which show what stands in their cells as
words, also what is made of them.
"""

from typing import Any

import pandas as pd

from baoding_data.shown import Html, shown, tag


class Column(pd.Series):
    """A column or a row of a `Frame`: what nobody sees is shown as an escape."""

    @property
    def _constructor(self) -> "type[Column]":
        return Column

    @property
    def _constructor_expanddim(self) -> "type[Frame]":
        return Frame

    def __repr__(self) -> str:
        return shown(super().__repr__())


class Frame(pd.DataFrame):
    r"""A data frame: what nobody sees is shown as an escape, and in a notebook no cell is a
    formula.

    >>> Frame({"name": ["a\u202eb"]})._repr_html_().count(r"<td>a\u202eb</td>")
    1
    """

    _constructor_sliced = Column

    @property
    def _constructor(self) -> "type[Frame]":
        return Frame

    def __repr__(self) -> str:
        return shown(super().__repr__())

    def _repr_html_(self) -> str | None:
        markup: Any = super()._repr_html_()
        words = {"class": "tex2jax_ignore mathjax_ignore"}
        return markup and tag("div", Html(shown(markup)), **words)
