"""The question before the reveal."""

import pytest

from llm_lessons.widgets import predict

CHOICES = {
    "Heads": (True, "The coin is biased."),
    "Tails": (False, "Look at the bars."),
}


def test_remembers_what_was_chosen():
    quiz = predict("Which side?", CHOICES)
    assert quiz.chosen is None
    quiz.chosen = "Tails"
    quiz.chosen = "Heads"
    assert quiz.chosen == "Heads"


def test_a_choice_that_is_not_there_is_refused():
    quiz = predict("Which side?", CHOICES)
    with pytest.raises(ValueError, match="'Edge' is none of the choices"):
        quiz.chosen = "Edge"


@pytest.mark.parametrize(
    ("question", "choices", "sentence"),
    [
        (" ", CHOICES, "needs a question"),
        ("Which?", {}, "0 right of 0"),
        ("Which?", {"a": (False, "x"), "b": (False, "y")}, "0 right of 2"),
        ("Which?", {"a": (True, "x"), "b": (True, "y")}, "2 right of 2"),
        ("Which?", {**CHOICES, "c": (False, " ")}, "'c' needs"),
        ("Which?", {**CHOICES, "": (False, "x")}, "'' needs"),
    ],
)
def test_an_unfair_question_is_refused(question, choices, sentence):
    with pytest.raises(ValueError, match=sentence):
        predict(question, choices)


def test_reads_as_text_where_there_is_no_page():
    assert repr(predict("Which?", CHOICES)) == "Which?\n  [ ] Heads\n  [ ] Tails"
