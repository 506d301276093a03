"""The machine's picture: alone in a page without a kernel, and asked in JupyterLab."""

import statistics

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from llm_lessons.lessons.forward_pass import inside
from llm_lessons.loading import load
from tests.browser.made_page import is_as_narrow_as_its_window
from tests.browser.notebook_page import no_trouble
from tests.browser.shown_odds import shows
from tests.browser.toys import TEXT

OTHER = "Once upon a time there was a boy called Per. One day"
HEAD = (4, 2)
LOOKS = (5, 1)  # at the name
TIMED = """() => {
  const wait = window.requestAnimationFrame.bind(window);
  window.took = [];
  window.requestAnimationFrame = (draw) => wait((now) => {
    const start = performance.now();
    draw(now);
    window.took.push(performance.now() - start);
  });
}"""


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


def test_a_head_shows_where_it_looks_and_goes_off(open_page, screenshot, machine):
    lm = load("fjord")
    page = open_page(machine, width=760, height=650)
    known = inside.read(lm, TEXT)
    screenshot(page, "rest")
    holds(page, known.odds[-1])
    name = lm.tokenizer.pieces.index(" Julia")
    share = known.looks[*LOOKS, -1][known.tokens.index(name)]
    head(page, *LOOKS).hover()
    expect(seen(page)).to_contain_text(f"looks at: “␣Julia” {100 * share:.0f}\u00a0%")
    screenshot(page, "pointed")
    head(page, *LOOKS).click()
    expect(head(page, *LOOKS)).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".ll-result")).to_contain_text("1 head is off.")
    quiet = inside.read(lm, TEXT, [LOOKS])
    holds(page, quiet.odds[-1])
    screenshot(page, "silenced")
    page.get_by_role("button", name="All heads on").click()
    expect(page.locator(".ll-result")).to_contain_text("All heads are on.")
    holds(page, known.odds[-1])


def test_by_keyboard_alone(open_page, screenshot, machine):
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
    screenshot(page, "column")


def test_says_what_needs_the_notebook(open_page, screenshot, machine):
    page = open_page(machine, width=760)
    message = page.locator(".ll-machine > .ll-message")
    head(page, 0, 0).click()
    head(page, *HEAD).click()
    stays = "the picture stays as it is; you can point at all heads"
    expect(message).to_contain_text(stays, timeout=10_000)
    for part in (".ll-machine-stage", ".ll-result"):  # the headline fades, too
        expect(page.locator(f"{part}.ll-stale")).to_have_count(1)
    screenshot(page, "excuse")
    page.get_by_role("button", name="All heads on").click()
    expect(message).to_be_empty()
    expect(page.locator(".ll-machine-stage.ll-stale")).to_have_count(0)


@pytest.mark.parametrize(("width", "height"), [(320, 1000), (700, 650)])
def test_fits_its_place(open_page, screenshot, machine, width, height):
    page = open_page(machine, width=width, height=height)
    is_as_narrow_as_its_window(page)
    last = token(page, len(load("fjord").encode(TEXT)) - 1)
    expect(last).to_be_in_viewport()  # moved sideways to where the odds are
    expect(head(page, 5, 0)).to_be_in_viewport()
    if width == 700:
        box = page.locator(".ll-machine").bounding_box()
        assert box and box["height"] <= 650  # heads and bars on one screen
    screenshot(page, "page")


def test_a_finger_points_first_and_presses_then(open_page, machine):
    page = open_page(machine, width=760, height=650, has_touch=True)
    head(page, *HEAD).tap()
    expect(seen(page)).to_contain_text("layer 5, head 3 looks at:")
    expect(head(page, *HEAD)).to_have_attribute("aria-pressed", "false")
    head(page, *HEAD).tap()
    expect(head(page, *HEAD)).to_have_attribute("aria-pressed", "true")


@pytest.mark.rest
def test_pointing_redraws_within_a_frame(open_page, record_property, machine):
    page = open_page(machine, width=760, height=650)
    page.evaluate(TIMED)
    for layer in range(6):
        for number in range(3):
            head(page, layer, number).hover()
            expect(seen(page)).to_contain_text(f"layer {layer + 1}, head {number + 1}")
    took = statistics.median(page.evaluate("window.took"))
    record_property("machine_redraw_ms", took)
    print(f"machine, a redraw {took:.1f} ms")
    assert took < 16


def test_python_silences_several_heads_and_reads_another_text(open_notebook):
    page = open_notebook(
        [f"import llm_lessons as ll\n\nll.Machine(ll.load('fjord'), {TEXT!r})"]
    )
    no_trouble(page)
    lm, box = load("fjord"), page.get_by_label("Text so far")
    head(page, 0, 0).click()
    head(page, *HEAD).click()
    expect(page.locator(".ll-result")).to_contain_text("2 heads are off.")
    holds(page, inside.read(lm, TEXT, [(0, 0), HEAD]).odds[-1])
    box.fill(OTHER)
    expect(page.locator(".ll-column[title='␣Julia']")).to_have_count(0)
    expect(page.locator(".ll-machine-stage.ll-stale")).to_have_count(0)
    expect(page.locator(".ll-result")).to_contain_text("All heads are on.")
    expect(head(page, *HEAD)).to_have_attribute("aria-pressed", "false")
    holds(page, inside.read(lm, OTHER).odds[-1])
    expect(page.locator(".ll-column")).to_have_count(len(lm.encode(OTHER)))
    box.fill("so " * 60)
    said = page.locator(".ll-text-box .ll-message")
    expect(said).to_contain_text("the picture has room for 40")
