"""Where to go on, and the page that says what was done."""

import json
import types

import pytest

import llm_lessons as ll
from llm_lessons import widgets
from llm_lessons.foundation import diary
from llm_lessons.foundation.diary import Diary
from llm_lessons.foundation.paths import NOTEBOOKS
from llm_lessons.lessons import LESSONS
from llm_lessons.lessons.checking import checker
from llm_lessons.lessons.exercises import EXERCISES
from llm_lessons.lessons.questions import QUESTIONS
from llm_lessons.widgets import ExerciseBox, GrowingVocabulary, exercise, predict
from llm_lessons.widgets.base import Control
from llm_lessons.widgets.progress import ProgressPage, chapters, go_on_with
from tests import tiny


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, tmp_path):
    """The diary of somebody in a notebook who has done nothing yet."""
    monkeypatch.setenv(diary.PLACE, str(tmp_path))
    shell = types.SimpleNamespace(user_ns={})
    monkeypatch.setattr(diary, "shell", lambda: shell)
    monkeypatch.setattr(diary, "_NOTED", set())
    monkeypatch.setattr(diary, "_opened", [])
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    box = "llm_lessons.widgets.exercise_box"
    monkeypatch.setattr(f"{box}.get_ipython", lambda: shell)
    monkeypatch.setattr(checker, "get_ipython", lambda: shell)
    return shell.user_ns


def whole(number: str) -> dict:
    guesses = [one.name for one in QUESTIONS if one.name[:2] == number]
    exercises = [one.name for one in EXERCISES if one.number[:2] == number]
    return {"guesses": guesses, "exercises": exercises}


ALL = [f"{place:02}" for place in range(len(LESSONS))]


def test_titles_are_those_of_the_notebooks():
    for chapter in chapters(Diary()):
        path = NOTEBOOKS / f"{chapter.name}.ipynb"
        cell = json.loads(path.read_text(encoding="utf-8"))["cells"][0]
        assert "".join(cell["source"]).splitlines()[0] == f"# {chapter.title}"


@pytest.mark.parametrize(
    "last, done, number",
    [
        (None, {}, "01"),
        ("04", {"04": {"guesses": ["04.zero"]}}, "04"),
        ("04", {"04": whole("04")}, "05"),
        (ALL[-1], {ALL[-1]: whole(ALL[-1])}, "01"),
        ("04", {"04": whole("04"), "05": whole("05")}, "06"),
        ("04", {number: whole(number) for number in ALL if number != "03"}, "03"),
        ("04", {number: whole(number) for number in ALL if number != "00"}, None),
    ],
)
def test_it_says_with_which_lesson_to_go_on(last, done, number):
    chapter = go_on_with(Diary(last, done))
    assert (chapter and chapter.number) == number


def test_what_is_guessed_moved_and_solved_is_noted(kept, capsys):
    quiz = predict("04.zero")
    quiz.set_state({"chosen": quiz._choices[0][0]})
    for size in (300, 310):
        vocabulary = GrowingVocabulary(tiny.tokenizer(), "The fox")
        vocabulary.set_state({"size": size})
    box = ExerciseBox(EXERCISES[0])
    for text in ("I have a cat.", "My name is Oda."):  # the first is wrong
        assert diary.read().names("00", "exercises") == []
        box.set_state({"answers": {"text": text}, "_asked": box._asked + 1})
    kept["apply_temperature"] = ...
    exercise("04.temperature").check()
    exercise("04.temperature").solution()
    found = diary.read()
    assert found.names("04", "guesses") == ["04.zero"]
    assert found.names("04", "controls") == ["GrowingVocabulary"]
    assert found.names("00", "exercises") == ["00.name"]
    assert found.names("04", "solutions") == ["04.temperature"]

    before = diary.read()
    GrowingVocabulary(tiny.tokenizer(), "The fox").size = 300  # Python moves nothing
    assert diary.read() == before
    shown = repr(ll.progress())
    assert shown.startswith("Go on with 4 · Temperature.")
    assert "◐ 4 · Temperature: 1 of 1 guess, 1 of 3 exercises, 1 toy tried" in shown
    assert '<a href="04_temperature.ipynb">' in ll.progress()._repr_html_()

    ll.progress().forget()
    assert "deleted" in capsys.readouterr().out
    assert "Nothing is noted yet" in repr(ll.progress())


def test_every_control_is_noted_and_no_other_widget():
    toys = {name for name, one in vars(widgets).items() if isinstance(one, type)}
    noted = {name for name in toys if issubclass(getattr(widgets, name), Control)}
    quiet = {"ExerciseBox", "MeasureAnew", "Predict", "ProgressPage", "SixQuestions"}
    assert toys - noted == quiet
    assert len(noted) > 15


def test_the_page_says_what_was_done_and_gives_no_marks():
    done: dict = {number: whole(number) for number in ALL}
    done["04"] |= {"controls": ["NextToken"], "solutions": ["04.jobs"]}
    done["04"]["exercises"] = ["04.temperature", "04.half"]
    page = ProgressPage(Diary("04", done))
    assert page._is_whole and len(page._chapters) == len(ALL) - 1
    title, parts = page._chapters[3]
    assert title == "4 · Temperature"
    told = dict(parts)
    assert told["Toys tried"] == ["next token"]
    assert told["Solutions read"] == ["Pick temperatures for facts and for stories"]
    assert "Write what the temperature does" in repr(page)
