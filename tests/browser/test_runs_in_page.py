"""Texts, runs and forks that a page draws by itself: no kernel and no request."""

import re

from playwright.sync_api import Page, expect

from llm_lessons.decoding.sampling import Settings
from llm_lessons.lessons.temperature.drafts import drafts
from llm_lessons.loading import load
from llm_lessons.widgets import BranchTree, Continuations, NextToken, TwoRuns
from llm_lessons.widgets.continuations import LENGTH
from llm_lessons.widgets.two_runs import AHEAD

PROMPT, TYPED, SEED = "Ida lives in", "On Monday, Åse", 5
DEPTH = 4  # forks behind each other, all along the least likely branch


def type_into(page: Page, widget: str) -> None:
    page.locator(widget).get_by_label("Text so far").fill(TYPED)


def test_what_goes_on_behind_a_text_is_drawn_in_the_page(open_page, screenshot):
    lm = load("fjord")
    odds = NextToken(lm, PROMPT)
    texts, runs = Continuations(lm, odds), TwoRuns(lm, PROMPT, SEED)
    shown = odds, texts, runs, BranchTree(lm, PROMPT)
    page = open_page(*shown, model=lm, width=360, height=740, offline=True)

    # The prompt is the other widget's, as in a notebook.
    type_into(page, ".ll-next-token")
    widget = page.locator(".ll-continuations")
    widget.get_by_role("slider", name="Temperature").press("Home")
    page.wait_for_timeout(500)  # until it is typed
    widget.get_by_role("button", name="Draw 20").press("Enter")
    says = widget.locator("[role=status]")
    expect(says).to_have_text(f"“{TYPED}” at temperature 0.00: 20 times the same.")
    (same, _), *_ = drafts(lm, TYPED, 1, LENGTH, Settings(temperature=0.0))
    drawn = widget.locator("li").first
    expect(drawn).to_have_text(re.compile(rf"20\s× {re.escape(same.strip())}\s…"))

    widget = page.locator(".ll-two-runs")
    for pair in range(1, AHEAD // 2 + 1):
        widget.get_by_role("button", name="Start again").press("Enter")
        seeds = f"Seeds: {SEED + 2 * pair} and {SEED + 2 * pair + 1}."
        expect(widget.locator(".ll-status")).to_contain_text(seeds)
    type_into(page, ".ll-two-runs")
    seeds = f"Seeds: {SEED} and {SEED + 1}."
    expect(widget.locator(".ll-status")).to_contain_text(seeds)
    expect(widget.locator(".ll-given").first).to_have_text(TYPED)
    widget.get_by_role("button", name="Ten flips").press("Enter")
    expect(widget.locator(".ll-status")).to_contain_text("Flip 10")

    widget = page.locator(".ll-branch-tree")
    type_into(page, ".ll-branch-tree")
    expect(widget.locator(".ll-path .ll-text")).to_have_text(TYPED)
    widget.locator("[role=treeitem][tabindex='0']").focus()
    for level in range(1, DEPTH + 1):
        for key in ("End", "ArrowUp", "ArrowRight"):
            page.keyboard.press(key)
        expect(widget.locator(f"[aria-level='{level + 1}']").first).to_be_attached()
        page.keyboard.press("ArrowRight")
    expect(widget.locator(".ll-status")).to_contain_text("Chance of this path")

    for excuse in ("No model", "JupyterLab"):
        expect(page.locator("body")).not_to_contain_text(excuse)
    screenshot(page, "page")
