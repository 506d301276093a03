"""The coin as it is drawn, in a page without a kernel: strip, needle, tally, bars."""

import re

import pytest
from playwright.sync_api import expect

from llm_lessons.language_model.loading import load
from llm_lessons.widgets import NextToken
from tests.browser.made_page import press

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
