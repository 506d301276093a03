"""A lesson is closed, and opened another day: nothing is lost, nothing looks broken."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Page, expect

from llm_lessons_starter.saving import STATE
from tests.browser.lab import Lab, running_lab
from tests.browser.notebook_page import from_menu, open_in_lab, run_all

CELLS = [
    'import llm_lessons as ll\nll.predict("04.zero")',
    'll.predict("09.conflict")',
    "written = ...",
]
NOTE = "Run this cell again to bring this control back"


@pytest.fixture(scope="module")
def lab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab as learners have it; that of the other tests keeps states."""
    with running_lab(tmp_path_factory.mktemp("lab"), keeps_states=False) as lab:
        yield lab


def kernels(lab: Lab, notebook: Path) -> list[str]:
    """The kernels that run for a notebook."""
    sessions = json.loads(lab.ask("api/sessions"))
    return [
        one["kernel"]["id"] for one in sessions if lab.root / one["path"] == notebook
    ]


def until(holds: Callable[[], bool]) -> None:
    """Wait for what the page does not show."""
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end, "it did not come true in 30 s"
        time.sleep(0.1)


def save(page: Page, notebook: Path) -> None:
    """Save, and wait until it is done; JupyterLab skips one while another goes on."""
    before = notebook.stat().st_mtime_ns

    def saved() -> bool:
        if notebook.stat().st_mtime_ns > before:
            return is_whole(notebook)
        page.locator(".jp-Notebook").press("Control+s")
        time.sleep(0.5)
        return False

    until(saved)
    nbformat.validate(nbformat.read(notebook, as_version=4))


def is_whole(notebook: Path) -> bool:
    """Whether no server is just writing it."""
    try:
        json.loads(notebook.read_text(encoding="utf-8"))
    except ValueError:
        return False
    return True


@pytest.mark.rest
def test_a_lesson_reloaded_or_closed_loses_nothing_and_says_what_to_do(
    lab: Lab, in_lab, new_page
):
    page, notebook = new_page(), in_lab(CELLS)
    open_in_lab(page, lab, notebook)
    run_all(page)
    controls = page.locator(".ll-predict")
    expect(controls).to_have_count(2)
    save(page, notebook)
    size = notebook.stat().st_size
    page.get_by_role("radio", name="Mostly wrong, and the same each time").click()
    save(page, notebook)
    page.reload()
    expect(page.locator(".ll-picked")).to_contain_text("✓ Right.")
    expect(controls).to_have_count(2)
    expect(page.get_by_text(NOTE)).to_have_count(0)

    run_all(page)
    prompt = page.locator(".jp-Notebook .jp-CodeCell .jp-InputPrompt").last
    expect(prompt).to_have_text("[6]:")
    save(page, notebook)
    assert notebook.stat().st_size < size + 10 < 4_000
    saved = nbformat.read(notebook, as_version=4).metadata["widgets"][STATE]
    assert len(saved["state"]) == 2

    assert len(kernels(lab, notebook)) == 1
    last = page.locator(".jp-Notebook .jp-CodeCell .cm-content").last
    last.fill("written = 'just before it is closed'")
    from_menu(page, "File", "Close Tab")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".jp-Notebook")).to_have_count(0)
    until(lambda: not kernels(lab, notebook))  # its kernel has ended
    until(lambda: is_whole(notebook))
    book = nbformat.read(notebook, as_version=4)
    assert book.cells[-1].source == "written = 'just before it is closed'"

    open_in_lab(page, lab, notebook)
    shown = page.locator(".jp-Notebook .jp-OutputArea-output")
    expect(shown).to_have_count(2)
    for place in (0, 1):
        expect(shown.nth(place)).to_contain_text(NOTE)
    expect(page.get_by_text("Error displaying widget")).to_have_count(0)
    run_all(page)
    expect(controls).to_have_count(2)
    expect(page.get_by_text(NOTE)).to_have_count(0)
