"""Names as people type them: the nearest of those that are there."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from baoding_data.errors import near, nearest

examples = settings(max_examples=200, deadline=None, database=None, derandomize=True)


@examples
@given(st.text(max_size=8), st.lists(st.text(max_size=12), max_size=40))
def test_the_nearest_are_few_and_among_the_names(asked, names):
    """Of any names at most five are near, each once; what is spelled alike is the first."""
    found = nearest(asked, {name: [name] for name in names})
    assert len(found) <= 5 and len({*found}) == len(found) and {*found} <= {*names}
    assert near(asked, names) == " or ".join(found)


def test_random_letters_are_near_to_nothing(seeds):
    """Letters at random are told to be like an indicator one time in twenty at most."""
    draw = random.Random(7)
    letters = "abcdefghijklmnopqrstuvwxyz"
    typed = ["".join(draw.choices(letters, k=draw.randint(4, 9))) for _ in range(200)]
    choices = {row.indicator: [row.label_zh, row.label_en] for row in seeds.indicators}
    assert sum(bool(nearest(name, choices)) for name in typed) <= 10
