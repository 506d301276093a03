"""Another model is picked by keyboard and by a finger, in the notebook's own kernel."""

import pytest
from playwright.sync_api import expect

from llm_lessons.language_model import another
from llm_lessons.widgets.model_picker import ModelPicker
from tests.browser.made_page import is_as_narrow_as_its_window
from tests.browser.notebook_page import run_cell

HOME = """
import os, pathlib, tempfile
import pytest
from tests import fake_homes
patch = pytest.MonkeyPatch()
home = fake_homes.empty(pathlib.Path(tempfile.mkdtemp()) / "home", patch)
fake_homes.ollama(home, "llama3.2", "1b", "llama 3")
fake_homes.ollama(home, "qwen3", "0.6b", "qwen3")
blob = fake_homes.ollama(home, "half", "1b")
os.truncate(blob, blob.stat().st_size // 2)
patch.setenv("LLM_LESSONS_DIARY", str(home / "own"))"""
CELLS = [HOME, "import llm_lessons as ll\npicker = ll.ModelPicker()\npicker"]
PICKED = "from llm_lessons.language_model import another\nanother.picked()"
LATER = 'fake_homes.lm_studio(home, "someone/a/a.gguf"); another.picked()'


@pytest.fixture(autouse=True)
def own_pick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is picked here is forgotten again: other tests share this program."""
    monkeypatch.setattr(another, "_here", [])


def test_a_model_is_picked_by_the_keys(open_notebook):
    page = open_notebook([*CELLS, PICKED, LATER])
    group = page.get_by_role("group", name="Another model for the lessons")
    expect(group.get_by_role("radio")).to_have_count(4)
    half = group.get_by_role("radio", name="ollama:half:1b")
    expect(half).to_be_disabled()
    expect(group).to_contain_text("Can't run: It has ")
    status = page.locator(".ll-picker [role=status]")
    expect(status).to_have_text("No other model is picked.")
    group.get_by_role("radio", name="None").focus()
    page.keyboard.press("ArrowDown")  # past the one that can't run
    expect(status).to_contain_text("✓ ollama:llama3.2:1b is picked.")
    page.keyboard.press("ArrowDown")
    expect(status).to_contain_text("✓ ollama:qwen3:0.6b is picked. The lessons")
    assert run_cell(page, 2) == "'ollama:qwen3:0.6b'"
    run_cell(page, 3)
    page.get_by_role("button", name="Look again").click()
    expect(group.get_by_role("radio")).to_have_count(5)
    expect(group.get_by_role("radio", name="ollama:qwen3:0.6b")).to_be_checked()


def a_picker(**traits) -> ModelPicker:
    """One with these rows, whatever is on this computer."""
    picker = ModelPicker()
    for name, value in traits.items():
        setattr(picker, name, value)
    return picker


ROWS = [
    ["ollama:llama3.2:1b", "llama, 1.24 billion parameters, 1.3 GB on disk", ""],
    [
        "lmstudio:lmstudio-community/gemma-3-4b-it-GGUF/gemma-3-4b-it-Q4_K_M.gguf",
        "gemma3, 2.49 GB on disk",
        "Its architecture is gemma3, and the lessons run the Llama family.",
    ],
]


def test_a_finger_picks_and_nobody_answers(open_page):
    picker = a_picker(_rows=ROWS, _free="9.8 GB")
    page = open_page(picker, width=320, has_touch=True)
    is_as_narrow_as_its_window(page)
    page.get_by_text("ollama:llama3.2:1b").tap()
    expect(page.get_by_role("radio", name="ollama:llama3.2:1b")).to_be_checked()
    status = page.locator(".ll-picker [role=status]")
    expect(status).to_contain_text("Python is not answering.")


def test_a_pick_that_is_gone_is_shown_and_can_be_changed(open_page):
    picker = a_picker(_rows=ROWS, chosen=ROWS[0][0])
    picker._rows = ROWS[1:]
    page = open_page(picker, width=700)
    gone = page.get_by_role("radio", name="ollama:llama3.2:1b")
    expect(gone).to_be_checked()
    expect(gone).to_be_disabled()
    expect(page.locator(".ll-models")).to_contain_text("it is no longer there")
    page.get_by_role("radio", name="None").check()
    expect(gone).not_to_be_checked()
