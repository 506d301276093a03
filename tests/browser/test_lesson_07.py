"""The lesson on computation a token, in JupyterLab, run, read and played with."""

import re

import pytest
from playwright.sync_api import expect

from llm_lessons.fjordby.varied import marbles
from tests.browser.notebook_page import (
    NOTEBOOKS,
    picture_of_everything,
    try_answer,
)

LESSON = NOTEBOOKS / "07_per_token_compute.ipynb"


def test_per_token_compute_by_keyboard_and_mouse(open_lesson):
    page = open_lesson(LESSON)
    easy = page.locator("table").filter(has_text="probability").first
    hard = page.locator(".ll-next-token").first
    first = hard.locator(".ll-bars tbody td > span:last-child").first
    sure = easy.locator("td:last-child").first.inner_text(), first.inner_text()
    easiest, hardest = (float(text.strip("<>\u00a0 %")) for text in sure)
    assert easiest > 90 and hardest < 50  # one token has it all; several share it

    flip = hard.get_by_role("button", name="Flip the coin")
    flip.focus()
    for turn in range(1, 4):
        page.keyboard.press("Enter")
        expect(hard.locator(".ll-coin p")).to_contain_text(f"Flip {turn} fell on")
    text = hard.get_by_label("Text so far")
    text.fill(marbles.held_out(1, 1)[0].at_once_prompt + " ")
    expect(first).to_have_text(re.compile(r"^>?\d\d\.\d\s%"))
    expect(first).not_to_have_text(sure[1])
    expect(page.get_by_role("table").filter(has_text="Llama 3 405B")).to_be_visible()

    page.get_by_role("radio", name="Exactly as much as in the easy one").click()
    expect(page.locator(".ll-right [role=status]")).to_contain_text("✓ Right.")
    told = try_answer(page, "more_a_token = ...", 'more_a_token, times = "C", 25')
    assert "✓ Right." in told
    figure = page.get_by_role("img", name=re.compile("^Two panels over"))
    expect(figure).to_be_visible()


@pytest.mark.rest
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_how_the_lesson_looks(open_lesson, screenshot, dark):
    picture_of_everything(open_lesson(LESSON, dark=dark), screenshot, "whole")
