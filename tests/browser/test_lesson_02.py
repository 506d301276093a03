"""The lesson on the forward pass: its knob without a kernel, all of it with one."""

import re

import numpy as np
from playwright.sync_api import Locator, Page, expect

from llm_lessons.language_model import LanguageModel
from llm_lessons.language_model.loading import load
from llm_lessons.lessons.forward_pass import knobs
from llm_lessons.lessons.forward_pass.knobs import Weight
from llm_lessons.widgets.knob import MIDDLE
from tests.browser.made_page import drag, press
from tests.browser.notebook_page import NOTEBOOKS, cell_with, run_cell
from tests.browser.shown_odds import shows
from tests.browser.toys import PLACE

LESSON = NOTEBOOKS / "02_forward_pass.ipynb"
TRAINED = "This is the model as it was trained."


def value(page: Page) -> Locator:
    return page.get_by_role("slider", name="Value")


def moved(page: Page) -> Locator:
    return page.locator(".ll-moved")


def holds(page: Page, lm: LanguageModel) -> None:
    """The bars are those of this model."""
    scores = lm.logits(PLACE)
    odds = np.exp(scores - scores.max(), dtype=np.float64)
    shows(page, ".ll-knob", odds / odds.sum())


def test_every_listed_knob_turns_without_a_kernel(open_page, knob):
    lm = load("fjord")
    page = open_page(knob, width=820)
    expect(moved(page)).to_have_text(TRAINED)
    expect(page.locator(".ll-before:visible")).to_have_count(0)
    holds(page, lm)
    for i, one in enumerate(knob._listed):
        page.get_by_label("Weight", exact=True).select_option(str(i))
        expect(page.locator(".ll-chooser code")).to_have_text(
            f"lm.params.{one['python']}"
        )
        value(page).press("End")
        expect(moved(page)).to_contain_text("of the probability has moved")
        turned = knobs.with_weight(lm, Weight(*one["weight"]), one["stops"][-1])
        holds(page, turned)
    press(page, "Put everything back")
    expect(moved(page)).to_have_text(TRAINED)
    expect(value(page)).to_have_value(str(MIDDLE))

    # one field is open, and the others are behind the address
    matrix = page.get_by_label("Matrix", exact=True)
    expect(page.get_by_label("Weight", exact=True)).to_be_visible()
    expect(matrix).to_be_hidden()
    page.locator(".ll-chooser summary").focus()
    for is_open in (True, False):
        page.keyboard.press("Enter")
        expect(matrix).to_be_visible(visible=is_open)
    page.get_by_label("Weight", exact=True).select_option("")  # one's own choice
    expect(matrix).to_be_focused()


def test_the_lesson_by_keyboard_and_mouse(open_lesson):
    page = open_lesson(LESSON)
    expect(moved(page)).to_have_text(TRAINED)

    drag(page, value(page), 0.5, 1)
    expect(moved(page)).to_contain_text("of the probability has moved")
    read = cell_with(page, "print(knob)")
    first, written = run_cell(page, read).split("\n", 1)
    assert re.fullmatch(r"Knob\(.+\[[\d, ]+\] = -?\d+\.\d{3}\)", first)
    assert written.startswith(PLACE)

    asked_of_the_kernel(page)


def asked_of_the_kernel(page: Page) -> None:
    """A weight of one's own: Python works it out."""
    lm = load("fjord")
    page.locator(".ll-chooser details").evaluate("(one) => { one.open = true; }")
    page.get_by_label("Matrix", exact=True).select_option("layers[5].down")
    column = page.get_by_label("Column", exact=True)
    column.fill("12")
    column.press("Enter")
    row = page.get_by_label("Row", exact=True)
    row.fill("99999")  # beyond the edge
    row.press("Enter")
    expect(row).to_have_value("512")
    where = page.locator(".ll-chooser code")
    expect(where).to_have_text("lm.params.layers[5].down[511, 11]")
    value(page).press("Home")
    weight = Weight("layers[5].down", 511, 11)
    turned = knobs.with_weight(lm, weight, float(knobs.stops(lm.params, weight)[0]))
    expect(moved(page)).to_contain_text("of the probability has moved")
    wait_for_python(page)
    holds(page, turned)


def wait_for_python(page: Page) -> None:
    """Until the bars are those of the knobs as they stand."""
    # Drawn once a frame: before the next one, what has just been set is not seen.
    for _ in range(2):
        page.evaluate("() => new Promise((then) => requestAnimationFrame(then))")
    expect(page.locator(".ll-knob .ll-stale")).to_have_count(0, timeout=30_000)
