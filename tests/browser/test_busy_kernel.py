"""What widgets say while their kernel does something else, and when it is gone."""

import re

from playwright.sync_api import expect

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
    "with Waiting('searching Fjordby'):\n    time.sleep(4)\ntime.sleep(600)"
)


def test_a_kernel_that_is_busy_says_with_what_and_one_that_is_gone(open_notebook):
    page = open_notebook(CELLS)
    editor = page.locator(".jp-Notebook .jp-CodeCell .cm-content").last
    editor.fill(SEARCHES)
    editor.press("Control+Enter")
    odds, chat = page.locator(".ll-next-token"), page.locator(".ll-chat-box")
    odds.get_by_label("Text so far").fill("There was")
    chat.get_by_label("Say something").fill("Are you there?")
    chat.get_by_label("Say something").press("Enter")
    expect(chat.locator("pre")).to_have_css("word-break", "normal")  # words stay whole
    message, status = odds.locator(".ll-message"), chat.locator(".ll-status")
    expect(odds.locator(".ll-stale")).to_have_count(1)
    said = "Still working: the kernel is busy with another cell."
    expect(message).to_have_text(said)
    expect(message).to_have_attribute("role", "status")  # and it is read out
    expect(message).to_have_text("Still working: searching Fjordby.")
    expect(message).to_have_text(said)
    expect(status).to_contain_text("Still working")

    from_menu(page, "Kernel", "Shut Down Kernel")
    gone = re.compile(r"^No model is answering, so .* run the cells above again")
    expect(message).to_have_text(gone)
    expect(status).to_contain_text("No model is answering.")
    expect(status).to_contain_text("copy what you need of this talk")
    expect(chat.get_by_role("log").locator("li").first).to_contain_text("Hello!")
