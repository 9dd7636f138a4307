"""The page of the rules and words by which numbers are read: docs/numbers.md.

python -m baoding_data.text.rules_page docs/numbers.md
"""

import sys

from baoding_data.errors import told
from baoding_data.text import forms, inventory, rules
from baoding_data.words import Pair
from baoding_data.writing import page_command

_KINDS = {
    "measure": Pair("量词，在数字和汉字数字之后", "Measure words, after digits and numerals"),
    "counted": Pair("只在数字之后的量词", "Measure words after digits only"),
    "latin": Pair("字母写的单位", "Units in Latin letters"),
    "before": Pair("数前面的界限词", "Words of bound before a number"),
    "after": Pair("数后面的界限词", "Words of bound after a number"),
    "name": Pair("含数字的固定说法", "Fixed names with a numeral"),
    "line": Pair("热线", "Telephone lines"),
    "alike": Pair("读作另一字的字符", "Characters read as another"),
}


def page() -> str:
    """The page of the rules and the inventory, in Markdown."""
    lines = [
        "# 数字怎样读 How numbers are read",
        "",
        "Made from the rules in `baoding_data/text/rules.py` and `forms.py` and from"
        " `inventory.csv`. A run of digits and"
        " multipliers is read as a whole or not at all; the first rule that matches says what it"
        " is; what none of them takes is a value, unless something is left over beside it.",
        "",
        "| rule | tells | 说明 | reads | leaves |",
        "|---|---|---|---|---|",
    ]
    for rule in (*rules.RULES, *rules.AT_HEAD, *forms.FORMS, *forms.WORDS):
        reads = "; ".join(f"`{_shown(text)}`" for text in rule.reads)
        leaves = "; ".join(f"`{_shown(text)}`" for text in rule.leaves)
        what = f"{rule.what.zh}<br>{rule.what.en}"
        lines.append(f"| {rule.name} | {rule.kind} | {what} | {reads} | {leaves} |")
    for kind, found in inventory.entries().items():
        title = _KINDS[kind]
        lines += ["", f"## {title.zh} {title.en}", ""]
        words = [
            f"{entry.word}→{entry.code}" if kind == "alike" else _told(entry) for entry in found
        ]
        lines.append("、".join(words))
    return "\n".join(lines) + "\n"


def _shown(text: str) -> str:
    return text.replace("\n", "⏎").replace("|", "\\|")


def _told(entry: inventory.Entry) -> str:
    code = f" ({entry.code})" if entry.code else ""
    return f"`{entry.word}`{code}"


if __name__ == "__main__":
    sys.exit(told(lambda: page_command(page)))
