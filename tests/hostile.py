"""What anybody may have written: tables full of markup, or of what nobody sees; and what shows that
a page took it for more than words.
"""

import re
import unicodedata

from baoding_data.checks.examples import Changed
from baoding_data.checks.rule import reworded

MARKUP = (
    "<script>alert('x')</script><img src=x onerror=\"alert('x')\"></td>&lt; $x$ \\(y\\) `c` [l](j:)"
)
UNSEEN = "\x1b[31m\x07\r\x7f\x9b2J\u202e\u2066\u200f\u061c\u2028\u2029\u200b\ufeff\U000e0041"
# Columns without a pattern or a list of codes that are codes of rows, or words of the text.
CODES = {"report", "place", "code", "canonical", "numerator", "denominator", "text", "sides"}
CODES |= {"printed", "quote", "words", "superseded_by", "indicator"}


def words_of(tables, name):
    """The columns of a table that hold words."""
    return [
        field["name"]
        for field in tables.schemas[name].described
        if field["type"] == "string"
        and not {"terms"} & field.keys()
        and "pattern" not in field.get("constraints", {})
        and field["name"] not in CODES
    ]


def poisoned(poison):
    """The invented tables with a poison in their text, in each cell of words, and as addresses."""
    changes = [reworded("乡镇受理22件。", f"乡镇受理22件、{poison}。")]
    tables = Changed(changes).seeds()
    rows = {}
    for name in tables.schemas:
        columns = words_of(tables, name)
        found = []
        for row in tables.rows(name):
            cells = {name: getattr(row, name) + poison for name in columns if getattr(row, name)}
            cells |= {"url": f"javascript:{poison}"} if getattr(row, "url", "") else {}
            found.append(row._replace(**cells))
        rows[name] = found
    tables = tables.replaced(**rows)
    tables.audits.update({name: {} for name in ("", *tables.source)})
    return tables


# Words of a notebook.
LABEL = ("案件" + MARKUP, "Cases" + MARKUP)


def is_foreign(tag, value):
    return (
        tag.startswith("on")
        or tag in ("href", "src")
        and not re.match("https?://|data:image/png;|[^:]*$", value or "")
    )


def hidden(text):
    """The characters of a text that a terminal must not get."""
    kinds = ("Cc", "Cf", "Cs", "Zl", "Zp")
    return {one for one in text if unicodedata.category(one) in kinds and one not in "\n\t"}
