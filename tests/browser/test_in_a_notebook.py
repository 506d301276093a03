"""Controls in a real JupyterLab: by keyboard and by mouse, down to Python and back."""

import ast
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.made_page import drag, press
from tests.browser.notebook_page import cell_with, no_barriers, run_cell
from tests.pages.test_told import written
from tests.web.test_parity import reference
from tests.widgets.stand_in import StandIn

READ = "(widget.prompt, widget.temperature, widget.top_k, widget.top_p, widget.drawn)"
TASKS = [
    "import os\nimport string\nimport llm_lessons as ll\n"
    'os.environ["LLM_LESSONS_DIARY"] = os.getcwd()\nll.predict("04.zero")',
    "from IPython.display import Markdown\n"
    'Markdown("A [**token**](glossary.md#Token) more.")',
    'll.exercise("00.1")',
    "def downhill(knob, slope, size): ...",
    'll.exercise("05.2").check()',
    "del string",
    "ll.progress()",
    "ll.progress().page()",
]
MEASURES = """
import time
from dataclasses import dataclass
from matplotlib import pyplot as plt
from llm_lessons.measuring.kept import Kept, Source
from llm_lessons.foundation.waiting import Waiting
from llm_lessons.widgets import MeasureAnew

@dataclass
class Found:
    cases: int
    def figure(self):
        return plt.subplots(figsize=(3, 1))[0]
    def alt(self):
        return f"A figure of {self.cases} cases."
def measure(cases):
    with Waiting("asking", cases) as bar:
        for _ in range(cases):
            time.sleep(0.05)
            bar.done()
    return Found(cases)

kept = Kept(Found(40), "2026-11-29", 2.0, Source({}, "", 40))
MeasureAnew(measure, kept, {})"""
PICKS = """
import pathlib, tempfile
import pytest
from tests import fake_homes
patch = pytest.MonkeyPatch()
home = fake_homes.empty(pathlib.Path(tempfile.mkdtemp()) / "home", patch)
fake_homes.ollama(home, "llama3.2", "1b", "llama 3")
fake_homes.ollama(home, "qwen3", "0.6b", "qwen3")
blob = fake_homes.ollama(home, "half", "1b")
os.truncate(blob, blob.stat().st_size // 2)
picker = ll.ModelPicker()
fake_homes.lm_studio(home, "someone/a/a.gguf")
picker"""
PICKED = "from llm_lessons.language_model import another\nanother.picked()"
CELLS = [
    "from llm_lessons.widgets import NextToken\n"
    "from tests.widgets.stand_in import StandIn\n"
    "widget = NextToken(StandIn(), 'Once')\nwidget",
    READ,
    *TASKS,
    MEASURES,
    PICKS,
    PICKED,
    "'free'",
]
TOLD = {
    "Flip the coin": "Kast mynten",
    "Entropy {1} bits: worth {2} equal choices": "Entropi {1} bit: {2} like valg",
}


def test_all_that_speaks_with_python(open_notebook, tmp_path):
    """One notebook for all that needs a kernel, or JupyterLab's own links."""
    page = open_notebook(CELLS)
    the_prompt_is_the_learners(page)
    the_coin_writes_a_text(page)
    sliders_move_bars_and_python(page)
    what_is_typed_is_checked(page)
    code_is_checked(page)
    what_was_done_is_told_and_printed(page)
    no_barriers(page)
    it_is_measured_anew_while_the_kernel_is_free(page)
    another_model_is_picked_by_the_keys(page)
    it_speaks_another_language(page, tmp_path)


def run_instead(page: Page, text: str, source: str) -> str:
    """Run this in the one cell that has that text; returns what it says."""
    at = cell_with(page, text)
    page.locator(".jp-Notebook .jp-CodeCell .cm-content").nth(at).fill(source)
    return run_cell(page, at)


def python_has(page: Page) -> tuple:
    return ast.literal_eval(run_cell(page, CELLS.index(READ)))


def the_prompt_is_the_learners(page: Page) -> None:
    box, message = page.get_by_label("Text so far"), page.locator(".ll-message")
    bars = page.locator(".ll-bars tbody")
    before = bars.text_content() or ""
    box.click()
    page.keyboard.press("End")
    page.keyboard.type(" upon a dd xx time")  # d d and x are JupyterLab's shortcuts
    page.keyboard.press("Enter")  # a new line, which JupyterLab would forbid
    page.keyboard.type("A")
    expect(box).to_have_value("Once upon a dd xx time\nA")
    expect(bars).not_to_have_text(before)
    expect(page.locator(".ll-stale")).to_have_count(0)
    box.fill("")
    expect(message).to_have_text("The prompt is empty; write at least one letter.")
    expect(page.locator(".ll-chances")).to_have_class(re.compile("ll-stale"))
    box.fill("x" * 100_000)
    expect(message).to_have_text("The prompt has 100,000 letters; 500 fit.")
    prompt = "<script>alert(1)</script> 👩‍🚀 \t\u0007 ok"
    box.fill(prompt)
    expect(message).to_be_empty()
    expect(page.locator(".ll-stale")).to_have_count(0)
    # JupyterLab holds a message back while the one before is on its way.
    assert any(python_has(page)[0] == prompt for _ in range(20))


def the_coin_writes_a_text(page: Page) -> None:
    add = page.get_by_role("button", name="Add it to the text")
    expect(add).to_have_attribute("aria-disabled", "true")
    while add.get_attribute("aria-disabled") == "true":  # as for a byte, no text alone
        page.get_by_role("button", name="Flip the coin").press("Enter")
        expect(page.locator(".ll-drawn")).to_have_count(1)
        expect(page.locator(".ll-coin p")).to_contain_text(" fell on “")
    before, *_, drawn = python_has(page)
    assert drawn is not None
    add.click()
    expect(page.locator(".ll-stale")).to_have_count(0)
    prompt, *_, now = python_has(page)
    assert prompt == page.get_by_label("Text so far").input_value() and now is None
    assert prompt.startswith(before) and prompt != before


def sliders_move_bars_and_python(page: Page) -> None:
    slider = page.get_by_role("slider", name="Temperature")
    drag(page, slider, 0.3, 0.6)
    assert 1.7 <= float(slider.input_value()) <= 1.9
    page.get_by_text("Cut off the unlikely").click()
    for name, key, times in (
        ("Top-k", "Home", 1),
        ("Top-k", "ArrowRight", 4),
        ("Top-p", "ArrowLeft", 10),
    ):
        page.get_by_label(name).focus()
        for _ in range(times):
            page.keyboard.press(key)
    expect(page.locator(".ll-cut")).not_to_have_count(0)
    prompt, temperature, top_k, top_p, _ = python_has(page)
    assert (temperature, top_k, top_p) == (float(slider.input_value()), 5, 0.9)
    kept = page.locator(".ll-bars tr:visible:not(.ll-cut) td > span:last-child")
    odds = reference(StandIn().logits(prompt), temperature, top_k, top_p)
    known = sorted(odds[odds > 0].tolist(), reverse=True)
    assert kept.all_inner_texts() == [f"{100 * one:.1f}\u00a0%" for one in known]


def what_is_typed_is_checked(page: Page) -> None:
    box = page.get_by_role("group", name="Exercise 00.1")
    said, check = box.get_by_role("status"), box.get_by_role("button", name="Check")
    expect(said).to_be_empty()
    check.click()
    expect(said).to_have_text(
        "Exercise 00.1: ○ Not attempted. Nothing stands in the box yet."
    )
    box.get_by_label("Your line").click()
    page.keyboard.type("dd")  # d d is JupyterLab's shortcut
    page.keyboard.press("Enter")
    expect(said).to_contain_text("✗ Not yet. Asked “What is my name?”, it says:")
    for _ in "dd":
        page.keyboard.press("Backspace")
    page.keyboard.type("My name is Oda.")
    page.keyboard.press("Enter")
    expect(said).to_contain_text(
        "✓ Right. Asked “What is my name?”, it says: “Your name is Oda.”"
    )
    expect(box.get_by_label("Your line")).to_be_focused()
    page.keyboard.press("Tab")
    expect(check).to_be_focused()


def code_is_checked(page: Page) -> None:
    box = page.get_by_role("group", name="Exercise 05.2")
    said, check = box.get_by_role("status"), box.get_by_role("button", name="Check")
    run_cell(page, cell_with(page, ".check()"))
    expect(said).to_contain_text("○ Not attempted.")
    check.click()
    expect(said).to_contain_text("No cell has run since the last check.")
    for answer, verdict in (
        ("knob", "✗ Not yet. With the knob at -1"),
        ("= knob", "SyntaxError: invalid syntax (line 1)"),
        ("knob - size * slope", "✓ Right."),
    ):
        line = f"def downhill(knob, slope, size): return {answer}"
        run_instead(page, "def downhill", line)
        check.press("Enter")
        expect(said).to_contain_text(verdict)

    page.get_by_role("link", name="token", exact=True).hover()
    expect(page.get_by_role("tooltip")).to_contain_text("A piece of text")
    told = run_instead(page, "del string", "string")
    assert "run the cell with" in told and "import string" in told
    assert "Traceback" not in told


def what_was_done_is_told_and_printed(page: Page) -> None:
    page.get_by_role("radio").nth(1).click()
    at = CELLS.index("ll.progress()")
    assert run_cell(page, at).startswith("Go on with 4 · Temperature.")
    run_cell(page, at + 1)
    sheet = page.get_by_role("region", name="What I have done")
    expect(sheet).to_contain_text("Guessed:")
    press(page, "Print this page")
    printed = page.frame_locator(".ll-printed").locator("body")
    expect(printed).to_contain_text("LLM Lessons: what I have done")


def it_is_measured_anew_while_the_kernel_is_free(page: Page) -> None:
    anew = page.locator(".ll-anew")
    button, waits = anew.locator("button"), anew.locator("progress")
    figure = page.locator(".ll-anew-result svg[role=img]")
    button.press("Enter")
    expect(button).to_have_text("Stop")
    expect(waits).to_be_visible()
    expect(figure).to_have_attribute("aria-label", "A figure of 10 cases.")
    button.click()
    expect(waits).to_be_hidden()
    expect(figure).to_have_attribute("aria-label", "A figure of 10 cases.")
    button.click()
    old = page.locator(".ll-anew-result.ll-stale")
    expect(old).to_have_count(1)  # until a part is measured anew
    expect(figure).to_have_attribute("aria-label", "A figure of 40 cases.")
    expect(old).to_have_count(0)


def another_model_is_picked_by_the_keys(page: Page) -> None:
    group = page.get_by_role("group", name="Another model for the lessons")
    expect(group.get_by_role("radio")).to_have_count(4)
    expect(group.get_by_role("radio", name="ollama:half:1b")).to_be_disabled()
    expect(group).to_contain_text("Can't run: It has ")
    status = page.locator(".ll-picker [role=status]")
    expect(status).to_have_text("No other model is picked.")
    group.get_by_role("radio", name="None").focus()
    page.keyboard.press("ArrowDown")  # past the one that can't run
    expect(status).to_contain_text("✓ ollama:llama3.2:1b is picked.")
    page.keyboard.press("ArrowDown")
    expect(status).to_contain_text("✓ ollama:qwen3:0.6b is picked. The lessons")
    assert run_cell(page, CELLS.index(PICKED)) == "'ollama:qwen3:0.6b'"
    press(page, "Look again")
    expect(group.get_by_role("radio")).to_have_count(5)
    expect(group.get_by_role("radio", name="ollama:qwen3:0.6b")).to_be_checked()


def it_speaks_another_language(page: Page, folder: Path) -> None:
    written(folder, TOLD)
    source = (
        "from llm_lessons.foundation import languages\n"
        "from llm_lessons.widgets.language import speak\n"
        f"languages.CATALOGS = pathlib.Path({str(folder)!r})\n"
        "speak('nb')\nNextToken(StandIn(), 'Once')  # Flip the coin"
    )
    run_instead(page, "'free'", source)
    odds = page.locator(".ll-next-token").last
    odds.get_by_role("button", name="Kast mynten").wait_for()
    said = odds.locator(".ll-entropy").inner_text()
    assert re.fullmatch(r"Entropi [\d.]+ bit: [\d.]+ like valg", said)
    cell_with(page, "# Flip the coin")  # code stays
