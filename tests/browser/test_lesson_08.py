"""The lesson on written steps: its race without a kernel, all of it with one."""

import re

from playwright.sync_api import Page, expect

from llm_lessons.widgets import Race
from tests.browser.made_page import press
from tests.browser.notebook_page import NOTEBOOKS

LESSON = NOTEBOOKS / "08_chain_of_thought.ipynb"
SIX = 1  # of the kinds below
RESULT = re.compile(r"result of step 1\.")
HINT = "Click a result among the steps, and write another."


def written(page: Page, side: int) -> str:
    """What a side shows as written, without what only keeps the room."""
    chips = (
        page.locator(".ll-side").nth(side).locator(".ll-text div:not(.ll-room) span")
    )
    return "".join(
        chips.evaluate_all(
            """all => all
              .filter(one => getComputedStyle(one).visibility === 'visible')
              .map(one => one.textContent)"""
        )
    )


def texts(race: Race, kind: int, problem: int) -> list[str]:
    """What both sides write in the end."""
    sides = race._kinds[kind][1][problem]["sides"]
    return ["".join(side["pieces"]) for side in sides]


def test_the_race_is_run_without_a_kernel(open_page, race):
    page = open_page(race, width=820)
    page.get_by_label("Problem").select_option(index=SIX)
    at_once, steps = texts(race, SIX, 0)
    assert written(page, 0) == written(page, 1) == ""
    pieces = race._kinds[SIX][1][0]["sides"][1]["pieces"]
    for count in (1, 2, 3):
        press(page, "One token each")
        assert written(page, 1) == "".join(pieces[:count])
        if count == 1:  # a space, which is seen
            expect(page.locator(".ll-new").first).to_have_attribute("data-sign", "␣")
    expect(page.locator(".ll-new").last).to_have_text(pieces[2])
    heard = page.locator(".ll-unseen[role=status]")
    expect(heard).to_contain_text(f"Step by step: {pieces[2].strip() or 'a space'}.")

    page.get_by_label("Speed").press("End")
    press(page, "Run")
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    status = page.locator(".ll-status")
    expect(status).to_contain_text("times the computation.", timeout=30_000)
    assert [written(page, 0), written(page, 1)] == [at_once, steps]
    sides = race._kinds[SIX][1][0]["sides"]
    spent = [sum(side["costs"]) for side in sides]
    for node, side, cost in zip(
        page.locator(".ll-side").all(), sides, spent, strict=True
    ):
        mark = "✓" if side["right"] else "✗"
        expect(node.locator(".ll-end")).to_contain_text(f"{mark} {side['answer']}")
        words = f"{len(side['pieces'])} tokens, {cost / 1e6:.0f} million operations"
        expect(node.locator(".ll-spent")).to_have_text(words)
    result = page.get_by_role("button", name=RESULT)
    result.press("Enter")
    page.keyboard.type("x5")
    page.keyboard.press("Enter")  # no number: it stays
    page.keyboard.press("Escape")
    expect(result).to_be_focused()
    press(page, "Start again")
    assert written(page, 1) == "" and status.inner_text() == HINT


def test_chain_of_thought_by_keyboard_and_mouse(open_lesson):
    page = open_lesson(LESSON)
    widget = page.locator(".ll-race").first
    step = widget.get_by_role("button", name="One token each")
    step.press("Enter")
    assert len(written(page, 1)) > 0
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    stop = widget.get_by_role("button", name="Stop")
    expect(stop).to_be_focused()
    page.keyboard.press("Space")
    expect(widget.get_by_role("button", name="Run")).to_be_focused()
    widget.get_by_label("Problem").select_option(index=0)
    speed = widget.get_by_label("Speed")
    speed.press("End")
    expect(speed).to_have_attribute("aria-valuetext", "20 tokens a second")
    widget.get_by_role("button", name="Run").click()
    status = widget.locator(".ll-status")
    expect(status).to_contain_text("times the computation.", timeout=30_000)
    widget.get_by_role("button", name=RESULT).click()
    page.keyboard.type("3")
    page.keyboard.press("Enter")  # the kernel writes on from there
    expect(status).to_contain_text("to 3: the answer is", timeout=30_000)
    expect(widget.locator(".ll-own")).to_have_text("3")
    expect(widget.locator(".ll-struck")).not_to_have_count(0)  # what stood there before
    press(widget, "Back to the race")
    expect(widget.locator(".ll-own")).to_have_count(0)
