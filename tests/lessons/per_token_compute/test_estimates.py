"""Sizes of errors, by answers that are known and by Fjord."""

import statistics

import pytest

from llm_lessons.lessons.per_token_compute import estimates


def test_errors_are_counted_against_their_own_and_against_other_questions():
    right = ["10", "20", "40"]
    found = estimates.errors(2, ["11", "20", "x"], right)
    assert found.sizes == (1, 0, estimates.WORST)
    assert found.median.median == 1
    assert [found.within(n).share for n in (0, 1, 98)] == pytest.approx(
        [1 / 3, 2 / 3, 2 / 3]
    )
    others = [abs(11 - 20), abs(11 - 40), abs(20 - 10), abs(20 - 40), 99, 99]
    assert found.swapped == statistics.median(others)
    strange = ["", "-3", "7 apples", "٣", "9" * 5000]
    assert estimates.errors(1, strange, ["5"] * 5).sizes == (99,) * 5
