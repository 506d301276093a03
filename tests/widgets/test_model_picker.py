"""Another model, picked from a list: what it shows, keeps and refuses."""

import os
from pathlib import Path

import pytest

from llm_lessons.foundation import diary
from llm_lessons.language_model import another
from llm_lessons.widgets import ModelPicker
from tests import fake_homes

OLLAMA = "ollama:llama3.2:1b"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a model that runs, and one that is half there."""
    monkeypatch.setattr(another, "_here", [])
    monkeypatch.setenv(diary.PLACE, str(tmp_path / "own"))
    home = fake_homes.empty(tmp_path / "home", monkeypatch)
    fake_homes.ollama(home, "llama3.2", "1b", "llama 3")
    blob = fake_homes.ollama(home, "half", "1b")
    os.truncate(blob, blob.stat().st_size // 2)
    return home


def test_it_lists_what_there_is_and_why_not_and_looks_again(home: Path):
    picker = ModelPicker()
    half, whole = picker._rows
    assert half[0] == "ollama:half:1b" and "ollama pull half:1b" in half[2]
    assert whole[0] == OLLAMA and not whole[2]
    assert whole[1].startswith("llama, ") and "GB of memory" in whole[1]
    assert f"[ ] {OLLAMA}" in repr(picker)
    fake_homes.lm_studio(home, "someone/a/a.gguf")
    picker.set_state({"_asked": 1})
    assert picker._looked == 1 and len(picker._rows) == 3


def test_a_choice_that_can_run_is_kept_and_known_to_the_next(home: Path, monkeypatch):
    picker = ModelPicker()
    for name in ("ollama:half:1b", "ollama:other", "fjord"):
        with pytest.raises(ValueError, match="can't be picked"):
            picker.chosen = name
        assert another.picked() is None
    picker.set_state({"chosen": OLLAMA})
    assert picker._kept == [OLLAMA, True]
    assert another.picked() == OLLAMA == ModelPicker().chosen
    picker.set_state({"chosen": ""})
    assert another.picked() is None and picker._kept == ["", True]
    another.pick("ollama:gone")
    assert ModelPicker().chosen == "ollama:gone"
    another.pick(None)
    monkeypatch.setenv(diary.PLACE, diary.OFF)
    picker.set_state({"chosen": OLLAMA})
    assert picker._kept == [OLLAMA, False]
