"""The lesson on working memory: its two books without a kernel, all of it with one."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.notebook_page import NOTEBOOKS

LESSON = NOTEBOOKS / "09_working_memory.ipynb"
NOTE = "Note (change a word)"
AGAINST = "The note contradicts the training text"


def closed(page: Page) -> Locator:
    return page.get_by_role("group", name="Closed book")


def opened(page: Page) -> Locator:
    return page.get_by_role("group", name="Open book")


def verdict(card: Locator) -> Locator:
    return card.locator(".ll-verdict")


def people(page: Page) -> Locator:
    return page.get_by_label("Ask about")


def test_all_notes_that_a_page_brings_are_answered(open_page, book):
    page = open_page(book, width=820)
    for number, name in enumerate(book.names):
        people(page).select_option(index=number)
        expect(closed(page).locator(".ll-question")).to_contain_text(name)
        book.person = number
        for card, prompt in (
            (closed(page), book.question),
            (opened(page), book.prompt),
        ):
            answer, chance = book._replies[prompt]
            expect(card.locator("strong")).to_have_text(answer)
            shown = f"{100 * chance:.1f}\u00a0%" if chance < 0.999 else ">99.9\u00a0%"
            expect(card.locator(".ll-chance")).to_contain_text(shown)
    expect(verdict(closed(page))).to_contain_text("○ Made up: no page names this")
    expect(page.get_by_label(AGAINST)).to_be_disabled()
    expect(page.locator(".ll-switch").last).to_contain_text("Nothing to")
    people(page).select_option(index=0)
    expect(verdict(closed(page))).to_have_text(
        "✓ Right: the training text says so (256 pages)."
    )
    expect(verdict(opened(page))).to_have_text("✓ It stands in the note.")
    # a note wins against the weights
    truth = closed(page).locator("strong").inner_text()
    before = page.get_by_label(NOTE).input_value()
    page.get_by_label(AGAINST).check()
    expect(page.get_by_label(NOTE)).not_to_have_value(before)
    expect(verdict(opened(page))).to_have_text(
        f"✓ It stands in the note. The training text says “{truth}”."
    )
    assert closed(page).locator("strong").inner_text() == truth
    page.get_by_label(AGAINST).uncheck()
    expect(page.get_by_label(NOTE)).to_have_value(before)


def test_memory_by_keyboard_and_mouse(open_lesson):
    page = open_lesson(LESSON)
    box, card = page.get_by_label(NOTE), opened(page)
    note, town = box.input_value(), card.locator("strong").inner_text()
    assert town in note
    expect(verdict(closed(page))).to_contain_text("no page names this person")
    box.fill(note.replace(town, "Uthavn"))
    expect(card.locator("strong")).to_have_text("Uthavn")
    expect(verdict(card)).to_have_text("✓ It stands in the note.")
    box.click()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(note.replace(town, "Oslo"))  # which it never read
    # It copies letters that it never read together, though not always each of them.
    expect(card.locator("strong")).to_have_text(re.compile("^O.*lo$"))

    before = box.input_value()
    people(page).focus()
    page.keyboard.press("ArrowUp")  # another person, with a note of their own
    expect(box).not_to_have_value(before)
    expect(verdict(card)).to_have_text("✓ It stands in the note.")
