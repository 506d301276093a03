"""An open and a closed prompt beside each other, in words, as curves, and on Fjord."""

import math

import numpy as np
import pytest

from llm_lessons.lessons.sampling.closed import OpenAndClosed
from llm_lessons.lessons.sampling.divergence import LENGTH, Divergence

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
