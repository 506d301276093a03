"""The gradient that a pencil works out is the true one, and its rules lead down."""

from itertools import product
from math import log2

import pytest

from llm_lessons.foundation.paths import TEXTS
from llm_lessons.lessons.training import by_hand

CAME = (4, 2, 1)


@pytest.mark.parametrize("knobs", [(1, 1, 1), (6, 3, 1), (2, 5, 4)])
def test_what_is_guessed_less_what_came_is_the_slope_of_the_surprise(knobs):
    def bits(which: int, moved: float) -> float:
        turned = [one + moved * (i == which) for i, one in enumerate(knobs)]
        return sum(CAME) * by_hand.guess(CAME, turned).bits

    found = by_hand.guess(CAME, knobs)
    assert sum(found.guesses) == pytest.approx(7)
    for which, (guessed, came) in enumerate(zip(found.guesses, CAME, strict=True)):
        slope = (bits(which, 1e-6) - bits(which, -1e-6)) / 2e-6
        assert guessed - came == pytest.approx(slope, abs=1e-6)


def test_half_the_slope_leads_down_from_every_roll_within_the_rows_of_the_sheet():
    sheet = (TEXTS / "sheets" / "05_training.md").read_text(encoding="utf-8")
    rows = sheet.count("\n| ____ |")
    least = -sum(n / 7 * log2(n / 7) for n in CAME)
    for knobs in product(range(1, 7), repeat=3):
        found = by_hand.rounds(CAME, knobs, 0.5)
        losses = [one.bits for one in found]
        assert losses == sorted(losses, reverse=True) and len(found) <= rows
        assert least - 1e-9 < losses[-1] < least + 0.3
    assert by_hand.at_rest(CAME, 0.5) == (216, 216)
    # slopes of -3.8, 4.6 and -0.8, as a pencil goes them
    assert by_hand.rounds(CAME, (1, 6, 1), 0.5)[1].knobs == (3, 4, 1)


def test_twice_the_slope_mostly_finds_no_rest_and_costs_more_than_even_odds():
    resting, whole = by_hand.at_rest(CAME, 2)
    assert whole == 216 and 0 < resting < whole / 4
    found = by_hand.rounds(CAME, (3, 3, 3), 2)
    assert len(found) == by_hand.LONGEST
    assert min(one.bits for one in found[1:]) > found[0].bits == pytest.approx(log2(3))
