"""Another model on this computer: picked, kept, opened; and what is said without."""

import types
from pathlib import Path

import pytest

import llm_lessons as ll
from llm_lessons.foundation import diary
from llm_lessons.foundation.checks import WrongKind
from llm_lessons.foundation.diary import Diary
from llm_lessons.language_model import another
from tests import fake_homes

OLLAMA = "ollama:llama3.2:1b"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with nothing in it, of somebody who has picked nothing."""
    monkeypatch.setattr(another, "_here", [])
    monkeypatch.setattr(another, "_held", {})
    monkeypatch.setenv(diary.PLACE, str(tmp_path / "own"))
    monkeypatch.setattr(diary, "shell", lambda: types.SimpleNamespace(user_ns={}))
    return fake_homes.empty(tmp_path / "home", monkeypatch)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is shown in Markdown."""
    shown: list[str] = []
    monkeypatch.setattr(
        "IPython.display.display", lambda one: shown.append(one.data.strip("*"))
    )
    return shown


def test_what_is_there_is_named_and_nothing_is_opened(home: Path, said: list[str]):
    assert ll.another_model() is None
    assert said[0].startswith("No other model is on this computer, and the lesson ")
    assert "`ollama pull llama3.2:1b`" in said[0] and "LM Studio" in said[0]
    fake_homes.ollama(home, "llama3.2", "1b", "llama 3")
    for file in ("a", "b", "c", "d"):
        fake_homes.llama_cpp(home, f"{file}.gguf")
    assert ll.another_model() is None
    assert said[1].startswith("No other model is picked, and the lesson goes on ")
    assert f"Found: `{OLLAMA}`" in said[1] and "and 2 more. To count" in said[1]


def test_a_pick_is_kept_for_other_notebooks_where_it_can_be(
    home: Path, said: list[str], monkeypatch
):
    fake_homes.ollama(home, "llama3.2", "1b", "llama 3")
    assert another.picked() is None
    assert another.pick(OLLAMA)
    monkeypatch.setattr(another, "_held", {})  # another kernel
    lm = ll.another_model()
    assert lm and lm.name == OLLAMA and not said
    assert ll.another_model() is lm  # it is not read twice
    monkeypatch.setattr(diary, "_NOTED", set())
    diary.note("04", "guesses", "04.zero")
    assert diary.read() == Diary("04", {"04": {"guesses": ["04.zero"]}}, OLLAMA)
    assert another.pick(None) and another.picked() is None
    assert diary.read().last == "04"
    monkeypatch.setenv(diary.PLACE, diary.OFF)  # it holds in this notebook alone
    assert not another.pick(OLLAMA) and another.picked() == OLLAMA
    assert not another.pick(None) and another.picked() is None


def test_a_name_in_the_cell_goes_before_the_pick(home: Path, said: list[str]):
    fake_homes.ollama(home, "llama3.2", "1b", "llama 3")
    fake_homes.ollama(home, "b", "1b")
    another.pick(OLLAMA)
    lm = ll.another_model("ollama:b:1b")
    assert lm and lm.name == "ollama:b:1b"
    assert another.picked() == OLLAMA
    assert list(another._held) == ["ollama:b:1b"]  # one at a time
    assert ll.another_model("ollama:c") is None
    assert said[0].startswith("The model `ollama:c` can't be opened, and the lesson ")
    assert "There is no 'c' in the folders of Ollama." in said[0]
    with pytest.raises(WrongKind, match="another_model takes a name"):
        ll.another_model(5)  # type: ignore[arg-type]
