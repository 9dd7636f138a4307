"""What may have no number: the sentences of a report with some words, and the figures in them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from baoding_data.notebook.answer import Answer
from baoding_data.notebook.facts import DATA, Facts
from baoding_data.notebook.given import Given, Words
from baoding_data.notebook.tables import Cell, Column, Table
from baoding_data.tables.figures import Figure, Key, claims
from baoding_data.text.report import Sentence
from baoding_data.words import Pair, together

FOUND = [
    Column(Pair("检索内容", "Searched for"), width=30),
    Column(Pair("检索词", "Search words"), width=18),
    Column(Pair("句数", "Sentences"), number=True, width=14),
    Column(Pair("句中的统计数", "Figures in them"), width=38),
]
NO_VALUE = Pair("无", "none")
IN_THESE = Pair(
    "末栏列出含检索词的各句中的全部统计数；未列出的，这些句子没有给出。",
    "The last column lists every figure in the sentences with these words; what it does not list,"
    " those sentences do not give.",
)


def search(facts: Facts, sought: Mapping[Words, Sequence[str]]) -> Answer:
    """Of each thing sought, how many sentences have its words, and every figure in them."""
    looked_for, sentences = _looked_for(sought), facts.text.sentences
    lines: list[list[Cell]] = []
    data: list[dict[str, Any]] = []
    for label, words in looked_for.items():
        having = [one for one in sentences if any(word in one.text for word in words)]
        figures = _inside(facts, having)
        listed = together((_said(facts, one) for one in figures), "；", "; ")
        lines.append([label, "、".join(words), f"{len(having):,}", listed if figures else NO_VALUE])
        cells = {"sought_zh": label.zh, "sought_en": label.en, "sentences": len(having)}
        nothing = dict.fromkeys(DATA, "") | {"value": None}
        data += [cells | {name: getattr(one, name) for name in DATA} for one in figures]
        data += [cells | nothing] * (not figures)
    names = together(looked_for, en="; ")
    return Answer(
        Pair(f"全文检索：{names.zh}", f"Searched for in the full text: {names.en}"),
        table=Table(FOUND, lines),
        data=pd.DataFrame(data).astype({"value": float}),
        notes=[IN_THESE],
        question={"search": [[*label, list(words)] for label, words in looked_for.items()]},
    )


def _looked_for(sought: Mapping[Words, Sequence[str]]) -> dict[Pair, list[str]]:
    """The words for each label; raises BaodingError with all that is wrong with them."""
    given = Given("report.search")
    looked_for = {
        given.words("a key", label): given.names(f"words for {label}", words)
        for label, words in given.mapping("sought", sought).items()
    }
    for label, words in looked_for.items():
        if not words:
            given.wrong(f"words for {label.en}", words, "one word or more")
    if not looked_for:
        given.wrong("sought", sought, "what is sought, each with its words")
    given.refuse()
    return looked_for


def _inside(facts: Facts, sentences: Iterable[Sentence]) -> list[Figure]:
    """The figures of some sentences, in the order of the text."""
    rows, by_key = claims(facts.located), {figure.key: figure for figure in facts.figures}
    keys = (
        Key(row.report, row.indicator, row.scope, row.period)
        for sentence in sentences
        for number in facts.text.numbers_in(sentence.start, sentence.end)
        for row in rows.get(number.start, ())
    )
    return [by_key[key] for key in keys if key in by_key]


def _said(facts: Facts, figure: Figure) -> Pair:
    """A figure with its name, its scope where the report gives the indicator several times."""
    scope = f"@{figure.scope}" if figure.indicator in facts.several else ""
    name, number = facts.name(figure.indicator + scope), facts.said(figure)
    return Pair(f"{name.zh}{number.zh}", f"{name.en}: {number.en}")
