"""The box of an exercise: what a check has found, and its three buttons."""

import types

import pytest

from llm_lessons.lessons.checking import checker
from llm_lessons.lessons.checking.answers import Wrong
from llm_lessons.lessons.checking.cells import Cells
from llm_lessons.lessons.checking.checker import Exercise, Feedback
from llm_lessons.widgets import ExerciseBox, exercise, exercise_box
from tests.lessons.checking.told import an_exercise


def examine(number):
    if number != 3:
        raise Wrong("`number` is not 3.")
    return "Well counted."


@pytest.fixture
def variables(monkeypatch: pytest.MonkeyPatch) -> dict:
    """Those of a notebook, whose cells are counted."""
    shell = types.SimpleNamespace(user_ns={"number": 2})
    monkeypatch.setattr(checker, "get_ipython", lambda: shell)
    monkeypatch.setattr(exercise_box, "get_ipython", lambda: shell)
    monkeypatch.setattr(exercise_box, "CELLS", Cells())
    return shell.user_ns


@pytest.fixture
def example() -> Exercise:
    hints = ["First.", "Second.", "Third."]
    own = {"answers": ["number"], "examine": examine, "code": "number = 3\n"}
    return an_exercise(hints=hints, **own)


def box_of(example: Exercise) -> ExerciseBox:
    box = ExerciseBox(example, example.check())
    exercise_box.CELLS.ran += 1  # the cell that shows it
    return box


def press_check(box: ExerciseBox) -> dict[str, str]:
    """What the page does when the button is pressed."""
    box._asked += 1
    assert box._answered == box._asked
    return box._found


def test_it_shows_what_the_check_has_found(example, variables):
    box = box_of(example)
    assert box._found["status"] == "wrong" and box._answered == 0
    assert repr(box) == "Exercise 99.1: ✗ Not yet. `number` is not 3."
    assert box._hints == ["First.", "Second.", "Third."]
    assert box._solution == "number = 3\n"
    assert (box.hints_shown, box.solution_shown) == (0, False)


def test_a_press_checks_the_answer_of_now(example, variables):
    box = box_of(example)
    variables["number"] = 3
    exercise_box.CELLS.ran += 1
    found = press_check(box)
    assert (found["verdict"], found["text"]) == ("✓ Right.", "Well counted.")
    assert found["usage"] == ""


def test_who_checks_twice_without_a_run_is_told_to_run(example, variables):
    box = box_of(example)
    assert "No cell has run since" in press_check(box)["usage"]
    exercise_box.CELLS.ran += 1
    assert press_check(box)["usage"] == ""
    assert "No cell has run since" in press_check(box)["usage"]
    variables["number"] = 3  # by a thread, say: what is right is never doubted
    assert press_check(box)["usage"] == ""


def test_hints_by_button_and_by_call_are_counted_together(example, variables):
    box = box_of(example)
    box.hints_shown = 2
    assert example.hint().title.endswith("hint 3 of 3")
    assert box_of(example).hints_shown == 3


def test_a_check_is_feedback_that_a_notebook_shows_as_a_box(variables):
    found = exercise("04.1").check()
    assert isinstance(found, exercise_box.Checked) and found.status == "missing"
    assert repr(found).startswith("Exercise 04.1: ○ Not there.")
    assert "data-status" in found._repr_html_()  # for who shows no controls
    shown = found._repr_mimebundle_()
    data = shown[0] if isinstance(shown, tuple) else shown
    assert "application/vnd.jupyter.widget-view+json" in data


@pytest.mark.parametrize("answers", [{"text": "Once upon a"}, {"text": 6}, {}])
def test_what_is_handed_in_or_checked_in_a_terminal_has_no_box(answers):
    found = exercise("00.sure").check(answers)
    assert type(found) is Feedback
    assert type(exercise("00.sure").check()) is Feedback  # there is no notebook
