"""What widgets say while their kernel does something else, and when it is gone."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.notebook_page import from_menu

CELLS = [
    "import llm_lessons as ll\nlm = ll.load('fjord')",
    "ll.NextToken(lm, 'Once upon a time')",
    "ll.ChatBox(lm, ['Hello!'])",
    "'free'",
]
# As in a cell that searches: its bar says so, and its thread lets nobody else in.
SEARCHES = (
    "import time\nfrom llm_lessons.foundation.waiting import Waiting\ntime.sleep(5)\n"
    "with Waiting('searching Fjordby'):\n    time.sleep(4)"
)


def test_a_kernel_that_is_busy_and_then_gone(open_notebook):
    page = open_notebook(CELLS)
    it_says_what_it_works_on_and_then_answers(page)
    it_answers_no_more_and_the_talk_stays(page)


def ask_while_busy(page: Page, source: str, text: str) -> Locator:
    """Change the text while the last cell runs; returns the place of the excuse."""
    editor = page.locator(".jp-Notebook .jp-CodeCell .cm-content").last
    editor.fill(source)
    editor.click()
    page.keyboard.press("Control+Enter")
    odds = page.locator(".ll-next-token")
    odds.get_by_label("Text so far").fill(text)
    return odds.locator(".ll-message")


def it_says_what_it_works_on_and_then_answers(page: Page) -> None:
    message = ask_while_busy(page, SEARCHES, "There was")
    old = page.locator(".ll-next-token .ll-stale")
    expect(old).to_have_count(1)
    said = "Still working: the kernel is busy with another cell."
    expect(message).to_have_text(said)
    expect(message).to_have_attribute("role", "status")  # and it is read out
    expect(message).to_have_text("Still working: searching Fjordby.")
    expect(message).to_be_empty()
    expect(old).to_have_count(0)


def it_answers_no_more_and_the_talk_stays(page: Page) -> None:
    message = ask_while_busy(page, "time.sleep(600)", "There were")
    chat = page.locator(".ll-chat-box")
    chat.get_by_label("Say something").fill("Are you there?")
    chat.get_by_label("Say something").press("Enter")
    status = chat.locator(".ll-status")
    for one in (message, status):
        expect(one).to_contain_text("Still working")
    from_menu(page, "Kernel", "Shut Down Kernel")
    gone = re.compile(r"^No model is answering, so .* run the cells above again")
    expect(message).to_have_text(gone)
    expect(status).to_contain_text("No model is answering.")
    expect(status).to_contain_text("copy what you need of this talk")
    expect(chat.get_by_role("log").locator("li").first).to_contain_text("Hello!")
