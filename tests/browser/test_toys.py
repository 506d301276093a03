"""Toys in a page without a kernel: the coin, a guess, the machine."""

import re

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from llm_lessons.language_model.loading import load
from llm_lessons.lessons.forward_pass import inside
from llm_lessons.widgets import Guess, NextToken
from tests.browser.made_page import is_as_narrow_as_its_window, press
from tests.browser.shown_odds import shows
from tests.browser.toys import TEXT

PROMPT = "Once upon a time there was a girl called Ida who lived in a"
LONGEST = """bars => Math.max(
    ...bars.map(bar => bar.offsetWidth / bar.parentNode.offsetWidth))"""
COUNTS = """() => [...document.querySelectorAll('.ll-tally:not([hidden]) b')].map(
    node => Number(node.textContent))"""

# What a press at a low coin's number meets before the needle has fallen.
MET_AT_NUMBER = """() => {
    const needle = document.querySelector('.ll-needle');
    needle.style.left = '5%';
    needle.classList.remove('ll-at-right');
    needle.animate({ transform: ['translateY(-24px)', 'translateY(-24px)'] }, 1e6);
    const at = needle.firstChild.getBoundingClientRect();
    return document.elementFromPoint(at.x + at.width / 2, at.y + 4).textContent;
}"""


@pytest.fixture(scope="module")
def odds() -> NextToken:
    return NextToken(load("fjord"), PROMPT)


def test_ten_flips_are_a_tally_until_the_odds_change(open_page, odds):
    page = open_page(odds, width=820, reduced_motion="reduce")
    strip = page.locator(".ll-coin-strip")
    expect(page.locator(".ll-needle")).to_be_hidden()
    press(page, "Flip it ten times")
    expect(page.locator(".ll-coin p")).to_contain_text("Flip 10 fell on")
    expect(page.locator(".ll-coins i")).to_have_count(9)  # the tenth has the needle
    assert page.evaluate(MET_AT_NUMBER) == "Flip the coin"
    press(page, "Flip the coin")
    result = page.locator(".ll-coin p")
    expect(result).to_contain_text("Flip 11 fell on")
    expect(page.locator(".ll-needle")).to_be_visible()
    assert sum(page.evaluate(COUNTS)) == 11
    coin = re.search(r"at (0\.\d{3})\.", result.inner_text())
    assert coin
    expect(strip).to_have_attribute(
        "aria-label",
        re.compile(rf"fell at {coin[1]}, on “.+”, from (0\.\d+) to ([01]\.\d+)\.$"),
    )
    expect(page.locator(".ll-drawn [scope=row] ~ td .ll-unseen")).to_have_text(
        re.compile(r"^drawn, \d+ of 11 flips, $")
    )
    page.wait_for_timeout(400)
    page.get_by_label("Temperature").press("ArrowLeft")
    expect(page.locator(".ll-needle")).to_be_hidden()
    expect(page.locator(".ll-drawn")).to_have_count(0)
    assert page.evaluate(COUNTS) == []
    press(page, "Flip the coin")
    expect(result).to_contain_text("Flip 1 fell on")
    scale, enlarge = page.locator(".ll-bar-scale"), page.get_by_label("Enlarge")
    enlarge.check()
    expect(scale).not_to_contain_text("100")
    longest = page.locator(".ll-bars tr .ll-bar").evaluate_all(LONGEST)
    assert 0.5 < longest <= 1.01
    enlarge.uncheck()
    expect(scale).to_contain_text("100")


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


HEAD = (4, 2)
LOOKS = (5, 1)  # at the name


def head(page: Page, layer: int, number: int) -> Locator:
    name = f"Silence layer {layer + 1}, head {number + 1}, which"
    return page.get_by_role("button", name=name)


def token(page: Page, place: int) -> Locator:
    return page.locator(".ll-column").nth(place)


def seen(page: Page) -> Locator:
    return page.locator(".ll-seen")


def holds(page: Page, odds: np.ndarray) -> None:
    """The bars on top are these odds."""
    shows(page, ".ll-machine", odds)


def test_a_head_shows_where_it_looks_and_goes_off(open_page, machine):
    lm = load("fjord")
    page = open_page(machine, width=760, height=650)
    known = inside.read(lm, TEXT)
    holds(page, known.odds[-1])
    name = lm.tokenizer.pieces.index(" Julia")
    share = known.looks[*LOOKS, -1][known.tokens.index(name)]
    head(page, *LOOKS).hover()
    expect(seen(page)).to_contain_text(f"looks at: “␣Julia” {100 * share:.0f}\u00a0%")
    head(page, *LOOKS).click()
    expect(head(page, *LOOKS)).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".ll-result")).to_contain_text("1 head is off.")
    quiet = inside.read(lm, TEXT, [LOOKS])
    holds(page, quiet.odds[-1])
    page.get_by_role("button", name="All heads on").click()
    expect(page.locator(".ll-result")).to_contain_text("All heads are on.")
    holds(page, known.odds[-1])


def test_by_keyboard_alone(open_page, machine):
    lm = load("fjord")
    page = open_page(machine, width=760, height=650)
    page.keyboard.press("Tab")
    expect(head(page, 0, 0)).to_be_focused()
    for key in ["ArrowUp"] * 5 + ["ArrowRight", "ArrowDown", "ArrowRight"]:
        page.keyboard.press(key)
    expect(head(page, *HEAD)).to_be_focused()
    expect(seen(page)).to_contain_text("layer 5, head 3 looks at:")
    page.keyboard.press("Space")
    expect(page.locator(".ll-result")).to_contain_text("1 head is off.")
    spoken = page.locator(".ll-told .ll-unseen[role=status]")
    expect(spoken).to_contain_text("1 head is off.")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    last = len(lm.encode(TEXT)) - 1
    expect(token(page, last)).to_be_focused()
    expect(seen(page)).to_contain_text("At “␣day”, seen from “␣day”:")
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    expect(seen(page)).to_contain_text("At “␣Julia”, seen from “␣day”:")
    page.keyboard.press("Enter")
    expect(token(page, last - 3)).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".ll-out")).to_have_text("next token after “␣Julia”")
    holds(page, inside.read(lm, TEXT).odds[last - 3])
    page.keyboard.press("End")
    expect(seen(page)).to_contain_text("comes later")


def test_a_finger_points_first_and_presses_then(open_page, machine):
    page = open_page(machine, width=760, height=650, has_touch=True)
    head(page, *HEAD).tap()
    expect(seen(page)).to_contain_text("layer 5, head 3 looks at:")
    expect(head(page, *HEAD)).to_have_attribute("aria-pressed", "false")
    head(page, *HEAD).tap()
    expect(head(page, *HEAD)).to_have_attribute("aria-pressed", "true")
