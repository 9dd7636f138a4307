"""How well a scan reads and proposes, and how fast: invented reports with every number written down
beside them by hand.

    python benchmarks/scan.py [TEXT ...]

Beside each TEXT.txt stands TEXT.csv: printed, value, unit, bound, kind, indicator, one row for
every number in the order of the text; `none` is a figure that the codebook lacks, `no_figure` no
statistic, several indicators are joined with |. The places are invented, and so is every number.
Units in traditional characters stand there as the simplified ones they are read as. The floor of
the speed is one `re` pass with the pattern that finds the numbers; all times are the processor's.
"""

import csv
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from time import process_time
from typing import NamedTuple

TEXTS = Path(__file__).parent / "texts"


class Answer(NamedTuple):
    """What was written down of one number."""

    printed: str
    value: str
    unit: str
    bound: str
    kind: str
    indicator: str


def answers(path, text):
    """The answers that were written down for a text, by the place of their number."""
    found, at = {}, 0
    with open(path.with_suffix(".csv"), encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            answer = Answer(**row)
            at = text.index(answer.printed, at)
            found[at] = answer
            at += len(answer.printed)
    return found


def measure(path, proposer):
    """Counts of what was right and wrong in one text, and the text."""
    from baoding_data.curation.source import Source
    from baoding_data.text.report import Report

    text = Report(path.read_text(encoding="utf-8"))
    right, counts = answers(path, text.text), Counter()
    proposed = proposer.propose(Source(proposer.tables, text))
    for number, proposals in zip(text.numbers, proposed, strict=True):
        answer = right.pop(number.start, None)
        if answer is None:
            counts["numbers that are none"] += 1
            continue
        counts += read(number, answer)
        if answer.kind == "value":
            counts += proposed_for(answer, proposals)
    counts["numbers"] += len(right)
    return counts, text.text


def read(number, answer):
    """How one number was read."""
    counts = Counter(numbers=1)
    counts["found"] += number.printed == answer.printed
    counts["kind"] += number.kind == answer.kind
    if answer.kind == "value":
        counts["values"] += 1
        said = number.kind, number.value, number.unit, number.bound
        counts["read"] += said == ("value", Decimal(answer.value), answer.unit, answer.bound)
        counts["listed as unclear"] += number.kind == "unclear"
    return counts


def proposed_for(answer, proposals):
    """How one value's proposals were."""
    from baoding_data.curation.propose import UNKNOWN

    counts, wanted = Counter(), answer.indicator.split("|")
    reason = proposals[0].reason not in ("", UNKNOWN)
    named = [proposal for proposal in proposals if proposal.indicator]
    if answer.indicator == "no_figure":
        counts["no figure"] += 1
        counts["no figure, so proposed"] += reason
    else:
        counts["figures"] += 1
        counts["figures proposed as none"] += reason
    if answer.indicator not in ("none", "no_figure"):
        counts["with an indicator"] += 1
        counts["indicator right"] += set(wanted) == {proposal.indicator for proposal in named}
    for proposal in named:
        band = f"{int(proposal.confidence * 10) / 10:.1f}"
        counts["proposed", band] += 1
        counts["proposed right", band] += proposal.indicator in wanted
    return counts


def speed(texts, proposer):
    """Seconds for all texts at best of ten: the floor, the reading of the numbers, that of all that
    a text has, and the whole of a scan's proposals; one after the other, ten times.
    """
    from baoding_data.curation.source import Source
    from baoding_data.text import forms, numbers
    from baoding_data.text.report import Report

    def read(text):
        report = Report(text)
        return report.numbers, report.sections, report.sentences, report.clauses

    works = (
        lambda text: sum(1 for _ in forms.NUMBER.finditer(text)),
        numbers.numbers_in,
        read,
        lambda text: proposer.propose(Source(proposer.tables, Report(text))),
    )

    def seconds(work):
        start = process_time()
        for text in texts:
            work(text)
        return process_time() - start

    return map(min, zip(*([seconds(work) for work in works] for _ in range(10)), strict=True))


def share(part, whole):
    return f"{part}/{whole}" + (f" {100 * part / whole:.1f}%" if whole else "")


def main(paths):
    from baoding_data.curation.propose import Proposer
    from baoding_data.tables.seeds import load

    tables = load()
    proposer = Proposer(tables)
    total, texts = Counter(), []
    columns = (
        ("found", "found", "numbers"),
        ("value, unit, bound", "read", "values"),
        ("indicator", "indicator right", "with an indicator"),
        ("figures proposed as none", "figures proposed as none", "figures"),
    )
    print(f"{'':<16}" + "".join(f"{head:>26}" for head, _, _ in columns))
    for path in paths:
        counts, text = measure(path, proposer)
        texts.append(text)
        total += counts
        print(
            f"{path.stem:<16}"
            + "".join(f"{share(counts[part], counts[whole]):>26}" for _, part, whole in columns)
        )
    print(
        f"{'all':<16}"
        + "".join(f"{share(total[part], total[whole]):>26}" for _, part, whole in columns)
    )
    print(
        f"kind right {share(total['kind'], total['numbers'])}; listed as unclear though a value"
        f" {total['listed as unclear']}; numbers that are none {total['numbers that are none']}; no"
        f" figure and so proposed {share(total['no figure, so proposed'], total['no figure'])}"
    )
    print(
        "proposals right, by their confidence: "
        + "; ".join(
            f"{band} {share(total['proposed right', band], total['proposed', band])}"
            for _, band in sorted(key for key in total if key[0] == "proposed")
        )
    )
    size = sum(len(text.encode()) for text in texts) / 1e6
    floor, *spent = speed(texts, proposer)
    print(f"the floor {size / floor:.1f} MB/s; a report, and so many times the floor:")
    for what, seconds in zip(
        ("its numbers", "all that is read of it", "with all proposals"), spent, strict=True
    ):
        print(f"  {what:<24}{1000 * seconds / len(texts):>6.1f} ms{seconds / floor:>8.1f}")
    return total


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or sorted(TEXTS.glob("*.txt")))
