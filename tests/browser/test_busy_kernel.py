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
SLEEPS = (
    "import time\nfrom llm_lessons.foundation.waiting import Waiting\ntime.sleep(5)\n"
)
SEARCHES = SLEEPS + "with Waiting('searching Fjordby'):\n    time.sleep(8)"


def ask_while_busy(page: Page, source: str) -> Locator:
    """Change the text while the last cell runs; returns the place of the excuse."""
    cell = page.locator(".jp-Notebook .jp-CodeCell").nth(len(CELLS) - 1)
    cell.locator(".cm-content").fill(source)
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    page.get_by_label("Text so far").fill("There was")
    return page.locator(".ll-next-token .ll-message")


def test_a_busy_kernel_says_what_it_works_on_and_then_answers(open_notebook):
    page = open_notebook(CELLS)
    widget = page.locator(".ll-next-token")
    message = ask_while_busy(page, SEARCHES)
    expect(widget.locator(".ll-stale")).to_have_count(1)
    said = "Still working: the kernel is busy with another cell."
    expect(message).to_have_text(said)
    expect(message).to_have_attribute("role", "status")  # and it is read out
    expect(message).to_have_text("Still working: searching Fjordby.")
    expect(message).to_be_empty()
    expect(widget.locator(".ll-stale")).to_have_count(0)
    # and Enter begins a new line, which JupyterLab would forbid
    box = page.get_by_label("Text so far")
    box.press("End")
    for key in ("Enter", "A"):
        box.press(key)
    expect(box).to_have_value("There was\nA")


def test_a_kernel_that_is_gone_answers_no_more_and_the_talk_stays(open_notebook):
    page = open_notebook(CELLS)
    message = ask_while_busy(page, "import time\ntime.sleep(600)")
    chat = page.locator(".ll-chat-box")
    chat.get_by_label("Say something").fill("Are you there?")
    chat.get_by_label("Say something").press("Enter")
    status = chat.locator(".ll-status")
    for one in (message, status):
        expect(one).to_contain_text("Still working")
    from_menu(page, "Kernel", "Shut Down Kernel")
    expect(message).to_have_text(
        re.compile(r"^No model is answering, so .* run the cells above again")
    )
    expect(status).to_contain_text("No model is answering.")
    expect(status).to_contain_text("copy what you need of this talk")
    expect(chat.get_by_role("log").locator("li").first).to_contain_text("Hello!")
