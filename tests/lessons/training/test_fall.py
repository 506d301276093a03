"""Slopes of a curve, on both sides of where the learning rate begins to fall."""

import numpy as np
import pytest

from llm_lessons.lessons.training import fall as falls
from llm_lessons.lessons.training import learning


def bent(before: float, after: float) -> list[tuple[int, float]]:
    """A curve over ten million tokens with these slopes up to 60 % and behind it."""
    falls = [before if n < 60 else after for n in range(100)]
    bits = 3 - np.cumsum(falls) / 10
    return [(100_000 * (n + 1), float(value)) for n, value in enumerate(bits)]


def test_the_fall_is_read_off_the_curve_on_both_sides_of_the_turn():
    fall = falls.Fall.of(bent(0.01, 0.025))
    assert fall.at_peak == pytest.approx(0.01) and fall.is_steeper
    assert fall.after == pytest.approx(0.025, rel=0.02)
    sentence = fall.sentence().replace("\u00a0", " ")
    assert "from 40 % of its reading to 60 %" in sentence
    assert "by 10 thousandths of a bit" in sentence and "fell by 25." in sentence
    flat = falls.Fall.of(bent(0.03, 0.01))
    assert not flat.is_steeper and "did not help" in flat.sentence()


def test_single_points_of_a_curve_do_not_decide():
    wobbling = [(1000 + n, 2.0 + 0.5 * (-1) ** n) for n in range(-60, 61)]
    assert falls.around(wobbling, 1000) == pytest.approx(2.0, abs=0.01)


def test_fjord_falls_faster_once_its_steps_shrink():
    """What the lesson says of the shipped model's own curve."""
    fall = falls.Fall.of(learning.read_curve())
    assert fall.is_steeper and 0 < fall.at_peak < fall.after
