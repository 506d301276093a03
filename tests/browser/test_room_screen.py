"""The screen of a room: for the last row, whatever it shows, and without a hand."""

import re

import pytest
from playwright.sync_api import expect

from llm_lessons.foundation.languages import tells
from llm_lessons.lessons.questions import QUESTIONS
from tests.browser import wall_figures
from tests.browser.made_page import no_barriers
from tests.browser.room_looks import reaches_the_last_row
from tests.browser.room_steps import (
    COIN,
    GUESS_TALLY,
    SAY,
    guess,
    hidden,
    longer,
    step,
)
from tests.rest import rest

OF_AN_AXIS = re.compile(r"[\d.,]+( %)?")  # a number
SVG = (
    '<svg class="ll-figure" style="width: 5in" xmlns="http://www.w3.org/2000/svg" '
    'viewBox="0 0 400 200"><rect x="40" y="60" width="80" height="140"/></svg>'
)
FIGURE = {"svg": SVG, "alt": "Two bars", "said": "One bar is longer."}
# In rems, every larger screen is as one of them.
SIZES = [(1280, 720), *rest((1024, 768))]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_quiz_of_every_lesson_reaches_the_last_row(room, screen, width, height):
    """With its longest words, and a third longer than they are in English."""
    room.show(SAY)
    page = screen(width, height)
    for one in QUESTIONS:
        quiz = guess(one, longer) | {"id": one.name}
        room.show(quiz, "open", 1, left=40, tally={"answered": 18})
        expect(page.locator(".room-question")).to_contain_text(one.text[:20])
        reaches_the_last_row(page)
        room.show(quiz, "shown", 1, tally={"answered": 25, "before": [9, 11, 5]})
        expect(page.locator(".room-numbers").nth(1)).to_have_text("11")
        reaches_the_last_row(page)
        shown = {"revealed": hidden(one), "tally": GUESS_TALLY}
        room.show(quiz, "reveal", 2, **shown)
        expect(page.get_by_text("12 of 25 changed their mind.")).to_be_visible()
        reaches_the_last_row(page)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_texts_figures_and_breaks_fill_the_screen(room, screen, width, height):
    room.show(step("say", {"text": "A machine gives each piece a chance. " * 9}))
    page = screen(width, height)
    title = "Why does a chatbot say something else next time?"
    for kind in ("say", "remember", "game"):
        room.show(step(kind, SAY["shown"], title))
        expect(page.get_by_text("Three guesses.")).to_be_visible()
        reaches_the_last_row(page)
    room.show(step("figure", FIGURE | {"svg": "", "alt": "", "coming": True}))
    expect(page.get_by_text("This figure is being drawn.")).to_be_visible()
    reaches_the_last_row(page)
    room.show(step("figure", FIGURE))
    expect(page.get_by_role("img", name="Two bars")).to_be_visible()
    expect(page.get_by_text("This figure is being drawn.")).to_have_count(0)
    expect(page.get_by_text("One bar is longer.")).to_be_visible()
    room.show(step("break", {}), left=600)
    expect(page.get_by_text("We go on at")).to_be_visible()
    reaches_the_last_row(page)
    no_barriers(page)


@pytest.mark.parametrize("first", [COIN, *rest(SAY)], ids=["a coin", "a sentence"])
def test_how_a_phone_comes_in(room, screen, first):
    """Where nobody comes for a minute, help is there; from there on it is small."""
    room.show(first, index=0)
    page = screen()
    panel = page.get_by_role("complementary")
    expect(panel).to_contain_text("http://192.168.100.27:8766")
    expect(page.locator(".room-apart")).to_be_empty()
    code = panel.get_by_role("img", name="Code of the address")
    expect(code).to_be_visible()
    reaches_the_last_row(page)
    large = code.bounding_box()
    room.show(first, index=0, alone=61)  # nobody comes
    expect(panel).to_contain_text("Some networks keep devices apart.")
    reaches_the_last_row(page)
    no_barriers(page)
    room.show(first, index=0, present=1, seats=1)
    expect(page.locator(".room-apart")).to_be_empty()
    nobody = {"join": {"address": "http://127.0.0.1:8766/", "qr": ""}, "alone": 61}
    room.show(first, index=0, **nobody)  # no phone reaches it
    expect(panel.get_by_text("Start the room with --room")).to_be_visible()
    expect(page.locator(".room-apart")).to_be_empty()
    reaches_the_last_row(page)
    room.show(SAY, index=3)
    expect(page.locator(".room-join-small")).to_be_visible()
    small = code.bounding_box()
    assert large and small and small["width"] < large["width"] / 2
    for is_open in (True, False):
        page.keyboard.press("j")
        expect(panel.get_by_text("Take your phone")).to_be_visible(visible=is_open)


def test_the_screen_alone_steers_nothing_and_can_be_black(room, screen):
    room.show(SAY)
    page = screen()
    for key in ("ArrowRight", "PageDown", "h", "t", "b"):
        page.keyboard.press(key)
    expect(page.get_by_role("button", name="Next")).to_have_count(0)
    page.wait_for_timeout(200)
    assert room.said["lead"] == []
    assert room.said["screen"] == [{"type": "watch", "language": None}]
    room.show(SAY, black=True)
    expect(page.get_by_role("heading", name="Why?")).to_be_hidden()
    expect(page.locator("body")).to_have_css("background-color", "rgb(0, 0, 0)")
    room.show(SAY, black=False)
    expect(page.get_by_role("heading", name="Why?")).to_be_visible()


@pytest.mark.parametrize("language", ["en", *rest("nb")])
def test_the_letters_of_a_figure_reach_the_last_row(room, screen, language):
    """All of them a rem or more, in the evening's language, none cut or overlaid."""
    room.show(SAY)
    page = screen()
    tell = tells(language)
    rem = page.evaluate(
        "parseFloat(getComputedStyle(document.documentElement).fontSize)"
    )
    for lesson, [planned] in wall_figures.STEPS.items():
        room.show(wall_figures.on_a_screen(lesson, language))
        expect(page.locator(".room-figure svg")).to_be_visible()
        reaches_the_last_row(page)
        found = wall_figures.texts(page)
        assert min(size for one in found for size in one["sizes"]) >= rem >= 32
        words = {" ".join(one["words"].split()) for one in found}
        words -= set(filter(OF_AN_AXIS.fullmatch, words))
        assert words == {*map(tell, planned.labels)}
        assert wall_figures.overlapping(page) == []
        box = page.locator(".room-figure").bounding_box()
        assert box
        for left, top, right, bottom in (one["place"] for one in found):
            assert box["x"] <= left and right <= box["x"] + box["width"]
            assert box["y"] <= top and bottom <= box["y"] + box["height"]
    no_barriers(page)
