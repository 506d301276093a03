"""Sizes of errors, by answers that are known and by Fjord."""

import random
import statistics

import numpy as np
import pytest

from llm_lessons.fjordby.varied import marbles
from llm_lessons.lessons.per_token_compute import estimates
from tests.known import Known

ANSWERS = {
    problem.at_once_prompt: int(problem.answer)
    for k in estimates.CHANGES
    for problem in marbles.held_out(30, k)
}


def near(prompt: str) -> str:
    """Right for one change; off by at most three for more."""
    right = ANSWERS[prompt]
    off = prompt.count(".") % 4 if prompt.count(".") > 2 else 0
    return f" {right + off}."


def blind(prompt: str) -> str:
    """The right answer to some question: as plausible as can be, and for nothing."""
    return f" {random.Random(prompt).choice([*ANSWERS.values()])}."


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


@pytest.mark.parametrize(("write", "word"), [(near, "estimates"), (blind, "guesses")])
def test_near_answers_are_told_from_blind_ones(write, word):
    found = estimates.measure(Known(write), questions=30)
    assert [point.changes for point in found.points] == [*estimates.CHANGES]
    assert word in found.conclusion()
    assert {"estimates": True, "guesses": False}[word] == found.near
    assert f"off by {found.points[1].median.median:g} marble" in found.sentence()
    (axes,) = found.figure().axes
    heights = axes.lines[-1].get_ydata()
    assert np.array_equal(heights, [point.swapped for point in found.points])
