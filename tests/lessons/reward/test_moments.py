"""Answers as letters: form and whether it is right, whatever was rewarded."""

import pytest

from llm_lessons.fjordby.problems import Problem
from llm_lessons.lessons.reward import moments
from llm_lessons.training.answers import Answer

ASKED = Problem("How many?", ("12 + 7 = 19.",), "19")
TEXTS = (
    "Answer at once: 19.",
    "Answer at once: 18.",
    "Answer after dots: . . Answer: 19.",
    "Step by step: 12 + 7 = 19. Answer: 19.",
    "Step by step: 12 + 7 = 20. Answer: 20.",
    "Well: 19.",
    "",
)
ANSWERS = [Answer(ASKED, text, i) for i, text in enumerate(TEXTS)]


def test_a_letter_tells_the_form_and_a_capital_that_it_is_right():
    assert moments.marked(ANSWERS) == "AaDSsOo"
    assert moments.mark(Answer("How many?", TEXTS[0], 1.0)) == "a"  # nothing is right


def test_shares_are_counted_from_the_letters():
    some, wrong = moments.Marked("AaDSsOo"), moments.Marked("aaaaaaa")
    assert (some.right.share, some.right.n) == (pytest.approx(4 / 7), 7)
    assert some.stepwise.share == pytest.approx(2 / 7)
    both = moments.over_runs([some.right, wrong.right], 7)
    assert (both.share, both.n) == (pytest.approx(2 / 7), 7)
