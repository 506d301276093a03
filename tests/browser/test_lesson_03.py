"""The lesson on sampling: two runs and the tree without a kernel, and all with one."""

import re

from playwright.sync_api import Locator, Page, expect

from llm_lessons.language_model.loading import load
from llm_lessons.widgets.two_runs import AHEAD, LENGTH
from tests.browser.made_page import press
from tests.browser.notebook_page import NOTEBOOKS
from tests.browser.toys import PLACE, PROMPT, SEED

LESSON = NOTEBOOKS / "03_sampling.ipynb"
OTHER = "The old man"


def texts(page: Page) -> list[str]:
    """What both sides have written behind the prompt."""
    sides = page.locator(".ll-two-runs .ll-text").all()
    return [side.evaluate(WRITTEN) for side in sides]


WRITTEN = """side => [...side.children].slice(1).map(
    token => token.firstChild.textContent).join("")"""


def said(page: Page, widget: str) -> Locator:
    return page.locator(f"{widget} .ll-status")


def test_a_click_is_one_flip_until_they_part(open_page, runs):
    page = open_page(runs, width=820)
    status, marks = said(page, ".ll-two-runs"), page.locator(".ll-two-runs mark")
    expect(status).to_contain_text("Nothing is drawn yet.")
    expect(page.locator(".ll-drawn")).to_have_count(0)
    rows = [[flip[0] for flip in run["flips"]] for run in runs._runs[:2]]
    parted_at = 1 + next(i for i in range(LENGTH) if rows[0][i] != rows[1][i])
    for flips in range(1, parted_at + 1):
        press(page, "Flip once")
        expect(status).to_contain_text(f"Flip {flips}: ")
        expect(page.locator(".ll-drawn")).to_have_count(2)
        decode = load("fjord").tokenizer.decode
        assert texts(page) == [decode(row[:flips]) for row in rows]
        expect(marks).to_have_count(0 if flips < parted_at else 2)
    expect(status).to_contain_text("Here they part.")
    for mark in marks.all():
        expect(mark).to_contain_text("(they part here)")
    coins = page.locator(".ll-coin-says").all_inner_texts()
    for coin in coins:
        found = re.fullmatch(r"Coin (.+): “.+” lies from (.+) to (.+)\.", coin)
        assert found and float(found[2]) <= float(found[1]) <= float(found[3])
    press(page, "Ten flips")
    expect(status).to_contain_text(f"They parted at flip {parted_at}.")
    expect(page.locator(".ll-apart")).not_to_have_count(0)
    press(page, "To the end")
    expect(status).to_contain_text("This is the end.")
    once = page.get_by_role("button", name="Flip once")
    expect(once).to_have_attribute("aria-disabled", "true")
    once.click(force=True)  # which does nothing
    press(page, "Start again")
    expect(status).to_contain_text(f"Seeds: {SEED + 2} and {SEED + 3}.")
    page.get_by_label("Same coins on both sides").focus()
    page.keyboard.press("Space")
    press(page, "To the end")
    expect(status).to_contain_text("They are still the same.")
    first, second = texts(page)
    assert first == second != ""
    expect(marks).to_have_count(0)


def items(page: Page) -> Locator:
    return page.get_by_role("treeitem")


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.getAttribute('aria-label')")


def test_the_tree_by_keyboard(open_page, tree):
    page = open_page(tree, width=820)
    roots = page.locator("[role=tree] > [role=treeitem]")
    count = roots.count()
    assert count == len(tree._forks[""]["likeliest"]) + 1
    page.keyboard.press("Tab")  # the box
    page.keyboard.press("Tab")  # the text of the path, which may be long
    for _ in ("Back", "Start again"):
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    first = focused(page)
    assert first == roots.first.get_attribute("aria-label")
    expect(roots.first).to_have_attribute("aria-selected", "false")
    page.keyboard.press("ArrowDown")
    expect(roots.nth(1)).to_have_attribute("aria-selected", "true")
    expect(roots.nth(1)).to_have_attribute("aria-posinset", "2")
    expect(roots.nth(1)).to_have_attribute("aria-setsize", str(count))
    expect(roots.nth(1)).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")  # it grows on
    expect(roots.first).to_have_attribute("aria-expanded", "true")
    expect(roots.first).to_be_focused()
    page.keyboard.press("Enter")  # goes on along the likeliest branch
    inner = roots.first.get_by_role("treeitem").first
    expect(inner).to_be_focused()
    expect(inner).to_have_attribute("aria-level", "2")
    status = said(page, ".ll-branch-tree")
    expect(status).to_contain_text("Chance of this path, ")
    whole = inner.get_attribute("aria-label") or ""
    assert status.inner_text().endswith("= " + whole.rsplit("whole path ")[1])
    page.keyboard.press("ArrowDown")  # stays within the fork
    expect(roots.first.get_by_role("treeitem").nth(1)).to_be_focused()
    page.keyboard.press("End")
    assert re.fullmatch(r"all [\d,]+ others, .*", focused(page))
    page.keyboard.press("ArrowDown")  # behind the last one comes the parent's next
    expect(roots.nth(1)).to_be_focused()
    expect(items(page)).to_have_count(count)  # what nobody follows folds up
    page.keyboard.press("Home")
    assert focused(page) == first
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(inner).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(roots.first).to_be_focused()
    page.keyboard.press("ArrowLeft")  # folds it up
    expect(items(page)).to_have_count(count)
    # one item can be reached by Tab
    assert page.locator("[role=treeitem][tabindex='0']").count() == 1
    roots.first.locator("> .ll-row").click()
    token, chance = tree._forks[""]["likeliest"][0]
    text = page.locator(".ll-path .ll-text")
    expect(text).to_have_text(PLACE + tree._pieces[str(token)])
    assert f"{100 * chance:.1f}\u00a0%" in status.inner_text()
    press(page, "Start again")
    expect(text).to_have_text(PLACE)


def open_the_rarest(page: Page, level: int) -> Locator:
    """Open the last branch of a level that leads anywhere, and return it."""
    at = f"[role=treeitem][aria-level='{level}'][aria-expanded]"
    branch = page.locator(at).last
    branch.locator("> .ll-row").click()
    return branch


def test_sampling_by_keyboard_and_mouse(open_lesson):
    page = open_lesson(LESSON)

    status = said(page, ".ll-two-runs")
    page.get_by_role("button", name="Flip once").press("Enter")
    expect(status).to_contain_text("Flip 1: ")
    for _ in range(AHEAD // 2):  # the last of these asks the kernel
        press(page.locator(".ll-two-runs"), "Start again")
    expect(status).to_contain_text(f"Seeds: {SEED + AHEAD} and {SEED + AHEAD + 1}.")
    press(page, "To the end")
    lm = load("fjord")
    assert texts(page)[0] == lm.generate(PROMPT, LENGTH, seed=SEED + AHEAD)
    page.locator(".ll-branch-tree textarea").fill(OTHER)
    expect(page.locator(".ll-path .ll-text")).to_have_text(OTHER)
    for level in range(1, 6):  # further than anything that was read ahead
        branch = open_the_rarest(page, level)
        expect(branch).to_have_attribute("aria-expanded", "true")
