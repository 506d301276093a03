"""The question before the reveal."""

import pytest

from llm_lessons.lessons.questions import QUESTIONS, Choice, Question
from llm_lessons.widgets import Predict, predict

SIDE = Question(
    "99.side",
    "Which side?",
    (
        Choice("Heads", True, "The coin is biased."),
        Choice("Tails", False, "Look at the bars."),
    ),
)


def test_remembers_what_was_chosen():
    quiz = Predict(SIDE)
    assert repr(quiz) == "Which side?\n  [ ] Heads\n  [ ] Tails"
    assert quiz.chosen is None
    quiz.chosen = "Tails"
    quiz.chosen = "Heads"
    assert quiz.chosen == "Heads"


def test_a_choice_that_is_not_there_is_refused():
    quiz = Predict(SIDE)
    with pytest.raises(ValueError, match="'Edge' is none of the choices"):
        quiz.chosen = "Edge"


def test_a_lesson_asks_by_name_and_says_no_answer_as_text():
    for question in QUESTIONS:
        quiz = predict(question.name)
        assert quiz.question == question.text
        shown = repr(quiz)
        for choice in question.choices:
            quiz.chosen = choice.text
            assert f"[ ] {choice.text}" in shown and choice.why not in shown
