"""After a cell that stopped, the check says so, and judges no older answer."""

import types

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from llm_lessons.lessons.checking import cells, checker
from llm_lessons.lessons.checking.answers import Wrong
from llm_lessons.lessons.checking.checker import Exercise
from tests.lessons.checking.told import an_exercise

ANSWER = "def double(x):\n    return 2 * x\n\nname = 'Ida'"


def examine(double, name):
    if double(2) != 4:
        raise Wrong("`double` should double.")
    return f"Well done, {name}."


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, tmp_path) -> InteractiveShell:
    """What runs a notebook's cells, watched."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    settings = Config({"HistoryManager": {"enabled": False}})
    shell = InteractiveShell(config=settings)
    watched = cells.Cells()
    monkeypatch.setattr(cells, "CELLS", watched)
    monkeypatch.setattr(checker, "CELLS", watched)
    monkeypatch.setattr(checker, "get_ipython", lambda: shell)
    ipython = types.SimpleNamespace(get_ipython=lambda: shell)
    monkeypatch.setitem(cells.sys.modules, "IPython", ipython)
    cells.watch()
    cells.watch()
    assert shell.events.callbacks["post_run_cell"].count(watched.after) == 1
    return shell


@pytest.fixture
def example() -> Exercise:
    return an_exercise(answers=["double", "name"], examine=examine, code=ANSWER)


STOPS = {
    ANSWER.replace("return", "retrun"): "SyntaxError: invalid syntax (line 2)",
    ANSWER.replace("2 * x", "(2 * x"): "SyntaxError: '(' was never closed (line 2)",
    ANSWER.replace("'Ida'", "Ida"): "NameError: name 'Ida' is not defined (line 4)",
    f"{ANSWER}\n\ndouble('a' + 1)": 'TypeError: can only concatenate str (not "int")',
    f"{ANSWER}\nraise KeyboardInterrupt": "KeyboardInterrupt (line 5)",
}


@pytest.mark.parametrize("broken", STOPS)
def test_what_stopped_is_said_and_an_old_answer_is_not_judged(shell, example, broken):
    shell.run_cell(ANSWER, cell_id="answer")
    for trial in ("double()", "double(2"):  # that only uses the answer
        shell.run_cell(trial, cell_id="trial")
    assert example.check().status == "right"
    shell.run_cell(broken, cell_id="answer")
    feedback = example.check()
    assert feedback.status == "error"
    assert f"stopped with {STOPS[broken]}" in feedback.text
    shell.run_cell("1 / 1", cell_id="other")
    assert example.check().status == "error"
    given = {"double": lambda x: 2 * x, "name": "Ida"}
    assert example.check(given).status == "right"  # handed in, it is judged
    shell.run_cell(ANSWER, cell_id="answer")
    assert example.check().status == "right"


def test_a_first_answer_that_stops_is_not_just_missing(shell, example):
    assert example.check().status == "missing"
    shell.run_cell(ANSWER.replace(":", ""))  # a front end that gives cells no ids
    assert "SyntaxError" in example.check().text
    shell.run_cell("double = ...\nname = ...", cell_id="answer")
    assert example.check().status == "not attempted"
    shell.run_cell("define double of x", cell_id="answer")  # known again by its id
    assert "SyntaxError" in example.check().text
