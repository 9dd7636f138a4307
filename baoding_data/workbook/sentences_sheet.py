"""The sheet of the sentences: each once, its numbers marked, with all figures that it holds."""

from baoding_data.comparison.wording import HEADS
from baoding_data.text.report import section_in_words
from baoding_data.words import Pair, together
from baoding_data.workbook.edition import Edition, Field, Sentence
from baoding_data.workbook.sheet import Cell, Sheet

NAME = Pair("原句", "Sentences")


def sentences_sheet(edition: Edition) -> Sheet:
    """The sentences of the figures shown, in the order of the text."""
    columns = edition.columns(SENTENCES)
    title = Pair(
        "原句：每个统计数出自报告的哪一句", "Sentences: where the report gives each figure"
    )
    blocks = [
        edition.above(columns, title),
        edition.block("sentences", SENTENCES, edition.sentences_shown, "sentences"),
    ]
    return Sheet("sentences", edition.line(NAME), edition.each(title), columns, blocks)


def _number(edition: Edition, one: Sentence) -> Cell:
    """The number of a sentence, that leads to the first of its figures."""
    return Cell(one.number, edition.to_topic(one.figures[0]))


def _sentence(edition: Edition, one: Sentence) -> Cell:
    """The sentence with its section, as the notebooks quote it."""
    spans = {(f.at, f.at + len(f.printed)) for f in one.figures if f.at is not None}
    text = f"{one.text}〔{section_in_words(one.section).zh}〕"
    return Cell(text, stress=tuple(sorted(spans)))


def _figures(edition: Edition, one: Sentence) -> Pair:
    return together(map(edition.labelled, one.figures), "；", "; ")


SENTENCES: list[Field[Sentence]] = [
    Field(Pair("编号", "No."), _number, 4.5, 6, "aside"),
    Field(HEADS.sentence, _sentence, 20, 60, "text", True),
    Field(Pair("句中的统计数", "Figures in it"), _figures, 14, 40, "aside", True),
]
