"""The screen of a room: for the last row, whatever it shows, and without a hand."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from llm_lessons.foundation.languages import translator
from llm_lessons_room.server.content import set_coming
from llm_lessons_room.server.invitation import Invitation
from tests.browser import wall_figures
from tests.browser.made_page import no_barriers
from tests.browser.played_room import ADDRESS, tables, votes
from tests.browser.room_looks import reaches_the_last_row
from tests.rest import rest
from tests.room.cells import every_figure

OF_AN_AXIS = re.compile(r"[\d.,]+( %)?")  # a number
SVG = (
    '<svg class="ll-figure" style="width: 5in" xmlns="http://www.w3.org/2000/svg" '
    'viewBox="0 0 400 200"><rect x="40" y="60" width="80" height="140"/></svg>'
)
# In rems, every larger screen is as one of them.
SIZES = [(1280, 720), *rest((1024, 768))]
TALK = ("say", "remember", "game")


def made(**more: Any) -> list[dict[str, Any]]:
    """All evenings, and every question a third longer than it is in English."""

    def longer(text: str) -> str:
        return f"{text} {text[: len(text) // 3]}".strip()

    def lengthen(decks: list[dict[str, Any]]) -> None:
        for step in decks[-1]["steps"]:
            if step["kind"] == "guess":
                shown = step["shown"]
                shown["question"] = longer(shown["question"])
                shown["choices"] = [*map(longer, shown["choices"])]

    return tables(lengthen, **more)


@pytest.fixture
def played() -> list[dict[str, Any]]:
    return made()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_quiz_of_every_lesson_reaches_the_last_row(room, screen, width, height):
    """With its longest words, and a third longer than they are in English."""
    room.act(do="deck", deck="all_questions")
    page = screen(width, height)
    numbers = page.locator(".room-numbers")
    for step in room.evening.deck().steps:
        if step.kind != "guess":
            continue
        room.go(step.id)
        room.crowd(votes(9, 11, 5))
        expect(page.locator(".room-question")).to_have_text(step.shown["question"])
        expect(page.locator(".room-counts")).to_have_text("25 of 25 have answered")
        reaches_the_last_row(page)
        room.next()
        expect(numbers.nth(1)).to_have_text("11")
        reaches_the_last_row(page)
        room.next()
        room.crowd(votes(3, 20, 2))
        room.next()
        expect(page.get_by_text("9 of 25 changed their mind.")).to_be_visible()
        expect(numbers.nth(1)).to_have_text("11 → 20")
        reaches_the_last_row(page)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_texts_figures_and_breaks_fill_the_screen(room, screen, width, height):
    page = screen(width, height)
    for deck in room.evening.content.decks["en"].values():
        room.act(do="deck", deck=deck.id)
        for step in (step for step in deck.steps[1:] if step.kind in TALK):
            room.go(step.id)
            expect(page.get_by_text(step.shown["text"])).to_be_visible()
            reaches_the_last_row(page)
    room.act(do="deck", deck="90_minutes")
    room.renew(made(), lambda played: set_coming(played, True))
    room.go("figure-04")
    expect(page.get_by_text("This figure is being drawn.")).to_be_visible()
    reaches_the_last_row(page)
    drawn = made(figures=every_figure(SVG, "One bar is longer."))
    room.renew(drawn, lambda played: set_coming(played, False))
    expect(page.get_by_role("img", name="A curve.")).to_be_visible()
    expect(page.get_by_text("This figure is being drawn.")).to_have_count(0)
    expect(page.get_by_text("One bar is longer.")).to_be_visible()
    reaches_the_last_row(page)
    room.go("break")
    expect(page.get_by_text("We go on at")).to_be_visible()
    reaches_the_last_row(page)
    no_barriers(page)


def test_how_a_phone_comes_in(room, phone, screen):
    """Where nobody comes for a minute, help is there; from there on it is small."""
    page = screen()
    panel, apart = page.get_by_role("complementary"), page.locator(".room-apart")
    expect(panel).to_contain_text(ADDRESS.removesuffix("/"))
    expect(apart).to_be_empty()
    code = panel.get_by_role("img", name="Code of the address")
    expect(code).to_be_visible()
    reaches_the_last_row(page)
    large = code.bounding_box()
    room.wait(61)  # nobody comes
    expect(panel).to_contain_text("Some networks keep devices apart.")
    reaches_the_last_row(page)
    no_barriers(page)
    first = phone()
    expect(page.locator(".room-counts")).to_contain_text("of 1")  # it has its seat
    expect(apart).to_be_empty()
    first.close()
    expect(page.locator(".room-counts")).to_contain_text("0 of 1")
    reached = room.hub.invitation
    room.hub.invitation = Invitation("http://127.0.0.1:8766/")
    room.wait(61)  # no phone reaches it
    expect(panel.get_by_text("Start the room with --room")).to_be_visible()
    expect(apart).to_be_empty()
    reaches_the_last_row(page)
    room.hub.invitation = reached
    room.go("next-word")
    expect(page.locator(".room-join-small")).to_be_visible()
    small = code.bounding_box()
    assert large and small and small["width"] < large["width"] / 2
    for is_open in (True, False):
        page.keyboard.press("j")
        expect(panel.get_by_text("Take your phone")).to_be_visible(visible=is_open)


def test_the_screen_alone_steers_nothing_and_can_be_black(room, screen):
    room.go("question")
    page = screen()
    title = page.get_by_role("heading", name=room.step.title)
    expect(title).to_be_visible()
    for key in ("ArrowRight", "PageDown", "h", "t", "b"):
        page.keyboard.press(key)
    expect(page.get_by_role("button", name="Next")).to_have_count(0)
    page.wait_for_timeout(200)
    assert room.step.id == "question" and not room.evening.black
    assert room.said["screen"] == [{"type": "watch", "language": None}]
    room.act(do="black")
    expect(title).to_be_hidden()
    expect(page.locator("body")).to_have_css("background-color", "rgb(0, 0, 0)")
    room.act(do="black")
    expect(title).to_be_visible()


@pytest.mark.parametrize("language", ["en", *rest("nb")])
def test_the_letters_of_a_figure_reach_the_last_row(room, screen, language):
    """All of them a rem or more, in the evening's language, none cut or overlaid."""
    room.act(do="deck", deck="150_minutes")
    room.act(do="language", language=language)
    room.renew(made(figures=wall_figures.drawn(language)))
    page = screen()
    translate = translator(language)
    rem = page.evaluate(
        "parseFloat(getComputedStyle(document.documentElement).fontSize)"
    )
    for lesson, [planned] in wall_figures.STEPS.items():
        room.go(f"figure-{lesson:02}")
        expect(page.locator("h1")).to_have_text(translate(planned.title))
        expect(page.locator(".room-figure svg")).to_be_visible()
        reaches_the_last_row(page)
        found = wall_figures.texts(page)
        assert min(size for one in found for size in one["sizes"]) >= rem >= 32
        words = {" ".join(one["words"].split()) for one in found}
        words -= set(filter(OF_AN_AXIS.fullmatch, words))
        assert words == {*map(translate, planned.labels)}
        assert wall_figures.overlapping(page) == []
        box = page.locator(".room-figure").bounding_box()
        assert box
        for left, top, right, bottom in (one["place"] for one in found):
            assert box["x"] <= left and right <= box["x"] + box["width"]
            assert box["y"] <= top and bottom <= box["y"] + box["height"]
    no_barriers(page)
