"""The lesson on training: its controls without a kernel, all of it with one."""

import math
import re

import pytest
from playwright.sync_api import Locator, expect

from llm_lessons.widgets import TwoKnobs
from tests.browser.notebook_page import NOTEBOOKS, TWO_FRAMES

LESSON = NOTEBOOKS / "05_training.ipynb"
SHARES = {"and": 0.8, "but": 0.12, "then": 0.08}


def test_two_knobs_by_keyboard_and_downhill(open_page):
    knobs = TwoKnobs(SHARES)
    page = open_page(knobs, width=820)
    loss = page.locator(".ll-loss")
    expect(loss).to_contain_text(f"Loss: {math.log2(3):.3f} bits")
    slider = page.get_by_role("slider", name="Knob of and")
    for _ in range(4):
        slider.press("ArrowRight")
    expect(slider).to_have_value("0.2")
    knobs.knobs = [0.2, 0.0]
    expect(loss).to_contain_text(f"Loss: {knobs.loss:.3f} bits")
    page.get_by_role("button", name="Both back to 0").click()
    down = page.get_by_role("button", name="One step downhill")
    for step in range(1, 11):
        down.press("Enter")
        expect(loss).to_contain_text(f"{step} step")
    least = -sum(share * math.log2(share) for share in SHARES.values())
    expect(loss).to_contain_text(f"No setting gets below {least:.3f}.")
    told = float(re.findall(r"Loss: ([\d.]+)", loss.inner_text())[0])
    assert least - 1e-3 <= told < least + 0.02
    expect(page.get_by_role("row", name="and 80.0")).to_have_count(1)


def test_the_ball_is_dragged_rolled_and_leaves_a_trail(open_page):
    knobs = TwoKnobs(SHARES)
    page = open_page(knobs, width=700, reduced_motion="reduce")
    ball = page.get_by_role("slider", name="Ball")
    expect(ball).to_have_attribute("aria-valuetext", "and 0.00, but 0.00")
    land = page.locator(".ll-map rect").bounding_box()

    def place(first: float, second: float) -> tuple[float, float]:
        across, up = ((knob + 4) / 8 for knob in (first, second))
        left, top = (land[side] + 1 for side in ("x", "y"))  # inside its own line
        wide, tall = (land[side] - 2 for side in ("width", "height"))
        return left + across * wide, top + (1 - up) * tall

    page.mouse.move(*place(0, 0))
    page.mouse.down()
    page.mouse.move(*place(-3, 2), steps=8)
    page.mouse.up()
    page.mouse.move(*place(0, 0))  # it was let go
    page.evaluate(TWO_FRAMES)
    first, second = place_of(ball)
    assert (first, second) == pytest.approx((-3, 2), abs=0.06)
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "Shift+ArrowRight"):
        ball.press(key)
        page.evaluate(TWO_FRAMES)
    assert place_of(ball) == pytest.approx([first + 0.7, second - 0.1], abs=0.011)
    page.get_by_label("Size of a step").press("ArrowRight")
    for _ in range(3):
        page.get_by_role("button", name="One step downhill").click()
    expect(page.locator(".ll-loss")).to_contain_text("3 steps downhill.")
    expect(page.locator(".ll-map g.ll-trail circle")).to_have_count(3)
    ball.press("ArrowUp")
    expect(page.locator(".ll-map g.ll-trail circle")).to_have_count(0)


def place_of(ball: Locator) -> list[float]:
    spoken = ball.get_attribute("aria-valuetext") or ""
    return [*map(float, re.findall(r"-?[\d.]+", spoken))]


@pytest.mark.rest
def test_the_training_lesson(open_lesson):
    page = open_lesson(LESSON)
    box = page.locator(".ll-yours")
    box.get_by_role("button", name="Train", exact=True).click()
    expect(box.locator(".ll-own-samples li:visible")).to_have_count(10)
    box.get_by_role("button", name="Stop").click()
    expect(box.locator(".ll-status")).to_contain_text("Stopped: its knobs stay.")

    page.get_by_role("button", name="One step downhill").click()
    expect(page.locator(".ll-loss")).to_contain_text("1 step downhill.")
