"""All rules of the audit, level by level: from the files as they are read to what several sources
say of one thing; and the page about them, docs/rules.md.
"""

import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from baoding_data.checks.codebook import CODEBOOK, UNITS
from baoding_data.checks.conflicts import CONFLICTS, SEVERAL
from baoding_data.checks.doubts import DOUBTS
from baoding_data.checks.examples import FOLDER, TEXT, Changed
from baoding_data.checks.figures import KINDS, MEANINGS, QUOTES, READINGS, SET_APART
from baoding_data.checks.files import FILES
from baoding_data.checks.identities import IDENTITIES, PARTS, PLACES, SHARES
from baoding_data.checks.looked_at import looked_at
from baoding_data.checks.observations import OBSERVATIONS
from baoding_data.checks.questions import QUESTIONS
from baoding_data.checks.reports import CITED, SOURCES
from baoding_data.checks.rule import Level, Rule
from baoding_data.checks.texts import TEXTS
from baoding_data.checks.wholes import WHOLES
from baoding_data.errors import Finding, told
from baoding_data.reading import ANEW, content
from baoding_data.tables.seeds import Seeds
from baoding_data.words import Pair
from baoding_data.writing import page_command, put_page

# What can be said of one row of figures by itself.
OF_A_ROW = (QUOTES, READINGS, KINDS, MEANINGS, SET_APART)
LEVELS: tuple[Level, ...] = (FILES, SOURCES, CITED, *OF_A_ROW, TEXTS, OBSERVATIONS, IDENTITIES)
LEVELS += (PLACES, PARTS, SHARES, WHOLES, DOUBTS, QUESTIONS, CODEBOOK, UNITS, CONFLICTS, SEVERAL)


@cache
def levels_for(part: type) -> list[Level]:
    """The levels that look into one kind of part of the seeds."""
    return [level for level in LEVELS if part in level.of]


@cache
def of_absence() -> set[str]:
    """The rules of which what they find may be only that a row is still to come."""
    return {one.name for level in LEVELS for one in level.rules if one.of_absence}


def findings_of(rule: Rule, tables: Seeds) -> list[Finding]:
    """What one rule alone finds in the seeds."""
    things = (thing for part in looked_at(tables) for thing in rule.level.things(part))
    return [found for thing in things for found in rule(thing)]


class Example(NamedTuple):
    """What a rule finds, with the finding, and what it passes, each as changes to the invented
    seeds; where it passes these as they are, no change.
    """

    found: Sequence[str]
    finding: str
    passed: Sequence[str]


@cache
def example(rule: Rule) -> Example:
    """The example of a rule."""
    wrong, right = Changed(rule.finds), Changed(rule.passes)
    return Example(wrong.told, str(findings_of(rule, wrong.seeds())[0]), right.told)


def about() -> Pair:
    """What the rules are, in Markdown."""
    folder = "/".join(FOLDER.parts[-3:])
    return Pair(*(words.format(folder=folder) for words in _ABOUT))


def invented() -> str:
    """The report that the examples are about."""
    return content(FOLDER / TEXT, ANEW).decode().rstrip()


def listed() -> str:
    """Name and sentence of every rule in both languages, level by level, as text."""
    lines = []
    for level in LEVELS:
        lines += ["", f"{level.title.zh} {level.title.en}"]
        for one in level.rules:
            lines += ["", f"  {one.name}", f"    {one.sentence.zh}", f"    {one.sentence.en}"]
    return "\n".join(lines[1:])


_ABOUT = Pair(
    "`baoding check` 用下列规则核对各表和全文，从读入文件起，到几个来源同说一事为止。每条规则有一个名称、"
    "一句话、一个它查得出的例子和一个它放行的例子。例子都是对一套虚构表格的改动：澄平县的一份报告，"
    "以及它所在的市和邻县的几个来源，文件在 `{folder}/`。",
    "These are the rules by which `baoding check` holds tables and texts against each other, from"
    " the files as they are read to what several sources say of one thing. Each has a name, a"
    " sentence, an example that it finds and one that it passes. The examples are changes to"
    " invented tables in `{folder}/`: a report of Chengping County, and sources of its city and of"
    " the county next to it.",
)
_INTRODUCTION = """\
# 核对规则 Rules

{zh}本页由规则本身生成，请勿手改；改了规则之后运行 `make`。

{en} This page is made from the rules themselves; do not edit it, but run `make` after changing \
them.

澄平县的报告 The report of Chengping County:

```text
{text}
```

∅ 空格 an empty cell；− 删去的行 a row left out。
"""


def page() -> str:
    """The page of rules as Markdown, in both languages.

    >>> page().splitlines()[0]
    '# 核对规则 Rules'
    """
    lines = [_INTRODUCTION.format(**about()._asdict(), text=invented())]
    for level in LEVELS:
        lines += [f"## {level.title.zh} {level.title.en}", ""]
        for one in level.rules:
            lines += _entry(one)
    return "\n".join(lines).rstrip("\n") + "\n"


def _entry(rule: Rule) -> Iterator[str]:
    """One rule on the page."""
    found, finding, passed = example(rule)
    yield from (f"### `{rule.name}`", "", rule.sentence.zh, "", rule.sentence.en, "")
    yield from ("查出 Found:", "", "```text", *found, f"⇒ {finding}", "```", "")
    if passed:
        yield from ("通过 Passed:", "", "```text", *passed, "```", "")
    else:
        yield from ("改动之前通过。 Passed: the tables before the change.", "")


def write(file: str | Path) -> bool:
    """Write the page, unless it stands there already; returns whether it was written."""
    return put_page(file, page())


if __name__ == "__main__":
    sys.exit(told(lambda: page_command(page)))
