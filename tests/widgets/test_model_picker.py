"""Another model, picked from a list: what it shows, keeps and refuses."""

import os
from pathlib import Path

import pytest

from llm_lessons import another, diary
from llm_lessons.on_disk import memory
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


def test_it_lists_what_there_is_and_why_not(home: Path):
    picker = ModelPicker()
    half, whole = picker._rows
    assert half[0] == "ollama:half:1b" and "ollama pull half:1b" in half[2]
    assert whole[0] == OLLAMA and not whole[2]
    assert whole[1].startswith("llama, ") and "GB of memory" in whole[1]
    assert picker.chosen == "" and picker._kept == ["", True]
    assert picker._free.endswith(" GB")
    assert f"[ ] {OLLAMA}" in repr(picker)


def test_a_choice_is_kept_and_known_to_the_next(home: Path):
    picker = ModelPicker()
    picker.set_state({"chosen": OLLAMA})
    assert picker._kept == [OLLAMA, True]
    assert another.picked() == OLLAMA == ModelPicker().chosen
    assert f"[x] {OLLAMA}" in repr(picker)
    picker.set_state({"chosen": ""})
    assert another.picked() is None and picker._kept == ["", True]


@pytest.mark.parametrize("name", ["ollama:half:1b", "ollama:other", "fjord"])
def test_what_can_not_run_is_not_picked(home: Path, name: str):
    with pytest.raises(ValueError, match="can't be picked"):
        ModelPicker().chosen = name
    assert another.picked() is None


def test_it_looks_again(home: Path):
    picker = ModelPicker()
    fake_homes.lm_studio(home, "someone/a/a.gguf")
    picker.set_state({"_asked": 1})
    assert picker._looked == 1 and len(picker._rows) == 3


def test_a_pick_that_is_gone_stays_what_is_picked(home: Path):
    another.pick("ollama:gone")
    assert ModelPicker().chosen == "ollama:gone"


def test_where_nothing_can_be_kept_it_says_so(home: Path, monkeypatch):
    monkeypatch.setenv(diary.PLACE, diary.OFF)
    picker = ModelPicker()
    picker.set_state({"chosen": OLLAMA})
    assert picker._kept == [OLLAMA, False]


def test_a_model_that_fits_in_bfloat16_alone_says_that_it_is_slow(
    home: Path, monkeypatch
):
    whole = ModelPicker()._rows[1]
    needs = memory.SPARE + 130_000
    monkeypatch.setattr(memory, "free", lambda: needs)
    slow = ModelPicker()._rows[1]
    assert slow[1].endswith("slowly, with its weights in bfloat16") and not slow[2]
    assert "slowly" not in whole[1]
