"""The screen of a room: for the last row, whatever it shows, and without a hand."""

import math
import re

import numpy as np
import pytest
from playwright.sync_api import expect

from llm_lessons.foundation.languages import tells
from llm_lessons.lessons.questions import QUESTIONS
from tests.browser import wall_figures
from tests.browser.made_page import no_barriers
from tests.browser.room_looks import reaches_the_last_row
from tests.browser.room_moments import PROMPT, step
from tests.browser.room_steps import (
    BREAK,
    FIGURE,
    GUESS_TALLY,
    HEAT,
    HEAT_TALLY,
    LATER,
    SAY,
    SCORES,
    TEN_TALLY,
    guess,
    hidden,
    ten,
)
from tests.rest import rest

OF_AN_AXIS = re.compile(r"[\d.,]+( %)?")  # a number
COIN = step("coin", {"prompt": PROMPT})
MEANS = [np.average(range(11), weights=one) for one in (SCORES, LATER)]
# On the first there is least room.
SIZES = [(1280, 720), *rest((1920, 1080), (1024, 768), (3840, 2160))]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_quiz_of_every_lesson_reaches_the_last_row(room, screen, width, height):
    """With its longest words, and a third longer than they are in English."""
    room.show(SAY)
    page = screen(width, height)
    for one in QUESTIONS:
        step = guess(one, as_it_is=False) | {"id": one.name}
        room.show(step, "open", 1, left=40, tally={"answered": 18})
        expect(page.locator(".room-question")).to_contain_text(one.text[:20])
        reaches_the_last_row(page)
        room.show(step, "shown", 1, tally={"answered": 25, "before": [9, 11, 5]})
        reaches_the_last_row(page)
        shown = {"revealed": hidden(one), "tally": GUESS_TALLY | {"typed": 4}}
        room.show(step, "reveal", 2, **shown)
        expect(page.get_by_text("12 of 25 changed their mind.")).to_be_visible()
        reaches_the_last_row(page)


@pytest.mark.parametrize("scheme", ["light", *rest("dark")])
def test_the_bars_of_a_guess_before_and_after(room, screen, scheme):
    room.show(guess(), "open", 1, tally={"answered": 3})
    page = screen(color_scheme=scheme)
    expect(page.locator(".room-counts")).to_have_text("3 of 3 have answered")
    assert page.locator(".room-bars i:visible").count() == 0, "nobody is led by others"
    room.count({"answered": 5})
    expect(page.locator(".room-counts")).to_have_text("5 of 5 have answered")
    room.show(guess(), "shown", 1, tally={"before": [9, 11, 5]})
    expect(page.locator(".room-numbers").nth(1)).to_have_text("11")
    no_barriers(page)
    room.show(guess(), "reveal", 2, revealed=hidden(), tally=GUESS_TALLY)
    expect(page.locator(".room-numbers").nth(1)).to_have_text("11 → 20")
    expect(page.get_by_text("✓ Mostly wrong, and the same each time")).to_be_visible()
    page.wait_for_timeout(400)  # bars have grown
    assert page.locator(".room-bars i:visible").count() == 6  # before, and after
    no_barriers(page)


@pytest.mark.parametrize(("width", "height"), SIZES[:3])
def test_the_slider_of_the_room(room, screen, width, height):
    room.show(HEAT, "open", 1, tally={"answered": 0, "median": None, "values": []})
    page = screen(width, height, color_scheme="dark" if width > 1900 else "light")
    expect(page.get_by_text("Turn the temperature on your phone.")).to_be_visible()
    first = page.locator(".ll-bars tbody tr").first
    expect(first).to_contain_text("girl")
    at_one = first.inner_text()
    room.count(HEAT_TALLY)
    expect(
        page.get_by_text("The room: 0.90. Half of you: 0.60 to 0.95.")
    ).to_be_visible()
    expect(first).not_to_have_text(at_one)
    assert page.locator(".room-dots circle").count() == len(HEAT_TALLY["values"])
    room.count(HEAT_TALLY | {"median": 0})
    expect(first).to_contain_text("100\u00a0%")
    expect(page.locator(".room-dots circle")).to_have_count(len(HEAT_TALLY["values"]))
    reaches_the_last_row(page)
    no_barriers(page)


@pytest.mark.parametrize(("width", "height"), SIZES[:3])
def test_ten_questions_and_what_was_gained(room, screen, width, height):
    step, _ = ten("before")
    room.show(step, "open", 1, left=240, tally={"answered": 9})
    page = screen(width, height)
    expect(page.get_by_text("10 questions on your phone.")).to_be_visible()
    reaches_the_last_row(page)
    before = {"before": {"n": 25, "scores": SCORES}, "after": {"n": 0, "scores": []}}
    room.show(step, "shown", 1, tally=before)
    expect(page.get_by_text(f"On average, {MEANS[0]:.1f} were right")).to_be_visible()
    reaches_the_last_row(page)
    room.count(before)  # somebody came, or left
    page.wait_for_timeout(300)
    expect(page.locator(".room-legend")).to_be_hidden()
    step, reveals = ten("after")
    room.show(step, "reveal", 1, revealed=reveals, tally=TEN_TALLY)
    expect(page.get_by_text("+2.4 right answers each, for the 23")).to_be_visible()
    told = f"On average, {MEANS[0]:.1f} right before"
    expect(page.get_by_text(f"{told} and {math.floor(MEANS[1])}.")).to_be_visible()
    reaches_the_last_row(page)
    no_barriers(page)
    # all of them on paper: nobody is matched, and no question is known by itself
    nobody = [{"before": None, "after": None}] * 10
    paper = TEN_TALLY | {"paired": {"n": 0, "gain": None}, "each": nobody, "typed": 25}
    room.show(step, "reveal", 1, revealed=reveals, tally=paper)
    expect(page.get_by_text("25 on paper")).to_be_visible()
    expect(page.get_by_text(told)).to_be_visible()
    expect(page.get_by_text("right answers each")).to_have_count(0)
    expect(page.locator(".room-columns")).to_have_count(1)
    reaches_the_last_row(page)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_texts_figures_and_breaks_fill_the_screen(room, screen, width, height):
    long = {**SAY, "shown": {"text": "A machine gives each piece a chance. " * 9}}
    room.show(long)
    page = screen(width, height)
    for one in (
        SAY,
        long,
        FIGURE,
        {**SAY, "kind": "remember"},
        {**SAY, "kind": "game"},
    ):
        room.show(one | {"title": "Why does a chatbot say something else next time?"})
        reaches_the_last_row(page)
    expect(page.locator(".room-text")).to_be_visible()
    not_yet = {"svg": "", "alt": "", "coming": True}
    room.show(FIGURE | {"shown": FIGURE["shown"] | not_yet})
    expect(page.get_by_text("One bar is longer.")).to_be_visible()
    expect(page.get_by_text("This figure is being drawn.")).to_be_visible()
    reaches_the_last_row(page)
    room.show(FIGURE)
    expect(page.get_by_role("img", name="Two bars")).to_be_visible()
    expect(page.get_by_text("This figure is being drawn.")).to_have_count(0)
    room.show(BREAK, left=600)
    expect(page.get_by_text("We go on at")).to_be_visible()
    reaches_the_last_row(page)
    no_barriers(page)


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("first", [SAY, COIN], ids=["a sentence", "a coin"])
def test_how_a_phone_comes_in(room, screen, width, height, first):
    """Where nobody comes for a minute, help is there; from there on it is small."""
    room.show(first, index=0)
    page = screen(width, height)
    panel = page.get_by_role("complementary")
    expect(panel).to_contain_text("http://192.168.100.27:8766")
    expect(page.locator(".room-apart")).to_be_empty()
    code = panel.get_by_role("img", name="Code of the address")
    expect(code).to_be_visible()
    reaches_the_last_row(page)
    large = code.bounding_box()
    room.show(first, index=0, alone=61)  # nobody comes
    expect(panel).to_contain_text("Some networks keep devices apart.")
    expect(panel).to_contain_text("hotspot")
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
    page.keyboard.press("j")
    expect(panel.get_by_text("Take your phone")).to_be_visible()
    page.keyboard.press("j")
    expect(panel.get_by_text("Take your phone")).to_be_hidden()


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
@pytest.mark.parametrize(("width", "height"), SIZES[:2])
def test_the_letters_of_a_figure_reach_the_last_row(
    room, screen, width, height, language
):
    """All of them a rem or more, in the evening's language, none cut or overlaid."""
    room.show(SAY)
    page = screen(width, height)
    tell = tells(language)
    rem = page.evaluate(
        "parseFloat(getComputedStyle(document.documentElement).fontSize)"
    )
    for lesson in wall_figures.STEPS:
        room.show(wall_figures.on_a_screen(lesson, language))
        expect(page.locator(".room-figure svg")).to_be_visible()
        reaches_the_last_row(page)
        found = wall_figures.texts(page)
        assert min(size for one in found for size in one["sizes"]) >= rem >= 32
        words = {one["words"] for one in found}
        words -= set(filter(OF_AN_AXIS.fullmatch, words))
        labels = wall_figures.STEPS[lesson][0].labels
        assert {" ".join(one.split()) for one in words} == {*map(tell, labels)}
        assert wall_figures.overlapping(page) == []
        box = page.locator(".room-figure").bounding_box()
        assert box
        for left, top, right, bottom in (one["place"] for one in found):
            assert box["x"] <= left and right <= box["x"] + box["width"]
            assert box["y"] <= top and bottom <= box["y"] + box["height"]
    no_barriers(page)
