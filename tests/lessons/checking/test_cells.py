"""After a cell that stopped, the check says so, and judges no older answer."""

import types

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from llm_lessons.lessons.checking import cells
from llm_lessons.lessons.checking.answers import Wrong
from llm_lessons.lessons.checking.checker import Exercise
from tests.each import each_of
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
    monkeypatch.setattr(cells, "CELLS", watched := cells.Cells())
    checker = "llm_lessons.lessons.checking.checker"
    monkeypatch.setattr(f"{checker}.CELLS", watched)
    monkeypatch.setattr(f"{checker}.get_ipython", lambda: shell)
    shell.events.register("post_run_cell", watched.after)
    return shell


@pytest.fixture
def example() -> Exercise:
    return an_exercise(answers=["double", "name"], examine=examine, solution=ANSWER)


STOPS = {
    ANSWER.replace("return", "retrun"): "SyntaxError: invalid syntax (line 2)",
    ANSWER.replace("2 * x", "(2 * x"): "SyntaxError: '(' was never closed (line 2)",
    ANSWER.replace("    return", "return"): "IndentationError: expected an indented",
    ANSWER.replace("'Ida'", "Ida"): "NameError: name 'Ida' is not defined (line 4)",
    f"{ANSWER}\n1 / 0": "ZeroDivisionError: division by zero (line 5)",
    f"{ANSWER}\n\ndouble('a' + 1)": 'TypeError: can only concatenate str (not "int")',
    f"{ANSWER}\nraise KeyboardInterrupt": "KeyboardInterrupt (line 5)",
}


@each_of("broken", STOPS)
def test_what_stopped_is_said_and_an_old_answer_is_not_judged(shell, example, broken):
    shell.run_cell(ANSWER, cell_id="answer")
    assert example.check().status == "right"
    shell.run_cell(broken, cell_id="answer")
    feedback = example.check()
    assert feedback.status == "error"
    assert f"stopped with {STOPS[broken]}" in feedback.text
    shell.run_cell("1 / 1", cell_id="other")
    assert example.check().status == "error"
    shell.run_cell(ANSWER, cell_id="answer")
    assert example.check().status == "right"


def test_a_first_answer_that_stops_is_not_just_missing(shell, example):
    assert example.check().status == "missing"
    shell.run_cell(ANSWER.replace(":", ""))  # a front end that gives cells no ids
    assert "SyntaxError" in example.check().text


def test_a_cell_that_only_uses_the_answer_is_no_answer(shell, example):
    shell.run_cell(ANSWER, cell_id="answer")
    shell.run_cell("double()", cell_id="trial")
    shell.run_cell("double(2", cell_id="trial")
    assert example.check().status == "right"


def test_a_cell_is_known_again_where_not_even_the_names_are_left(shell, example):
    shell.run_cell("double = ...\nname = ...", cell_id="answer")
    shell.run_cell("define double of x", cell_id="answer")
    assert "SyntaxError" in example.check().text


def test_answers_that_are_handed_in_are_judged(shell, example):
    shell.run_cell(ANSWER.replace("return", "retrun"))
    given = {"double": lambda x: 2 * x, "name": "Ida"}
    assert example.check(given).status == "right"


def test_it_watches_a_notebook_once_and_does_nothing_elsewhere(monkeypatch):
    registered = []
    events = types.SimpleNamespace(
        callbacks={"post_run_cell": registered},
        register=lambda event, call: registered.append(call),
    )
    shell = types.SimpleNamespace(events=events)
    ipython = types.SimpleNamespace(get_ipython=lambda: shell)
    monkeypatch.setitem(cells.sys.modules, "IPython", ipython)
    cells.watch()
    cells.watch()
    assert registered == [cells.CELLS.after]
    monkeypatch.setitem(
        cells.sys.modules, "IPython", types.SimpleNamespace(get_ipython=lambda: None)
    )
    cells.watch()
    monkeypatch.delitem(cells.sys.modules, "IPython")
    cells.watch()
