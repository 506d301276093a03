"""The lessons' pages on a phone: short at first sight, and nothing lost."""

import pytest
from playwright.sync_api import Page, expect

from llm_lessons.pages import execution
from tests.browser.made_page import (
    is_as_narrow_as_its_window,
    no_barriers,
    opened,
    unfolded,
)
from tests.rest import rest

NAMES = [path.stem for path in execution.lessons()]
ONE = "04_temperature"
SCREEN = 740  # of a phone, in pixels
HEAVIEST = 1_000_000  # bytes of a page, without the model beside it
MOST = 8.0  # screens of a page in which all folds are closed
PLAY = 2.2  # screens above the first control, the quiz not counted as one
CONTROL = ".ll-widget:not(.ll-predict)"
# What is seen without a tap, and written smaller than 16 pixels; code has a fold.
SMALL = """() => [...document.querySelectorAll("main :is(p, li, pre, td, summary)")]
  .filter((one) => one.checkVisibility() && !one.closest(".ll-widget, svg"))
  .filter((one) => parseFloat(getComputedStyle(one).fontSize) < 16)
  .map((one) => one.textContent.slice(0, 40))"""


def test_a_page_is_short_and_soon_there_is_something_to_play_with(pages, new_page):
    phone = new_page(width=360, height=SCREEN, offline=True)
    for name in NAMES:
        path = pages / f"{name}.html"
        assert path.stat().st_size < HEAVIEST, name
        phone.goto(path.as_uri())
        phone.locator("[data-ready]").wait_for()
        is_short(phone)
        unfolded(phone)
        is_as_narrow_as_its_window(phone)
        for gone in ("%|", "Shift+Enter", "run this cell"):
            assert gone not in phone.locator("main").inner_text(), name


def is_short(phone: Page) -> None:
    """Folded, a page has a few screens, and on the second there is a control."""
    height = phone.evaluate("document.scrollingElement.scrollHeight")
    assert height / SCREEN <= MOST, phone.url
    top = phone.locator(CONTROL).first.bounding_box()
    assert top and top["y"] / SCREEN <= PLAY, phone.url
    assert phone.evaluate("document.scrollingElement.scrollWidth") <= 360, phone.url
    assert phone.evaluate(SMALL) == [], phone.url


@pytest.mark.parametrize("name", [ONE, *rest(*(name for name in NAMES if name != ONE))])
def test_an_unfolded_page_has_no_barriers(pages, new_page, name):
    phone = opened(pages, new_page, name, width=360, height=SCREEN)
    unfolded(phone)
    no_barriers(phone)


@pytest.mark.parametrize("width", [320, *rest(360, 1366)])
def test_the_bar_leads_by_keyboard_to_a_heading_that_it_does_not_cover(
    pages, new_page, width
):
    still = {"reduced_motion": "reduce"}  # then a jump takes no time
    phone = opened(pages, new_page, ONE, width=width, height=SCREEN, **still)
    links = phone.get_by_role("navigation", name="This lesson").get_by_role("link")
    expect(links).to_have_text(["Play", "Guess", "Measure", "Remember", "All lessons"])
    is_as_narrow_as_its_window(phone)
    bar = phone.locator("nav").bounding_box()
    last = links.last.bounding_box()
    assert bar and last and last["x"] + last["width"] <= width
    for count, part in enumerate(["Play", "Guess", "Measure", "Remember"]):
        phone.keyboard.press("Tab")
        expect(links.nth(count)).to_be_focused()
        expect(links.nth(count)).to_have_css("outline-style", "solid")
        links.nth(count).evaluate("(one) => one.click()")
        # the toy's own heading is for screen readers alone
        heading = phone.get_by_role("heading", name=part, exact=True)
        seen = phone.locator('[data-part="Play"]') if part == "Play" else heading
        expect(seen).to_be_in_viewport()
        box = seen.bounding_box()
        assert box and bar["height"] <= box["y"]
        assert box["y"] < SCREEN / 2 or part == "Remember"  # there a page ends
        links.nth(count).focus()


def test_a_fold_opens_by_keyboard_and_by_a_link_into_it(pages, new_page):
    phone = opened(pages, new_page, ONE, width=360, height=SCREEN)
    fold = phone.locator("details", has=phone.get_by_role("heading")).first
    fold.locator("summary").first.focus()
    phone.keyboard.press("Enter")
    expect(fold).to_have_attribute("open", "")
    heading = phone.get_by_role("heading", name="On a real model", exact=True)
    around = phone.locator("details", has=heading)
    cell = around.locator(".cell[id]").first
    expect(cell).to_be_hidden()
    phone.evaluate("(id) => { location.hash = id; }", cell.get_attribute("id"))
    expect(cell).to_be_visible()


def test_a_figure_tells_a_finger_the_number_beside_it(pages, new_page):
    phone = opened(pages, new_page, ONE, width=360, height=SCREEN, has_touch=True)
    figure = phone.locator(".ll-figure:visible").first
    figure.scroll_into_view_if_needed()
    mark = figure.locator("use:has(title)").first
    box = mark.bounding_box()
    assert box
    phone.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + 14)
    bubble = phone.locator("p.value")
    expect(bubble).to_have_text(mark.locator("title").text_content() or "nothing")
    told = bubble.bounding_box()
    assert told and told["x"] >= 0 and told["x"] + told["width"] <= 360
    phone.get_by_role("heading").first.tap()
    expect(bubble).to_be_hidden()


def test_without_javascript_all_can_be_read(pages, new_page):
    phone = new_page(width=360, height=SCREEN, java_script_enabled=False)
    phone.goto((pages / f"{ONE}.html").as_uri())
    expect(phone.get_by_role("heading", name="Guess", exact=True)).to_be_visible()
    expect(phone.locator(".without-scripts", has_text="right.").first).to_be_visible()
    fold = phone.locator("details", has_text="On a real model").first
    fold.locator("summary").first.click()
    expect(fold.locator(".cell").first).to_be_visible()
    expect(phone.locator("svg[role=img]").first).to_be_visible()


def test_on_paper_no_fold_is_closed(pages, new_page):
    phone = opened(pages, new_page, ONE, width=360, height=SCREEN)
    closed = phone.locator("details:not([open]):not(.ll-cuts)")  # those are a control's
    before = closed.count()
    phone.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(closed).to_have_count(0)
    phone.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(closed).to_have_count(before)
