"""The machine's picture: alone in a page without a kernel, and asked in JupyterLab."""

import numpy as np
from playwright.sync_api import Locator, Page, expect

from llm_lessons.language_model.loading import load
from llm_lessons.lessons.forward_pass import inside
from tests.browser.shown_odds import shows
from tests.browser.toys import TEXT

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
