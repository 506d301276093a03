"""Every control of every lesson's page, by touch, from a folder without a network."""

import time

import pytest
from playwright.sync_api import Locator

from llm_lessons.pages import execution
from tests.browser.made_page import opened, unfolded

NAMES = [path.stem for path in execution.lessons()]
PHONE = {"width": 360, "height": 740, "has_touch": True}
OWN = "Nils has 7 boats 🦊 <b>"
CONTROLS = "textarea, input, select, button, [role=button], li > .ll-row"
# What a widget says where nobody answers it, and what the real model's may say.
SILENCE = ("No model is answering", "file is missing")
ELSEWHERE = "Load it first: the box above says how."
EXCUSED = 3_500  # milliseconds, after which a widget says that nobody answers
STILL = 0.6  # seconds without a change


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
        control.focus()  # one draws in the figure above it, or turns it by keys
        control.press("ArrowRight")
    elif kind == "range":
        box = control.bounding_box()
        assert box
        control.tap(position={"x": box["width"] * 0.7, "y": box["height"] / 2})
    elif kind == "number":
        control.fill(control.get_attribute("max") or "3")
    elif kind == "select-one":
        count = control.locator("option").count()
        control.select_option(index=count - 1)
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


@pytest.mark.rest
@pytest.mark.parametrize("name", NAMES)
def test_every_control_can_be_used_and_somebody_answers(pages, new_page, name):
    phone = opened(pages, new_page, name, **PHONE)
    unfolded(phone)
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
