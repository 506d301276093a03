"""What a learner has done: kept on their machine, not in the way, forgotten at will."""

import json
import types
from pathlib import Path

import platformdirs
import pytest

from llm_lessons.foundation import diary
from llm_lessons.foundation.diary import Diary


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The file, in a notebook of somebody who has done nothing yet."""
    monkeypatch.setenv(diary.PLACE, str(tmp_path / "own"))
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    monkeypatch.setattr(diary, "shell", lambda: types.SimpleNamespace(user_ns={}))
    monkeypatch.setattr(diary, "_NOTED", set())
    monkeypatch.setattr(diary, "_opened", [])
    return tmp_path / "own" / diary.FILE


def test_what_is_noted_is_read_again_once_each_until_it_is_forgotten(kept: Path):
    assert diary.read() == Diary()
    for _ in range(2):
        diary.note("04", "guesses", "04.zero")
        diary.note("05", "exercises", "05.surprise")
        diary.note("04", "exercises", "04.jobs")
    found = diary.read()
    assert found.last == "04"
    assert found.names("04", "guesses") == ["04.zero"]
    assert found.names("04", "exercises") == ["04.jobs"]
    assert found.names("05", "exercises") == ["05.surprise"]
    assert found.names("09", "controls") == []
    assert [one.name for one in kept.parent.iterdir()] == [diary.FILE]
    assert diary.forget() and not kept.exists()
    assert diary.read() == Diary()
    assert diary.forget()  # twice is once
    diary.note("04", "guesses", "04.zero")
    assert diary.read().names("04", "guesses") == ["04.zero"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"\xff\xfe",
        b'{"done": {"04": [1]}}',
        b'{"done": {"04": {"guesses": [1, null]}}, "last": ["04"]}',
        b'{"done": {"04": {"spells": ["a"]}}, "last": {}, "model": 5}',
        json.dumps({"done": {"04": {"guesses": ["a"] * 1000}}}).encode(),
        b"[" * 100_000,
    ],
)
def test_a_file_that_is_none_of_ours_counts_as_nothing(kept: Path, content: bytes):
    kept.parent.mkdir(exist_ok=True)
    kept.write_bytes(content)
    diary._NOTED.clear()
    assert not any(any(kinds.values()) for kinds in diary.read().done.values())
    assert diary.read().model is None
    diary.note("04", "guesses", "04.zero")
    assert diary.read().names("04", "guesses") == ["04.zero"]


def test_where_nothing_can_be_written_and_in_a_script_nothing_happens(
    kept: Path, monkeypatch
):
    kept.parent.write_text("a file in the place of the folder")
    diary.note("04", "guesses", "04.zero")
    assert diary.read() == Diary() and diary.forget()
    kept.parent.unlink()
    monkeypatch.setattr(diary, "shell", lambda: None)
    diary.note("04", "guesses", "04.zero")
    assert not kept.exists()
    monkeypatch.delenv(diary.PLACE)
    assert diary.place() == Path(platformdirs.user_data_dir("llm_lessons"), diary.FILE)
    monkeypatch.setattr("platformdirs.user_data_dir", lambda *_: "~/x")  # no home
    assert diary.place() is None
    monkeypatch.setattr(diary, "shell", lambda: types.SimpleNamespace(user_ns={}))
    monkeypatch.setenv(diary.PLACE, diary.OFF)
    diary.note("04", "guesses", "04.zero")
    assert diary.place() is None and diary.read() == Diary() and diary.forget()


def test_a_notebook_is_known_by_its_name_or_by_what_it_showed(kept: Path, monkeypatch):
    for name, lesson in (
        ("/home/10_ida/mine.ipynb", None),
        ("/home/ida/notebooks/04_temperature.ipynb", "04"),
        ("C:\\lessons\\05_training.ipynb", "05"),
        ("06_lossy_zip (mine 1).ipynb", "06"),
    ):
        monkeypatch.setenv("JPY_SESSION_NAME", name)
        assert diary.lesson_here() == lesson
    variables = {"__vsc_ipynb_file__": "/tmp/09_working_memory.ipynb"}
    shell = types.SimpleNamespace(user_ns=variables)
    monkeypatch.setattr(diary, "shell", lambda: shell)
    assert diary.lesson_here() == "09"
    variables.clear()
    monkeypatch.delenv("JPY_SESSION_NAME")
    diary.open_lesson("07")
    diary.note_here("controls", "Knob")
    assert diary.read().last == "07"
