"""Plausible wrong answers, and what each of them is told."""

import jax
import numpy as np
import pytest

from llm_lessons.lessons.forward_pass import exercises, knobs
from tests.each import each_of
from tests.lessons.checking.told import is_told


def right(scores):
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()


def by_the_largest(scores):
    powers = np.exp(scores - scores.max())
    return powers / powers.max()


def shifted(scores):
    heights = scores - scores.min() + 1
    return heights / heights.sum()


# The task and the first hint say nothing of huge scores.
DISCOVERY = "run `softmax(np.array([1000.0, 999.0, 0.0]))`"


@each_of(
    ("function", "status", "text"),
    [
        (lambda s: s / s.sum(), "wrong", "below 0"),
        (by_the_largest, "wrong", "Divide by the sum of all"),
        (shifted, "wrong", "Is it `np.exp`"),
        (lambda s: right(s).max(), "wrong", "should be 5 probabilities"),
        (lambda s: ["a"] * len(s), "wrong", "array of numbers"),
        (lambda s: np.exp(s) / np.exp(s).sum(), "right", DISCOVERY),
        (right, "right", "it holds as well"),
        (jax.nn.softmax, "right", "it holds as well"),
    ],
)
def test_softmax(function, status, text):
    is_told("02.softmax", {"softmax": function}, status, text)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two layers of three heads; the second head of the first layer is missed most."""
    without = np.array([[0.9, 0.1, 0.115], [0.5, 0.99, 0.7]])
    monkeypatch.setattr(exercises, "_without_each", lambda: ("Ida", 0.99, without))


@each_of(
    ("layer", "head", "status", "text"),
    [
        (2, 1, "wrong", "Another head is missed more"),
        (0, 2, "wrong", "`layer` should be a whole number from 1 to 2"),
        (1, 1.5, "wrong", "`head` should be a whole number from 1 to 3"),
        (1, 3, "right", "“Ida” has 12\u00a0%, and 99\u00a0% with all heads on"),
        (1.0, np.int64(2), "right", "Of the other 5, none is missed clearly more"),
    ],
)
def test_the_head_that_is_missed_most(known, layer, head, status, text):
    is_told("02.head", {"layer": layer, "head": head}, status, text)


def test_each_head_is_silenced_alone():
    lm = exercises.load("fjord")
    name, whole, without = exercises._without_each()
    [(token, _, chance)] = lm.next_token(exercises.TEXT, 1).rows
    assert name == token.strip() and whole == pytest.approx(chance, rel=1e-3)
    assert without.shape == (lm.config.n_layers, lm.config.n_heads)
    layer, head = (int(one) for one in np.argwhere(without == without.min())[0])
    off = knobs.silenced(lm, [(layer, head)]).logits(exercises.TEXT)
    alone = right(off.astype(np.float64))[lm.tokenizer.pieces.index(token)]
    assert without[layer, head] == pytest.approx(alone, rel=1e-3)
