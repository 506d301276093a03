"""The box of an exercise: what is typed, what a check has found, its three buttons."""

import types

import pytest
from IPython.core.formatters import DisplayFormatter

from llm_lessons.lessons.checking import checker
from llm_lessons.lessons.checking.answers import Wrong
from llm_lessons.lessons.checking.boxes import Box, Number
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


def test_a_press_checks_the_answer_of_now(example, variables):
    box = box_of(example)
    assert repr(box) == "Exercise 99.1: ✗ Not yet. `number` is not 3."
    assert "No cell has run since" in press_check(box)["text"]
    exercise_box.CELLS.ran += 1
    assert press_check(box)["text"] == "`number` is not 3."
    variables["number"] = 3  # by a thread, say: what is right is never doubted
    found = press_check(box)
    assert (found["verdict"], found["text"]) == ("✓ Right.", "Well counted.")


def test_hints_by_button_and_by_call_are_counted_together(example, variables):
    box = box_of(example)
    assert (box.hints_shown, box.solution_shown) == (0, False)
    box.hints_shown = 2
    assert example.hint().title.endswith("hint 3 of 3")
    assert box_of(example).hints_shown == 3


def test_what_is_typed_into_boxes_is_checked_and_kept():
    boxes = {"number": Number("How many?", "3"), "word": Box("A word", "sea")}
    task = an_exercise(answers=boxes, examine=lambda number, word: examine(number))
    box = ExerciseBox(task)
    assert repr(box) == repr(task)
    assert (box._title, box._task, box._found) == ("Exercise 99.1", task.task, None)
    assert [one[1:3] for one in box._boxes] == [["How many?", True], ["A word", False]]
    assert box._solution == "How many?: 3\nA word: sea\n"
    for typed, status in (
        ({}, "not attempted"),
        ({"number": "3"}, "not attempted"),
        ({"number": "two", "word": "sea"}, "wrong"),
        ({"number": "3,0", "word": "sea"}, "right"),
    ):
        box.set_state({"answers": typed, "_asked": box._asked + 1})
        assert box._found["status"] == status
    assert box.get_state("answers") == {"answers": {"number": "3,0", "word": "sea"}}


def test_a_notebook_shows_boxes_where_there_is_no_code():
    view = "application/vnd.jupyter.widget-view+json"
    shown, _ = DisplayFormatter().format(exercise("00.1"))
    assert view in shown and "Your line" not in shown["text/plain"]
    shown, _ = DisplayFormatter().format(exercise("04.3"))
    assert view not in shown and "apply_temperature" in shown["text/html"]


def test_what_is_handed_in_or_checked_in_a_terminal_has_no_box():
    for answers in ({"text": "My name is Oda."}, {}, None):
        assert type(exercise("00.name").check(answers)) is Feedback
