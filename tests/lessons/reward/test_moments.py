"""Answers as letters: form and whether it is right, whatever was rewarded."""

import pytest

from llm_lessons.fjordby.problems import Problem
from llm_lessons.lessons.reward import moments
from llm_lessons.training.answers import Answer, Step

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


def test_a_moment_shows_the_answers_before_its_step():
    found = moments.moment(Step(3, ANSWERS, 0.1, True))
    assert (found.steps, found.marks, found.reward) == (2, "AaDSsOo", 3)
    assert [one.text for one in found.examples] == [TEXTS[0], TEXTS[2], TEXTS[4]]
    assert [one.right for one in found.examples] == [True, True, False]
    assert {one.question for one in found.examples} == {"How many?"}
