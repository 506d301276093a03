"""A few large and many tiny: counted, against counting by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_lessons import figures
from llm_lessons.lessons.forward_pass import tail
from llm_lessons.lessons.forward_pass.tail import Tail
from tests import drawn, tiny
from tests.each import each_of

ODDS = st.lists(st.floats(1e-6, 1), min_size=1, max_size=60)


@given(ODDS)
def test_counts_are_those_by_hand(weights):
    ordered = np.sort(np.array(weights) / sum(weights))[::-1]
    found = Tail("a text", ordered)
    assert found.large == sum(p > 0.01 for p in ordered)
    assert ordered[found.size - found.sharing :].sum() <= 0.01
    more = ordered[max(0, found.size - found.sharing - 1) :].sum()
    assert found.sharing == found.size or more > 0.01


def test_it_is_told_in_a_sentence():
    found = Tail("One day", np.array([0.98, 0.011, 0.005, 0.003, 0.001]))
    assert found.sentence().replace("\u00a0", " ") == (
        "After “One day”, 2 of 5 tokens have more than 1 %, together 99 %; the 3 least "
        "likely ones share the last 1 %."
    )
    one = Tail("One day", np.array([0.995, 0.005]))
    assert "1 of 2 tokens has more than 1\u00a0%" in one.sentence()


def test_a_models_odds_are_ordered_and_whole():
    lm = tiny.model()
    found = tail.count(lm, "The fox")
    assert found.size == lm.config.vocab_size
    assert (np.diff(found.ordered) <= 0).all()
    assert found.ordered.sum() == pytest.approx(1)
    chances = [row[2] for row in lm.next_token("The fox", 5).rows]
    np.testing.assert_allclose(found.ordered[:5], chances, rtol=1e-9)


def test_the_figure_names_each_curve_and_marks_one_percent():
    lm = tiny.model()
    tails = [tail.count(lm, text) for text in ("The fox", "The fox found a red $ boat")]
    figure = tail.figure(tails)
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert texts == ["The fox", "… a red $ boat", "1 %"]
    ticks = figure.axes[0].get_yticks()
    np.testing.assert_allclose(ticks[1:] / ticks[:-1], 0.01)
    assert ticks[-1] < min(one.ordered[-1] for one in tails)
    assert all(one.sentence() in tail.alt(tails) for one in tails)
    assert figures.to_svg(figure, alt=tail.alt(tails)).startswith("<svg")


@each_of(
    ("large", "title"),
    [
        ((3, 15), "3 to 15 of 10,000 tokens have more than 1 %"),
        ((4, 4), "4 of 10,000 tokens have more than 1 %"),
        ((1,), "1 of 10,000 tokens has more than 1 %"),
        ((0, 1), "0 to 1 of 10,000 tokens have more than 1 %"),
    ],
)
def test_the_title_counts_large_probabilities(large: tuple[int, ...], title: str):
    def spread(count: int) -> Tail:
        left = (1 - 0.06 * count) / (10_000 - count)
        return Tail("One day", np.array([0.06] * count + [left] * (10_000 - count)))

    tails = [spread(count) for count in large]
    assert tail.title(tails).replace("\u00a0", " ") == title
    drawn.assert_titled(tail.figure(tails), tail.title(tails), tail.alt(tails))
