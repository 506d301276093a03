"""The lesson on the lossy zip: its explorer without a kernel, all of it with one."""

import re

from playwright.sync_api import Page, expect

from llm_lessons import fjordby
from llm_lessons.widgets.memory_explorer import KEPT, SHOWN
from tests.browser.notebook_page import NOTEBOOKS

LESSON = NOTEBOOKS / "06_lossy_zip.ipynb"
READINGS = "Fjord read of them"
SEARCH = re.compile("Search (all that|some of what) Fjord read")


def verdicts(page: Page) -> list[str]:
    return page.locator(".ll-cards strong").all_inner_texts()


def names(page: Page) -> list[str]:
    return page.get_by_label("Person").locator("option").all_inner_texts()


def test_kept_people_live_without_a_kernel(open_page, explorer):
    page = open_page(explorer, width=820)
    sentence, slider = page.locator(".ll-sentence"), page.get_by_label(READINGS)
    expect(sentence).to_contain_text("on 1 page, and asks about them on none.")
    search = page.get_by_label(SEARCH)
    for _ in range(9):
        slider.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "512 times")
    expect(sentence).to_contain_text("on 512 pages, and asks about them on ")
    assert verdicts(page) == ["✓ right"] * 4
    expect(page.locator(".ll-cards li").first).to_contain_text("right: it gave this")
    name = names(page)[KEPT - 1]
    page.get_by_label("Person").select_option(name)
    expect(page.locator(".ll-asked").first).to_contain_text(name)
    expect(search).to_have_value(name)
    status = page.locator(".ll-search [role=status]")
    stands = f"“{name}” stands in 512 documents. Here are {SHOWN} of them:"
    expect(status).to_have_text(stands)
    marks = page.locator(".ll-found mark").all_inner_texts()
    assert len(marks) >= SHOWN and set(marks) == {name}
    answer = page.locator(".ll-find").first
    words = answer.inner_text()
    answer.press("Enter")
    expect(search).to_have_value(words)
    expect(status).to_contain_text(f"“{words}” stands in ")
    page.get_by_label("begin a sentence").check()
    expect(page.locator(".ll-asked").first).to_have_text(f"{name} lives in …")


def test_lossy_zip_by_keyboard_and_mouse(open_lesson):
    page = open_lesson(LESSON)
    sentence = page.locator(".ll-sentence")
    name = names(page)[-1]  # nobody who is kept
    page.get_by_label("Person").select_option(name)
    expect(sentence).to_contain_text(f"tells of {name}")
    expect(page.locator(".ll-asked").first).to_have_text(f"Where does {name} live?")
    expect(page.locator(".ll-found mark").first).to_have_text(name)
    box = page.get_by_label(SEARCH)
    box.click()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("who lived in a dd")  # d d is JupyterLab's shortcut
    for _ in " dd":
        page.keyboard.press("Backspace")
    total = fjordby.search("who lived in a").total
    status = page.locator(".ll-search [role=status]")
    expect(status).to_contain_text(f"stands in {total:,} documents.")
