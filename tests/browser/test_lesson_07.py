"""The lesson on computation a token, in JupyterLab, run, read and played with."""

import re

from playwright.sync_api import expect

from tests.browser.notebook_page import (
    NOTEBOOKS,
    picture_of_everything,
    try_answer,
)

LESSON = NOTEBOOKS / "07_per_token_compute.ipynb"


def test_per_token_compute_by_keyboard_and_mouse(open_lesson, screenshot):
    page = open_lesson(LESSON)
    picture_of_everything(page, screenshot, "whole")
    easy, hard = (page.locator(".ll-next-token").nth(i) for i in (0, 1))
    first = ".ll-bars tbody td > span:last-child"
    sure = [
        float(widget.locator(first).first.inner_text().strip("<>\u00a0%"))
        for widget in (easy, hard)
    ]
    assert sure[0] > sure[1]  # one long bar, several shorter ones

    flip = hard.get_by_role("button", name="Flip the coin")
    flip.focus()
    for turn in range(1, 4):
        page.keyboard.press("Enter")
        expect(hard.locator(".ll-coin p")).to_contain_text(f"Flip {turn} fell on")
    hard.get_by_label("Text so far").fill(
        easy.get_by_label("Text so far").input_value()
    )
    expect(hard.locator(first).first).to_have_text(
        easy.locator(first).first.inner_text()
    )
    expect(page.get_by_role("table").filter(has_text="Llama 3 405B")).to_be_visible()


def test_per_token_compute_in_the_dark(open_lesson, screenshot):
    page = open_lesson(LESSON, dark=True)
    page.get_by_role("radio", name="Exactly as much as in the easy one").click()
    expect(page.locator(".ll-right [role=status]")).to_contain_text("✓ Right.")
    told = try_answer(page, "more_a_token = ...", 'more_a_token, times = "C", 25')
    assert "✓ Right." in told
    figure = page.get_by_role("img", name=re.compile("^Two panels over"))
    expect(figure).to_be_visible()
    picture_of_everything(page, screenshot, "whole")
