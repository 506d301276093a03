"""Race, notes and chat in a page from a disk, with a model in it and no network."""

import pytest
from playwright.sync_api import Page, expect

from llm_lessons.loading import load
from llm_lessons.widgets import ChatBox, OpenBook, Race
from tests.browser.made_page import is_as_narrow_as_its_window
from tests.rest import rest

PAGES = {"Nils Vangmo": "Nils Vangmo lives in Oslo."}
NOBODY = "No model is answering"


@pytest.fixture(scope="module")
def widgets() -> tuple[Race, OpenBook, ChatBox]:
    lm = load("fjord")
    box = ChatBox(lm, ["Where does Nils Vangmo live?"], PAGES)
    return Race(lm, changes=(1,), each=1), OpenBook(lm), box


@pytest.fixture(params=[(360, 740), *rest(((1366, 768),))], ids=["phone", "laptop"])
def page(open_page, widgets, request) -> Page:
    width, height = request.param
    options = {"has_touch": width < 400, "reduced_motion": "reduce", "offline": True}
    return open_page(
        *widgets, model=load("fjord"), width=width, height=height, **options
    )


def test_what_is_typed_is_answered_and_nothing_excused(page, widgets):
    touch = page.evaluate("navigator.maxTouchPoints > 0")

    def press(place) -> None:
        place.tap() if touch else place.click()

    race, book, _ = widgets
    press(page.get_by_role("button", name="Run"))
    press(page.locator(".ll-result").first)
    page.keyboard.type("99")
    page.keyboard.press("Enter")
    expect(page.get_by_text("From your number on:")).to_be_visible()
    race.alter(0, 99)
    answer = race._altered["side"]["answer"]
    expect(page.locator(".ll-race .ll-status")).to_contain_text(answer)

    opened = page.locator(".ll-books > div").nth(1)
    note = f"<b>{book.names[book.person]}</b> lives in Bergen."
    page.locator("textarea").fill(note)
    expect(opened.locator("strong")).to_have_text("Bergen")
    page.locator("textarea").fill("He lives far away. " * 60)
    expect(page.locator(".ll-message")).to_contain_text("The prompt is too long")

    expect(page.get_by_text("Here a search finds Nils Vangmo")).to_be_visible()
    page.get_by_label("Say something").fill("Which pet does Ida Berg have?")
    press(page.get_by_role("button", name="Say it"))
    expect(page.locator(".ll-said")).to_have_count(4)
    expect(page.locator(".ll-step").last).to_contain_text("nothing found.")
    press(page.get_by_role("button", name="Take out: Where does Nils"))
    expect(page.locator(".ll-chat-box pre")).not_to_contain_text("Nils Vangmo")
    assert NOBODY not in page.locator("body").inner_text()
    is_as_narrow_as_its_window(page)
