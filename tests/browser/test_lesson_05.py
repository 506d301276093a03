"""The lesson on training: its controls without a kernel, all of it with one."""

import math
import re

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from llm_lessons.widgets import TrainingCurve, TwoKnobs
from tests import tiny
from tests.browser.made_page import fits_a_phone
from tests.browser.notebook_page import (
    NOTEBOOKS,
    PATIENCE,
    TWO_FRAMES,
    picture_of_everything,
    run_cell,
    try_answer,
)

LESSON = NOTEBOOKS / "05_training.ipynb"
SHARES = {"and": 0.8, "but": 0.12, "then": 0.08}
TEXTS = ["\x00\ufffd<b> the\n,,", " and the the", " there was a fox.", " there was."]


@pytest.fixture
def saved() -> TrainingCurve:
    """A training that is over, as a saved page has it."""
    curve = TrainingCurve(tiny.tokenizer(), steps=600)
    curve._tokens = 1_200_000
    curve._lines = [["guessing evenly", 10.0], ["counting pairs of tokens", 3.1]]
    curve.points = [
        [step, 2000 * step, 1.2 + 8.8 * math.exp(-step / 80)]
        for step in range(5, 601, 5)
    ]
    steps = (0, 40, 200, 600)
    curve.samples = [
        [step, 2000 * step, bits, text]
        for step, bits, text in zip(steps, (10, 6.5, 1.9, 1.2), TEXTS, strict=True)
    ]
    curve.status = {"phase": "done", "step": 600, "seconds_left": 0.0}
    return curve


def moment(page: Page) -> Locator:
    return page.get_by_role("slider", name="Moment")


def test_the_saved_page_replays_the_training(open_page, screenshot, saved):
    page = open_page(saved, width=820)
    box = page.get_by_role("group", name="What it writes")
    expect(box).to_have_text("Once upon a time there was.")
    expect(moment(page)).to_have_attribute(
        "aria-valuetext", "after 1,200,000 tokens, loss 1.20 bits a token"
    )
    mark, places = page.locator(".ll-mark"), []
    for text in reversed(TEXTS[:-1]):
        places.append(float(mark.get_attribute("cx") or 0))
        moment(page).press("ArrowLeft")
        expect(box).to_contain_text(text.replace("\x00", "␀").replace("\n", "↵"))
    assert places == sorted(places, reverse=True) and len(set(places)) == 3
    expect(box.locator("b")).to_have_count(0)
    expect(page.locator(".ll-moment output")).to_have_text("before the first step")
    screenshot(page, "first_moment")
    moment(page).press("End")
    expect(box).to_have_text("Once upon a time there was.")
    page.get_by_text("All of it as a table").click()
    rows = page.get_by_role("row")
    expect(rows).to_have_count(1 + len(TEXTS))
    expect(rows.last).to_contain_text("1,200,0001.20Once upon a time there was.")
    screenshot(page, "table")


def test_the_mark_is_dragged_along_the_curve(open_page, saved):
    page = open_page(saved, width=820)
    chart, box = page.locator(".ll-chart"), page.locator(".ll-sample")
    stops = [one.bounding_box() for one in page.locator(".ll-stop").all()]
    places = [(box["x"] + box["width"] / 2, box["y"]) for box in stops if box]
    page.mouse.move(*places[-1])
    page.mouse.down()
    for (x, _), text in zip(places[2:0:-1], TEXTS[2:0:-1], strict=True):
        page.mouse.move(x + 5, 40, steps=3)  # not on the curve, and yet that moment
        expect(box).to_contain_text(text)
    page.mouse.up()
    page.mouse.move(*places[-1])
    expect(box).to_contain_text(TEXTS[1])
    page.keyboard.press("ArrowLeft")  # a press on the curve has given it the keys
    expect(box).to_contain_text("<b> the")
    expect(chart).to_have_css("touch-action", "pan-y")


def test_an_empty_chart_has_its_axes_and_says_where_it_begins(open_page, screenshot):
    curve = TrainingCurve(tiny.tokenizer(), steps=800)
    page = open_page(curve, width=360)
    words = page.locator(".ll-chart text").all_text_contents()
    assert {"0", "0.5", "1", "1.5", "million tokens read", "guessing evenly"} <= {
        *words
    }
    assert "Here its curve will begin." in words
    chart = page.locator(".ll-chart").bounding_box()
    for one in page.locator(".ll-chart text").all():
        text = one.bounding_box()
        assert chart["x"] - 1 <= text["x"]
        assert text["x"] + text["width"] <= chart["x"] + chart["width"] + 1
    screenshot(page, "empty")


def test_the_curve_is_drawn_where_its_numbers_are(open_page, saved):
    page = open_page(saved, width=820)
    chart = page.get_by_role("img", name=re.compile("^Curve of the loss, from 10.00"))
    expect(chart).to_have_attribute("aria-label", re.compile("1.20 million tokens"))
    path = page.locator(".ll-curve").get_attribute("d") or ""
    x, y = np.array(re.findall(r"[ML]([\d.]+) ([\d.]+)", path), float).T
    tokens, bits = np.array(saved.points)[:, 1:].T
    for pixels, numbers in ((x, tokens), (y, bits)):
        slope, start = np.polyfit(numbers, pixels, 1)
        np.testing.assert_allclose(start + slope * numbers, pixels, atol=0.11)
    # The rivals' lines lie on the same scale.
    slope, start = np.polyfit(bits, y, 1)
    lines = page.locator(".ll-rival")
    for line, (_, value) in zip(lines.all(), saved._lines, strict=True):
        at = float(line.get_attribute("y1") or 0)
        assert at == pytest.approx(start + slope * value, abs=0.2)


def test_a_second_curve_shows_where_learning_by_heart_begins(
    open_page, screenshot, saved
):
    bits = (10.0, 4.5, 5.0, 6.25)
    saved.held_out = [
        [step, tokens, told]
        for (step, tokens, *_), told in zip(saved.samples, bits, strict=True)
    ]
    page = open_page(saved, width=820)
    path = page.locator(".ll-held-out").get_attribute("d") or ""
    x, y = np.array(re.findall(r"[ML]([\d.]+) ([\d.]+)", path), float).T
    for pixels, numbers in ((x, [s[1] for s in saved.samples]), (y, bits)):
        slope, start = np.polyfit(numbers, pixels, 1)
        np.testing.assert_allclose(start + slope * np.array(numbers), pixels, atol=0.11)
    for name in ("text that it learns from", "held-out text"):
        expect(page.locator(".ll-chart").get_by_text(name, exact=True)).to_be_visible()
    begins = "it was lowest, 4.50 bits a token, after 0.08 million tokens."
    expect(page.locator(".ll-status")).to_contain_text(begins)
    expect(page.locator(".ll-chart")).to_have_attribute(
        "aria-label", re.compile(begins)
    )
    page.get_by_text("All of it as a table").click()
    expect(page.get_by_role("columnheader")).to_have_text(
        ["Tokens read", "Loss, bits a token", "Loss on held-out text", "What it writes"]
    )
    last = page.get_by_role("row").last
    expect(last).to_contain_text("1,200,0001.206.25Once upon a time")
    screenshot(page, "by_heart")


def test_without_a_kernel_a_press_is_answered_kindly(open_page, saved):
    saved.status = saved.status | {"phase": "stopped", "step": 500}
    page = open_page(saved, width=820)
    go_on = page.get_by_role("button", name="Continue")
    go_on.click()
    expect(go_on).to_have_attribute("aria-disabled", "true")
    status = page.locator(".ll-status")
    expect(status).to_contain_text("A page can't train: that needs", timeout=10_000)
    expect(go_on).to_have_attribute("aria-disabled", "false")


def test_two_knobs_by_keyboard_and_downhill(open_page, screenshot):
    knobs = TwoKnobs(SHARES)
    page = open_page(knobs, width=820)
    loss = page.locator(".ll-loss")
    expect(loss).to_contain_text(f"Loss: {math.log2(3):.3f} bits")
    slider = page.get_by_role("slider", name="Knob of and")
    slider.focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(slider).to_have_value("0.2")
    knobs.knobs = [0.2, 0.0]
    expect(loss).to_contain_text(f"Loss: {knobs.loss:.3f} bits")
    page.get_by_role("button", name="Both back to 0").click()
    down = page.get_by_role("button", name="One step downhill")
    down.focus()
    turned = np.zeros(2)
    for step in range(1, 11):
        page.keyboard.press("Enter")
        odds = np.exp([*turned, 0]) / np.exp([*turned, 0]).sum()
        turned -= (odds[:2] - [0.8, 0.12]) / np.log(2)
        knobs.knobs = turned.tolist()
        expect(loss).to_contain_text(f"{step} step")
        expect(loss).to_contain_text(f"Loss: {knobs.loss:.3f} bits")
    least = -sum(share * math.log2(share) for share in SHARES.values())
    expect(loss).to_contain_text(f"No setting gets below {least:.3f}.")
    assert knobs.loss < least + 0.02
    expect(page.get_by_role("row", name="and 80.0")).to_have_count(1)
    screenshot(page, "downhill")


def test_the_ball_is_dragged_rolled_and_leaves_a_trail(open_page, screenshot):
    knobs = TwoKnobs(SHARES)
    page = open_page(knobs, width=700, height=650, reduced_motion="reduce")
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
    page.mouse.move(*place(-2, 1), steps=4)
    page.mouse.move(*place(-3, 2), steps=4)
    page.mouse.up()
    page.evaluate(TWO_FRAMES)
    first, second = map(float, re.findall(r"-?[\d.]+", spoken_of(ball)))
    assert (first, second) == pytest.approx((-3, 2), abs=0.06)
    page.mouse.move(*place(0, 0))  # it was let go
    knobs.knobs = [first, second]
    loss = page.locator(".ll-loss")
    told = float(re.findall(r"Loss: ([\d.]+)", loss.inner_text())[0])
    assert told == pytest.approx(knobs.loss, abs=0.02)  # of rounded knobs
    ball.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "Shift+ArrowRight"):
        page.keyboard.press(key)
        page.evaluate(TWO_FRAMES)
    now = list(map(float, re.findall(r"-?[\d.]+", spoken_of(ball))))
    assert now == pytest.approx([first + 0.7, second - 0.1], abs=0.011)
    expect(page.get_by_role("slider", name="Knob of and")).to_have_value(
        re.compile(r"^-2\.[23]")
    )
    page.get_by_label("Size of a step").press("ArrowRight")
    for _ in range(3):
        page.get_by_role("button", name="One step downhill").click()
    expect(loss).to_contain_text("3 steps downhill.")
    expect(page.locator(".ll-map g.ll-trail circle")).to_have_count(3)
    bottom = page.locator(".ll-two-knobs").bounding_box()
    assert bottom["y"] + bottom["height"] <= 650
    screenshot(page, "trail")
    ball.press("ArrowUp")
    expect(page.locator(".ll-map g.ll-trail circle")).to_have_count(0)


def spoken_of(ball: Locator) -> str:
    return ball.get_attribute("aria-valuetext") or ""


def test_a_finger_drags_the_ball_and_elsewhere_taps(open_page):
    page = open_page(TwoKnobs(SHARES), width=360, has_touch=True)
    ball = page.get_by_role("slider", name="Ball")
    land = page.locator(".ll-map rect").bounding_box()
    page.touchscreen.tap(land["x"] + 0.75 * land["width"], land["y"] + 20)
    expect(ball).to_have_attribute("aria-valuetext", re.compile(r"^and (1\.9|2\.0)"))
    grip = page.locator(".ll-grip")
    expect(grip).to_have_css("touch-action", "none")
    expect(page.locator(".ll-map")).to_have_css("touch-action", "auto")


def test_training_and_knobs_speak_fit_a_phone_and_print(open_page, screenshot, saved):
    page = open_page(saved, TwoKnobs(SHARES), width=820, color_scheme="light")
    below = page.locator(".ll-two-knobs")
    before = below.bounding_box()
    for key in ("Home", "ArrowRight", "End"):
        moment(page).press(key)
        assert below.bounding_box() == before
    for name in ("Moment", "Knob of and", "Knob of but"):
        suppressed = ("data-lm-suppress-shortcuts", "true")
        expect(page.get_by_label(name)).to_have_attribute(*suppressed)
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "600")
    fits_a_phone(page)
    page.emulate_media(media="print", color_scheme="light")
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("group", name="What it writes")).to_be_visible()
    screenshot(page, "print")


@pytest.mark.rest
def test_training_starts_stops_and_goes_on(open_notebook, screenshot):
    cells = [
        "import llm_lessons as ll\nlm = ll.load('fjord')",
        "curve = ll.TrainingCurve(lm.tokenizer, steps=300)\ncurve",
        "curve.status['phase'], curve.status['step']",
    ]
    page = open_notebook(cells, timeout=PATIENCE)
    widget = page.locator(".ll-training")
    status, progress = widget.locator(".ll-status"), widget.get_by_role("progressbar")
    main = widget.get_by_role("button").first
    expect(main).to_have_text("Start training")
    screenshot(widget, "ready")
    main.click()
    expect(status).to_contain_text("Getting ready")
    expect(status).to_contain_text("left.", timeout=1000 * PATIENCE)
    screenshot(widget, "training")
    main.focus()
    page.keyboard.press("Enter")
    expect(status).to_contain_text("Stopped, and nothing is lost.", timeout=60_000)
    expect(main).to_have_text("Continue")
    stopped = int(progress.get_attribute("value") or 0)
    assert 0 < stopped < 300
    assert run_cell(page, 2) == f"('stopped', {stopped})"
    page.keyboard.press("Escape")
    main.focus()
    page.keyboard.press("Space")
    expect(status).to_contain_text(re.compile(r"^Done: "), timeout=1000 * PATIENCE)
    expect(main).to_have_text("Finished")
    assert run_cell(page, 2) == "('done', 300)"
    moment(page).focus()
    page.keyboard.press("Home")
    expect(widget.locator("output")).to_have_text("before the first step")
    screenshot(widget, "done")


@pytest.mark.rest  # the base runs it in a kernel: this one trains for minutes
def test_the_training_lesson(open_lesson):
    page = open_lesson(LESSON)
    widget = page.locator(".ll-training")
    expect(widget.locator(".ll-status")).to_contain_text(re.compile("Done|Stopped"))
    widget.get_by_role("slider", name="Moment").press("Home")
    expect(widget.locator("output")).to_have_text("before the first step")

    page.get_by_role("radio", name="Nearly all of them").click()
    page.get_by_role("radio", name="None", exact=True).click()
    for answer in page.locator(".ll-right [role=status]").all():
        expect(answer).to_contain_text("✓ Right.")
    told = try_answer(
        page,
        "def downhill(knob, slope, size): ...",
        "downhill = lambda k, slope, n: k - n * slope",
    )
    assert "✓ Right." in told
    expect(page.get_by_role("img", name="Bars of the mean surprise")).to_be_visible()

    page.get_by_role("button", name="One step downhill").click()
    expect(page.locator(".ll-loss")).to_contain_text("1 step downhill.")


@pytest.mark.rest
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_how_the_lesson_looks(open_lesson, screenshot, dark):
    picture_of_everything(open_lesson(LESSON, dark=dark), screenshot, "whole")
