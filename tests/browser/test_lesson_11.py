"""Answers in lanes: replayed in a page without a kernel, and rewarded with one."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from llm_lessons.lessons.reward import live
from llm_lessons.widgets import RewardLanes
from tests import tiny
from tests.browser.made_page import button, fits_a_phone, no_barriers
from tests.browser.notebook_page import (
    NOTEBOOKS,
    PATIENCE,
    run_cell,
    try_answer,
)
from tests.lessons.reward.tiny_choice import CHOICE

LESSON = NOTEBOOKS / "11_reward.ipynb"
EXAMPLES = [
    ["How many <b>?", "Answer at once: 7.", 0.0, False],
    ["How many?", "Step by step: 1 + 1 = 2. Answer: 2.", 1.0, True],
    ["How many?", "", 0.0, False],
]
MARKS = ("aaAadddD", "aaASSSSS", "SSSSSSSs")


@pytest.fixture
def saved(monkeypatch: pytest.MonkeyPatch) -> RewardLanes:
    """Three moments of a run that is kept, as a page has them."""
    monkeypatch.setattr(live, "RIGHT", CHOICE)
    lanes = RewardLanes(tiny.model(), steps=3)
    lanes.moments = [[i, marks, i / 2, EXAMPLES] for i, marks in enumerate(MARKS)]
    return lanes


def lane(page: Page, name: str) -> Locator:
    return page.get_by_role("img", name=re.compile(f"^{name}: "))


def words(page: Page) -> Locator:
    return page.locator(".ll-lanes .ll-status")


def test_a_page_replays_the_kept_run(open_page, saved):
    page = open_page(saved, width=820)
    expect(words(page)).to_contain_text("This page replays a training")
    expect(lane(page, "at once")).to_have_attribute(
        "aria-label", "at once: 4 of 8 answers, 1 right"
    )
    assert lane(page, "at once").locator("i").count() == 4
    assert lane(page, "at once").locator("i.ll-right").count() == 1
    rows = page.locator(".ll-lane-answers li:visible")
    expect(rows).to_have_count(3)
    expect(rows.nth(0)).to_contain_text("✗ not right, reward 0: Answer at once: 7.")
    expect(rows.nth(1)).to_contain_text("✓ right, reward 1: Step by step")
    expect(rows.nth(2)).to_contain_text("(nothing)")
    rows.nth(0).get_by_text("The problem").click()
    expect(rows.nth(0).locator("p")).to_have_text("How many <b>?")
    slider = page.get_by_role("slider", name="Moment")
    expect(slider).to_be_disabled()  # nobody looks ahead
    button(page, "Reward right answers").press("Enter")
    expect(button(page, "Replay")).to_be_visible()
    expect(words(page)).to_contain_text("step 2 of 2: 88 % right, 100 % step by step")
    expect(page.get_by_role("progressbar")).to_have_js_property("value", 3)  # of 3
    expect(lane(page, "step by step")).to_have_attribute(
        "aria-label", "step by step: 8 of 8 answers, 7 right"
    )
    assert lane(page, "at once").locator("i").count() == 0
    fits_a_phone(page)
    page.emulate_media(color_scheme="dark")
    page.add_style_tag(content="html { background: #111; }")
    no_barriers(page, within=".ll-lanes")
    slider.press("ArrowLeft")
    expect(slider).to_have_attribute(
        "aria-valuetext", "after 1 step: 75 % right, 63 % step by step"
    )
    button(page, "Put Fjord back").click()
    expect(button(page, "Reward right answers")).to_be_visible()
    expect(lane(page, "at once").locator("i")).to_have_count(4)


@pytest.mark.rest  # it learns for a minute
def test_with_a_kernel_it_learns_stops_and_goes_on(open_notebook):
    cells = [
        "import llm_lessons as ll\nlm = ll.load('fjord')",
        "lanes = ll.RewardLanes(lm, steps=4)\nlanes",
        "lanes.status['phase']",
    ]
    page = open_notebook(cells, timeout=PATIENCE)
    patient = 1000 * PATIENCE
    button(page, "Reward right answers").click()
    expect(words(page)).to_contain_text("Step 1 of 4", timeout=patient)
    button(page, "Stop").press("Enter")
    expect(words(page)).to_contain_text("nothing is lost", timeout=patient)
    assert run_cell(page, 2) == "'stopped'"
    button(page, "Go on").click()
    expect(words(page)).to_contain_text("Done", timeout=patient)
    button(page, "Put Fjord back").click()
    expect(words(page)).to_contain_text("Not begun yet")


@pytest.mark.rest
def test_the_lesson_on_rewards(open_lesson):
    page = open_lesson(LESSON)
    page.get_by_role("radio", name="It drew steps now and then").click()
    right = page.locator(".ll-right [role=status]").first
    expect(right).to_contain_text("✓ Right.")
    told = try_answer(page, "fooled = ...", 'fooled = "Answer at once: 9."')
    assert "✓ Right." in told
    expect(page.get_by_role("img", name="Two curves over the rounds")).to_be_visible()
    open_lesson(LESSON, dark=True)
