"""One key, or one button, goes on from anywhere; a lesson shows itself on the way."""

import json
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Page, expect

from tests.browser.hand import CELLS
from tests.browser.notebook_page import METADATA, READY, from_menu, open_in_lab

FOLDED = {"jupyter": {"source_hidden": True}}
TOY = """import llm_lessons as ll

lm = ll.load("fjord")
print("ran", len(In))
ll.NextToken(lm, "Once upon a time")"""
SEEN = ".jp-NotebookPanel:not(.lm-mod-hidden)"  # others may be open behind it
ACTIVE = f"{CELLS}.findIndex(one => one.classList.contains('jp-mod-active'))"


def a_lesson(after: str = "") -> nbformat.NotebookNode:
    """A short one, with what lessons have: folded cells, open code, a closed door."""
    code, text = nbformat.v4.new_code_cell, nbformat.v4.new_markdown_cell
    door = {"jp-MarkdownHeadingCollapsed": True}
    cells = [
        text("# 4 · Short\n\n**What does the slider do?**\n\n## Play", id="title"),
        code(TOY, id="toy", metadata=FOLDED),
        text(f"Read on. [Another]({after})", id="read"),
        code("ll.predict('04.zero')", id="quiz", metadata=FOLDED),
        code("answer = ...", id="answer"),
        code("print('it is', answer)", id="check", metadata=FOLDED),
        text("## More", id="door", metadata=door),
        text("Behind the door.", id="behind"),
    ]
    return nbformat.v4.new_notebook(cells=cells, metadata=METADATA)


@pytest.fixture
def lesson(lab, in_lab, new_page) -> tuple[Page, Path]:
    """A page with that lesson, just opened."""
    page, path = new_page(height=900), in_lab(["1"])
    path.unlink()
    path = path.with_name("04_temperature.ipynb")
    nbformat.write(a_lesson(), path)
    open_in_lab(page, lab, path)
    return page, path


def is_at(page: Page, place: int) -> None:
    page.wait_for_function(f"{ACTIVE} === {place}")


def go_on(page: Page, place: int) -> None:
    page.keyboard.press("Shift+Enter")
    is_at(page, place)


def test_a_lesson_is_done_by_one_key_and_says_what_it_shows(lesson):
    page, _ = lesson
    cells = page.locator(".jp-Notebook .jp-Cell")
    toy, check = cells.nth(1), cells.nth(5)
    expect(page.locator(".ll-title-drawing svg")).to_be_visible()
    expect(toy.locator(".ll-widget")).to_have_count(0)  # its code came with no lesson
    cells.first.click()
    go_on(page, 1)
    expect(toy.locator(".ll-next-token")).to_be_visible()
    expect(toy.get_by_text("ran 2")).to_be_visible()
    toy.get_by_role("slider").press("ArrowRight")
    page.keyboard.press("Space")
    toy.get_by_role("button", name="Flip the coin").press("Space")
    expect(toy.locator(".ll-coin [role=status]")).to_contain_text("Flip 1 fell")
    toy.get_by_role("button", name="Flip the coin").focus()
    go_on(page, 2)
    expect(toy.locator(".ll-coin [role=status]")).to_contain_text("Flip 1 fell")
    go_on(page, 3)  # where a quiz shows itself
    cells.nth(3).get_by_role("radio").first.press("Space")
    expect(cells.nth(3).locator(".ll-picked")).to_have_count(1)
    go_on(page, 4)
    go_on(page, 5)
    expect(check).to_contain_text("it is Ellipsis")
    page.keyboard.press("ArrowUp")
    is_at(page, 4)
    page.keyboard.press("Enter")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("answer = 5")
    go_on(page, 5)
    expect(check).to_contain_text("it is 5")  # what rests on it ran again
    go_on(page, 6)
    expect(cells.nth(7)).to_be_hidden()
    go_on(page, 7)  # through the door
    expect(cells.nth(7)).to_be_visible()
    go_on(page, 7)
    expect(cells).to_have_count(8)  # at the end, no cell is added


def test_by_mouse_alone_and_escape_means_the_cell(lesson):
    page, _ = lesson
    cells = page.locator(".jp-Notebook .jp-Cell")
    toy = cells.nth(1)
    waiting = page.locator(".ll-next button:visible")
    expect(waiting).to_have_count(4)  # of each cell that has shown nothing yet
    waiting.first.click()
    expect(toy.get_by_text("ran 2")).to_be_visible()
    expect(toy.locator(".ll-next button")).to_be_visible()
    is_at(page, 1)
    toy.locator(".ll-next button").click()
    is_at(page, 2)
    toy.locator(".ll-widget").click(position={"x": 2, "y": 2})  # beside a control
    is_at(page, 1)
    go_on(page, 2)
    expect(toy.get_by_text("ran 2")).to_be_visible()
    toy.get_by_role("slider").press("Escape")
    is_at(page, 1)
    go_on(page, 2)
    expect(toy.get_by_text("ran 3")).to_be_visible()
    from_menu(page, "Kernel", "Restart Kernel…")
    page.get_by_role("button", name="Confirm Kernel Restart").click()
    page.wait_for_function(READY)
    toy.get_by_role("slider").focus()
    go_on(page, 1)  # a toy without its kernel comes back first
    expect(toy.get_by_text("ran 2")).to_be_visible()
    go_on(page, 2)


def test_a_toy_that_came_with_the_lessons_is_there_at_once(lab, in_lab, new_page):
    path = in_lab(["1"])
    source = Path(__file__).parents[2] / "notebooks" / "04_temperature.ipynb"
    page, copied = new_page(height=900), path.with_name(source.name)
    copied.write_bytes(source.read_bytes())
    open_in_lab(page, lab, copied)
    page.wait_for_function(READY)
    expect(page.locator(".ll-next-token")).to_be_visible()
    is_at(page, 1)
    go_on(page, 2)
    expect(page.locator(".ll-next-token")).to_have_count(1)


def test_of_three_lessons_the_one_left_first_gives_its_memory_back(lesson, lab):
    page, first = lesson
    names = [first.name, "05_training.ipynb", "06_lossy_zip.ipynb"]
    for name, after in zip(names, [*names[1:], ""], strict=True):
        nbformat.write(a_lesson(after), first.with_name(name))
    open_in_lab(page, lab, first)
    for name in names[1:]:
        page.locator(SEEN).get_by_role("link", name="Another").click()
        page.wait_for_url(f"**/{name}*")
        page.wait_for_function(READY)

    def running() -> set[str]:
        sessions = json.loads(lab.ask("api/sessions"))
        paths = [lab.root / one["path"] for one in sessions]
        return {path.name for path in paths if path.parent == first.parent}

    for _ in range(100):
        if running() == set(names[1:]):
            break
        page.wait_for_timeout(100)
    assert running() == set(names[1:])
    assert len(nbformat.read(first, as_version=4).cells) == 8  # saved whole
