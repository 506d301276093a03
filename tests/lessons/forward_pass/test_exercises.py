"""Plausible wrong answers, and what each of them is told."""

import math

import jax
import numpy as np
import pytest

from llm_lessons.lessons.exercises import exercise
from llm_lessons.lessons.forward_pass import exercises
from llm_lessons.model.config import FJORD, LLAMA3_405B
from tests.each import each_of
from tests.exercises.told import is_told


def right(scores):
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()


def overflows(scores):
    powers = np.exp(scores)
    return powers / powers.sum()


def stops(scores):
    powers = np.array([math.exp(score) for score in scores])
    return powers / powers.sum()


def only_positive(scores):
    return np.exp(scores)


def by_the_sum(scores):
    return scores / scores.sum()


def by_the_largest(scores):
    powers = np.exp(scores - scores.max())
    return powers / powers.max()


def shifted(scores):
    heights = scores - scores.min() + 1
    return heights / heights.sum()


def squared(scores):
    powers = 2.0 ** (scores - scores.max())
    return powers / powers.sum()


def is_uniform(scores):
    return np.full(scores.shape, 1 / scores.size)


def largest_only(scores):
    return (scores == scores.max()) / (scores == scores.max()).sum()


def forgets_to_return(scores):
    right(scores)


def gives_one_number(scores):
    return right(scores).max()


def gives_words(scores):
    return ["a"] * len(scores)


def misspells(scores):
    return right(score)  # pyright: ignore


@each_of(
    ("function", "status", "text"),
    [
        (only_positive, "wrong", "probabilities add to 1"),
        (by_the_sum, "wrong", "below 0"),
        (by_the_largest, "wrong", "Divide by the sum of all"),
        (shifted, "wrong", "Is it `np.exp`"),
        (squared, "wrong", "Is it `np.exp`"),
        (is_uniform, "wrong", "should get"),
        (largest_only, "wrong", "should get"),
        (forgets_to_return, "wrong", "end it with `return`"),
        (gives_one_number, "wrong", "should be 5 probabilities"),
        (gives_words, "wrong", "array of numbers"),
        (misspells, "error", "NameError"),
    ],
)
def test_a_wrong_softmax_is_told_why(function, status, text):
    is_told("02.1", {"softmax": function}, status, text)


@pytest.mark.parametrize("function", [right, jax.nn.softmax, lambda x: list(right(x))])
def test_every_right_softmax_passes(function):
    assert exercise("02.softmax").check({"softmax": function}).status == "right"


@pytest.mark.parametrize("function", [overflows, stops])
def test_the_softmax_of_the_text_is_right_and_leads_to_a_discovery(function):
    """The task and the first hint say nothing of huge scores."""
    feedback = exercise("02.softmax").check({"softmax": function})
    assert feedback.status == "right"
    assert "run `softmax(np.array([1000.0, 999.0, 0.0]))`" in feedback.text
    assert "it holds as well" not in feedback.text
    mended = exercise("02.softmax").check({"softmax": right})
    assert "it holds as well" in mended.text and "np.exp(1000)" not in mended.text


ONE = FJORD.d_model * FJORD.d_ff
LLAMA = LLAMA3_405B.d_model * LLAMA3_405B.d_ff


@each_of(
    ("one", "every", "llama", "status", "text"),
    [
        (FJORD.d_model + FJORD.d_ff, 6 * ONE, LLAMA, "wrong", "multiply"),
        (FJORD.d_model**2, 6 * ONE, LLAMA, "wrong", "no square"),
        (6 * ONE, 6 * ONE, LLAMA, "wrong", "one is asked for"),
        (ONE, ONE, LLAMA, "wrong", "Each layer has a gate"),
        (ONE, 5 * ONE, LLAMA, "wrong", "6 layers"),
        (ONE, 6 * ONE, 126 * LLAMA, "wrong", "`llama_gate`: that is all layers"),
        (ONE, 6 * ONE, ONE, "wrong", "16,384 rows and 53,248 columns"),
        ("many", 6 * ONE, LLAMA, "wrong", "should be a number"),
        (ONE, 6 * ONE, LLAMA, "right", "times as many as all of Fjord's gates"),
    ],
)
def test_counts(one, every, llama, status, text):
    answers = {"one_gate": one, "all_gates": every, "llama_gate": llama}
    is_told("02.2", answers, status, text)


@each_of(
    ("most", "least", "status", "text"),
    [
        ("A", "B", "wrong", "two rows are left"),
        ("B", "A", "wrong", "“a” has a part"),
        ("C", "A", "wrong", "hardly any chance"),
        ("B", "B", "wrong", "two letters"),
        ("house", "bag", "wrong", 'one of "A", "B", "C"'),
        ("c", "b", "right", "It does matter in another text"),
    ],
)
def test_knobs(most, least, status, text):
    is_told("02.3", {"moves_most": most, "moves_least": least}, status, text)


def test_the_task_says_what_is_so():
    lm = exercises.load("fjord")
    pieces = lm.tokenizer.pieces
    read = [pieces[i] for i in lm.encode(exercises._PROMPT)]
    odds = right(lm.logits(exercises._PROMPT))
    assert pieces[odds.argmax()] == exercises._FAVOURITE
    assert read[-1] == " a" and exercises._UNLIKELY not in read
    assert odds[pieces.index(exercises._UNLIKELY)] < 0.001
