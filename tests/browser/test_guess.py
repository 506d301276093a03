"""A number of one's own, by mouse, by keys, by a finger, and without a kernel."""

import re

import pytest
from playwright.sync_api import Page, expect

from llm_lessons.widgets import Guess
from tests.browser.made_page import is_as_narrow_as_its_window

PLACES = (1, 4, 16, 64)


def number() -> Guess:
    return Guess("By which token have half parted?", 1, 40, "token {}")


def points() -> Guess:
    return Guess("How many are right?", at=PLACES, along="times read")


def handle(page: Page, which: int = 0) -> tuple[float, float]:
    """The middle of a handle, on the screen."""
    box = page.locator(".ll-point").nth(which).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_number_is_dragged_and_taken_back(open_page):
    page = open_page(number(), width=700)
    says = page.locator(".ll-says span")
    expect(says).to_contain_text("You can also leave it out.")
    back = page.get_by_role("button", name="Take it back")
    expect(back).to_have_attribute("aria-disabled", "true")
    x, y = handle(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y + 30, steps=4)
    page.mouse.move(0, y, steps=4)  # no further than the scale goes
    page.mouse.up()
    expect(says).to_have_text("You say: token 1.")
    slider = page.get_by_role("slider", name="By which token have half parted?")
    for key in ("ArrowRight", "ArrowRight", "PageUp"):
        page.keyboard.press(key)  # it has the keys since it was dragged
    expect(slider).to_have_attribute("aria-valuetext", re.compile(r"^token [5-9]$"))
    expect(page.locator(".ll-flag")).to_have_text(re.compile(r"^token [5-9]$"))
    expect(page.locator(".ll-message")).to_contain_text("drawn without your guess")
    back.click()
    expect(slider).to_have_attribute("aria-valuetext", "no guess yet")
    expect(page.locator(".ll-set")).to_have_count(0)
    expect(page.locator(".ll-message")).to_be_empty()
    slider.press("Enter")  # the middle, where it stands, is a number, too
    expect(says).to_have_text(re.compile(r"You say: token 2[01]\."))


def test_a_curve_is_drawn_in_one_sweep(open_page):
    page = open_page(points(), width=700)
    places = [handle(page, which) for which in range(4)]
    page.mouse.move(*places[0])
    page.mouse.down()
    for i, (x, y) in enumerate(places):
        page.mouse.move(x, y + 40 - 30 * i)
    page.mouse.up()
    expect(page.locator(".ll-set")).to_have_count(4)
    heights = [handle(page, which)[1] for which in range(4)]
    assert heights == sorted(heights, reverse=True)
    assert heights[0] == pytest.approx(places[0][1] + 40, abs=2)
    last = page.get_by_role("slider", name="times read: 64")
    page.keyboard.press("End")
    expect(last).to_have_attribute("aria-valuetext", "100\u00a0%")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Home")
    expect(page.locator(".ll-says span")).to_contain_text("0\u00a0% at 16, 100\u00a0%")
    expect(page.locator(".ll-chosen")).to_have_count(1)


def test_guesses_fit_a_phone(open_page):
    page = open_page(number(), points(), width=320, has_touch=True)
    is_as_narrow_as_its_window(page)
    x, y = handle(page)
    page.touchscreen.tap(x + 110, y)
    expect(page.locator(".ll-says span").first).to_contain_text("You say: token")
    expect(page.locator(".ll-grip").first).to_have_css("touch-action", "none")
