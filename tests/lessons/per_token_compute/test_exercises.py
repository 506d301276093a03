"""Plausible wrong answers, and what each of them is told."""

import pytest

from llm_lessons.fjordby.varied import marbles
from llm_lessons.lessons.exercises import exercise
from tests.each import each_of
from tests.lessons.checking.told import is_told

EASY = marbles.read_aloud(1, 1)[0]


@each_of(
    ("question", "text"),
    [
        (738 * 694, "a text in quotes"),
        ("Work out 738 x 694.", "end it with a question mark"),
        ("?", "a part of the easy one"),
        (EASY.question, "a part of the easy one"),
        (marbles.held_out(1, 6)[0].question, "does not cost less"),
        ("Why? " * 300, "too long"),
    ],
)
def test_a_question_that_is_not_cheaper_is_told_why(question, text):
    is_told("07.1", {"question": question}, "wrong", text)


@pytest.mark.parametrize("question", ["738 x 694 =", " Who wrote the Edda? "])
def test_a_short_question_is_cheaper_whatever_it_asks(question):
    feedback = exercise("07.cheaper").check({"question": question})
    assert feedback.status == "right" and "5,7" in feedback.text


@each_of(
    ("times", "status", "text"),
    [
        (72, "wrong", "divide instead"),
        (3 / 75, "wrong", "the other way round"),
        (1, "wrong", "there are more of them"),
        (6, "wrong", "one answer has 3 tokens"),
        ("many", "wrong", "should be a number"),
        (25, "right", "More tokens bring more computation"),
    ],
)
def test_same_for_all(times, status, text):
    is_told("07.2", {"times": times}, status, text)


@each_of(
    ("tokens", "status", "text"),
    [
        (97_789, "right", "97,789 tokens"),
        (97_750, "right", "half of the work"),
        (1 / 97_789, "wrong", "the other way round"),
        (1_237, "wrong", "so it is for Fjord"),
        (3_890, "wrong", "so it is for SmolLM2"),
        (131_072, "wrong", "the longest text"),
        (50_000, "wrong", "a longer text"),
        (120_000, "wrong", "a shorter text"),
        (0, "wrong", "one token or more"),
        ("many", "wrong", "should be a number"),
    ],
)
def test_the_length_at_which_looking_back_wins(tokens, status, text):
    is_told("07.3", {"tokens": tokens}, status, text)
