"""An open and a closed prompt beside each other, in words, as curves, and on Fjord."""

import math

import numpy as np
import pytest

from llm_lessons import figures
from llm_lessons.lessons.sampling import closed
from llm_lessons.lessons.sampling.closed import OpenAndClosed
from llm_lessons.lessons.sampling.divergence import LENGTH, Divergence
from llm_lessons.loading import load
from llm_lessons.measuring.intervals import share
from tests.drawn import title_of

FAR = (math.inf,) * 39


@pytest.mark.parametrize(
    ("parted_at", "words"),
    [
        ((math.inf, *FAR), "none of 40 pairs parted in 40 tokens."),
        ((7, *FAR), "1 of 40 pairs parted in 40 tokens."),
    ],
)
def test_both_are_told_and_drawn(parted_at: tuple[float, ...], words: str):
    found = OpenAndClosed(Divergence((1, 2, 2, 5)), Divergence(parted_at))
    assert found.sentence().startswith(found.open.sentence())
    assert found.sentence().endswith(words)
    (axes,) = found.figure().axes
    ends = [float(np.asarray(line.get_ydata())[-1]) for line in axes.lines]
    assert ends == [1 - found.closed.within(LENGTH).share, 0]
    assert {text.get_text() for text in axes.texts} == {"step by step", "a story"}


def test_what_somebody_said_is_drawn_into_the_figure():
    found = OpenAndClosed(Divergence((1, 2, 2, 5)), Divergence(FAR))
    figure = found.figure()
    (plain,) = figure.axes
    assert title_of(figure) == "Half of the stories part by token 2"
    (axes,) = found.figure({10: 60, 40: 20}).axes
    assert len(axes.lines) == len(plain.lines) + 2
    gap, mark = axes.lines[-2:]
    assert np.asarray(gap.get_xdata()).tolist() == [10, 10]
    assert np.asarray(gap.get_ydata()).tolist() == [0.6, 1]
    assert np.asarray(mark.get_xdata()).tolist() == [10, 40]
    assert np.asarray(mark.get_ydata()).tolist() == [0.6, 0.2]
    assert mark.get_color() == figures.SAID
    assert "you said" in {text.get_text() for text in axes.texts}
    told = found.alt({10: 60, 40: 20}).replace("\u00a0", " ")
    assert told.endswith(" You said, of the problems: 60 % after 10, 20 % after 40.")
    assert "You said" not in found.alt() and found.alt({}) == found.alt()


def test_a_sample_of_ones_own_is_drawn_where_most_stories_have_parted():
    found = OpenAndClosed(Divergence((1, 2, 2, 5, 6)), Divergence(FAR))
    assert found.headline()[::3] == (0.2, 5)
    yours = share([1, 0, 0, 0])
    (axes,) = found.figure({10: 60}, yours).axes
    star = np.asarray(axes.lines[-1].get_data()).ravel()
    assert star.tolist() == [closed.SOON, 0.25]
    assert found.alt({10: 60}, yours).endswith(" Yours: 1 of 4.")


@pytest.mark.slow
def test_fjord_parts_seldom_where_it_works_something_out():
    found = closed.compare(load("fjord"), 40 * closed.RARER)
    assert found.closed.within(LENGTH).n == 40
    assert found.closed.within(LENGTH).high < 0.5
