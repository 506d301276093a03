"""The lessons' pages on a phone: short at first sight, nothing lost, all answered."""

import time

import pytest
from playwright.sync_api import Locator, Page, expect

from llm_lessons.pages import execution
from tests.browser.made_page import (
    is_as_narrow_as_its_window,
    no_barriers,
    opened,
    unfolded,
)

NAMES = [path.stem for path in execution.lessons()]
ONE = "04_temperature"
SCREEN = 740  # of a phone, in pixels
PHONE = {"width": 360, "height": SCREEN, "has_touch": True}
HEAVIEST = 1_000_000  # bytes of a page, without the model beside it
MOST = 8.0  # screens of a page in which all folds are closed
PLAY = 2.2  # screens above the first control, the quiz not counted as one
TOY = ".ll-widget:not(.ll-predict)"
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
        height = phone.evaluate("document.scrollingElement.scrollHeight")
        assert height / SCREEN <= MOST, name
        top = phone.locator(TOY).first.bounding_box()
        assert top and top["y"] / SCREEN <= PLAY, name
        is_as_narrow_as_its_window(phone)
        assert phone.evaluate(SMALL) == [], name
        unfolded(phone)
        is_as_narrow_as_its_window(phone)
        for gone in ("%|", "Shift+Enter", "run this cell"):
            assert gone not in phone.locator("main").inner_text(), name


def test_a_page_leads_by_keys_by_links_and_by_a_finger(pages, new_page):
    still = {"reduced_motion": "reduce"}  # then a jump takes no time
    phone = opened(pages, new_page, ONE, **PHONE | {"width": 320}, **still)
    the_bar_leads_to_headings_that_it_does_not_cover(phone)
    fold = phone.locator("details", has=phone.get_by_role("heading")).first
    fold.locator("summary").first.press("Enter")
    expect(fold).to_have_attribute("open", "")
    heading = phone.get_by_role("heading", name="On a real model", exact=True)
    cell = phone.locator("details", has=heading).locator(".cell[id]").first
    expect(cell).to_be_hidden()
    phone.evaluate("(id) => { location.hash = id; }", cell.get_attribute("id"))
    expect(cell).to_be_visible()
    a_figure_tells_a_finger_the_number_beside_it(phone)

    closed = phone.locator("details:not([open]):not(.ll-cuts)")  # those are a control's
    before = closed.count()
    phone.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(closed).to_have_count(0)
    phone.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(closed).to_have_count(before)
    unfolded(phone)
    no_barriers(phone)


def the_bar_leads_to_headings_that_it_does_not_cover(phone: Page) -> None:
    links = phone.get_by_role("navigation", name="This lesson").get_by_role("link")
    expect(links).to_have_text(["Play", "Guess", "Measure", "Remember", "All lessons"])
    bar, last = phone.locator("nav").bounding_box(), links.last.bounding_box()
    assert bar and last and last["x"] + last["width"] <= 320
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


def a_figure_tells_a_finger_the_number_beside_it(phone: Page) -> None:
    figure = phone.locator(".ll-figure:visible").first
    figure.scroll_into_view_if_needed()
    mark = figure.locator("use:has(title)").first
    box = mark.bounding_box()
    assert box
    phone.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + 14)
    bubble = phone.locator("p.value")
    expect(bubble).to_have_text(mark.locator("title").text_content() or "nothing")
    told = bubble.bounding_box()
    assert told and told["x"] >= 0 and told["x"] + told["width"] <= 320
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


OWN = "Nils has 7 boats 🦊 <b>"
CONTROLS = "textarea, input, select, button, [role=button], li > .ll-row"
# What a widget says where nobody answers it, and what the real model's may say.
SILENCE = ("No model is answering", "file is missing")
ELSEWHERE = "Load it first: the box above says how."
EXCUSED = 3_500  # milliseconds, after which a widget says that nobody answers
STILL = 0.6  # seconds without a change


@pytest.mark.rest
@pytest.mark.parametrize("name", NAMES)
def test_every_control_can_be_used_and_somebody_answers(pages, new_page, name):
    """By touch, from a folder without a network; and all of it has no barriers."""
    phone = opened(pages, new_page, name, **PHONE)
    unfolded(phone)
    no_barriers(phone)
    if phone.locator("script[data-model]").count():
        phone.locator("[data-answered]").first.wait_for(state="attached")
    moved = 0
    for widget in phone.locator(".ll-widget").all():
        for place in range(widget.locator(CONTROLS).count()):
            control = widget.locator(CONTROLS).nth(place)
            if control.count():  # pressing one may take others away
                moved += move(control)
        settled(widget)
    phone.wait_for_timeout(EXCUSED)
    texts = phone.locator(".ll-widget").all_inner_texts()
    here = [said for said in texts if ELSEWHERE not in said]
    assert len(texts) - len(here) <= 1  # the real model's control
    for said in here:
        assert not any(silence in said for silence in SILENCE), said
    assert moved > 2, "this page has nothing to touch"


def move(control: Locator) -> bool:
    """Use a control as a finger does; tell whether there was anything to do."""
    if not control.is_visible() or not control.is_enabled():
        return False
    kind = control.evaluate("(one) => one.type")
    if kind in ("text", "textarea", "search"):
        if control.evaluate("(one) => one.readOnly"):
            return False
        control.tap()
        control.fill(OWN)
    elif kind == "range" and "ll-unseen" in (control.get_attribute("class") or ""):
        control.press("ArrowRight")  # one draws in the figure, or turns it by keys
    elif kind == "range":
        box = control.bounding_box()
        assert box
        control.tap(position={"x": box["width"] * 0.7, "y": box["height"] / 2})
    elif kind == "number":
        control.fill(control.get_attribute("max") or "3")
    elif kind == "select-one":
        control.select_option(index=control.locator("option").count() - 1)
    else:
        control.tap()
    return True


def settled(widget: Locator) -> None:
    """Wait until a widget says the same for a while."""
    said, since = "", time.monotonic()
    end = since + 120
    while time.monotonic() < min(end, since + STILL):
        if (now := widget.inner_text()) != said:
            said, since = now, time.monotonic()
        widget.page.wait_for_timeout(100)
