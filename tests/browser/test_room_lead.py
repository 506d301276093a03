"""The leader's window: it steers, by keys, by a remote, and by hand."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from llm_lessons.foundation.languages import languages, tells
from llm_lessons_room.content.decks import decks
from llm_lessons_room.parts.plan import GUIDE
from tests.browser.made_page import is_as_narrow_as_its_window, no_barriers, press
from tests.browser.room_steps import (
    PROMPT,
    SAY,
    TEN_TALLY,
    WORD,
    guess,
    step,
    ten,
)
from tests.browser.stand_in_room import LEAD, StandInRoom

RUDE = '<img src=x onerror="document.title = 1">'
STEPS: list[dict[str, Any]] = [
    {"id": "w", "title": "Welcome", "kind": "say", "minutes": 5},
    {"id": "g", "title": "Your guess", "kind": "guess", "minutes": 4},
    {"id": "s", "title": "The slider", "kind": "temperature", "minutes": 2},
]
STEPS[2] |= {"optional": True}
LEADING = {
    "guide": {
        "say": "Imagine that the temperature is 0.\n\nWhat do you get?",
        "do": "Wait until most have answered.",
        "late": "Leave out the talk.",
    },
    "next": {"title": "Your guess", "kind": "guess", "phase": "shown", "round": 1},
    "clock": {"planned": 23, "elapsed": 27.4, "slack": 2},
    "decks": [
        {"id": "deck", "title": "90 minutes", "steps": STEPS},
        {"id": "day", "title": "A day", "steps": []},
    ],
    "screens": 0,
    "leaders": 2,
}
WORDS = [
    {"seat": n, "text": f"word{n}", "hidden": True, "marked": n == 7}
    for n in range(1, 26)
]
WORDS += [WORDS[-1] | {"seat": 26, "text": "Word25"}]
IN_SIGHT = """(one) => {
  const { top, bottom } = one.getBoundingClientRect();
  const bar = document.querySelector('.room-bar').getBoundingClientRect().top;
  return top >= 0 && bottom <= bar && bottom > top;
}"""


@pytest.fixture
def lead(room: StandInRoom, room_page) -> Callable[..., Page]:
    """The leader's window, at a quiz that is open."""

    def open_(width: int = 1280, height: int = 800, **options) -> Page:
        room.show(guess(), "open", 1, left=40, tally={"answered": 18}, **LEADING)
        page = room_page(LEAD, width=width, height=height, **options)
        page.get_by_text("Imagine that").wait_for()
        return page

    return open_


def orders(room: StandInRoom, page: Page) -> list[dict]:
    """What the window has ordered since the last look."""
    page.wait_for_timeout(200)
    found = [one for one in room.said["lead"] if "do" in one]
    room.said["lead"].clear()
    return found


def test_the_leader_sees_what_to_say_and_what_comes(room, lead):
    page = lead(360)
    for text in (
        "What do you get?",
        "Leave out the talk.",
        "Round 1: phones answer · 18 have answered",
        "27 min gone, 23 planned up to here. Late by 2 min.",
        "No screen is open.",
        "2 windows are open.",
        "Show what came in",
    ):
        expect(page.get_by_text(text).first).to_be_visible()
    expect(page.get_by_text("On the phones")).to_be_hidden()
    is_as_narrow_as_its_window(page)
    bar = page.get_by_role("navigation").bounding_box()
    assert bar and bar["y"] + bar["height"] == pytest.approx(800, abs=1)
    warned = page.get_by_text("can't be kept on the disk")
    expect(warned).to_be_hidden()
    people = {"warnings": ["save", "seats", "screens"], "present": 3, "seats": 9}
    room.show(guess(), "open", 1, **LEADING, **people)
    expect(warned).to_be_visible()
    no_barriers(page)
    # what the room does reads like no command
    room.show(guess(), "reveal", 2, **LEADING)
    state = page.locator(".room-state")
    expect(state).to_contain_text("What is right is on the screen")
    expect(warned).to_be_hidden()
    room.show(SAY, **(LEADING | {"next": None}))  # nobody is asked anything
    expect(state).to_have_text("0 of 0 phones here")
    expect(page.get_by_role("button", name="This was the last step")).to_be_visible()


def test_what_to_say_and_do_is_always_in_sight(room, lead):
    """With the longest texts of all evenings, in each language; words stay, too."""
    page = lead(1366, 768)
    longest = max(
        (one for deck in decks() for one in deck.steps),
        key=lambda one: len(one.guide.say) + len(one.guide.do),
    )
    (evening, *_) = decks()
    planned = [
        {"id": one.id, "title": one.title, "kind": one.kind, "minutes": one.minutes}
        for one in evening.steps
    ]
    listed = [{"id": "deck", "title": evening.title, "steps": planned}]
    for code in languages():
        guide = {key: tells(code)(getattr(longest.guide, key)) for key in GUIDE}
        leading = LEADING | {"guide": guide, "decks": listed, "texts": WORDS}
        for index in (0, len(planned) - 1):
            # the list is scrolled to its end, as after a choice of a late step
            for part in (".room-panels", ".room-now"):
                page.locator(part).evaluate("one => one.scrollTop = 1e6")
            room.show(WORD, "shown", 1, index=index, tally={"answered": 25}, **leading)
            current = page.locator("[aria-current=step]")
            expect(current).to_contain_text(planned[index]["title"])
            for part in (".room-guide-say", ".room-guide-do", "h1", ".room-words"):
                assert page.locator(part).evaluate(IN_SIGHT), (code, index, part)
            assert current.evaluate(IN_SIGHT)
        assert page.evaluate("document.scrollingElement.scrollTop") == 0
        is_as_narrow_as_its_window(page)
    no_barriers(page)


def test_words_wait_until_the_leader_taps_them(room, lead):
    page = lead(color_scheme="dark")
    room.show(WORD, "open", 1, **LEADING, texts=WORDS, waits=True)
    expect(page.get_by_text("Words (26)")).to_be_visible()
    chips = page.locator(".room-words button")
    expect(chips).to_have_count(25)
    expect(chips.last).to_contain_text("Word25 ×2")
    expect(chips.first).to_contain_text("word7 ⚠ rude?")  # what is marked comes first
    press(page, "Show: word3")
    press(page, "Show all but the marked ones")
    page.get_by_label("Show words at once").check()
    shown = [one | {"hidden": one["seat"] == 7} for one in WORDS]
    room.count({"answered": 25}, texts=shown, waits=False)
    expect(page.get_by_label("Show words at once")).to_be_checked()
    hide = page.get_by_role("button", name="Hide: word3", exact=True)
    expect(hide).to_have_attribute("aria-pressed", "true")
    hide.press("Enter")
    assert orders(room, page) == [
        {"do": "show", "text": "word3"},
        {"do": "show_all"},
        {"do": "wait", "waits": False},
        {"do": "hide", "seat": 3, "text": "word3"},
    ]
    no_barriers(page)
    # the focus stays with a text when others come, and where it is hidden
    more = [*shown, {"seat": 27, "text": RUDE, "hidden": False}]
    room.count({"answered": 26}, texts=more, waits=False)
    rude = page.get_by_role("button", name=f"Hide: {RUDE}")
    expect(rude).to_be_visible()
    expect(hide).to_be_focused()
    assert page.title() == "LLM Lessons · leading"
    more[2] |= {"hidden": True}
    room.count({"answered": 26}, texts=more, waits=False)
    expect(hide).to_have_count(0)
    expect(page.locator(".room-written button:focus")).to_have_count(1)
    rude.click()
    assert orders(room, page) == [{"do": "hide", "seat": 27, "text": RUDE}]


def test_stories_fill_the_screen_and_are_written_again(room, lead):
    page = lead()
    shown = {"prompt": PROMPT, "tokens": 60, "temperatures": [0, 2, 0.7]}
    texts = [{"seat": n, "text": f"A story {n}.", "hidden": False} for n in (1, 2)]
    stories = step("stories", shown)
    following = {"kind": "stories", "phase": "open", "round": 2}
    following["title"] = stories["title"]
    leading = LEADING | {"texts": texts, "next": following}
    room.show(stories, "open", 1, **leading)
    expect(page.get_by_role("button", name="+30 s")).to_be_hidden()
    again = page.locator(".room-again button")
    expect(again).to_have_text(["Again at 0", "Again at 2", "Again at 0.7"])
    expect(again.first).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".room-bar .room-main")).to_have_text("Again at 2 →")
    again.last.click()
    large = page.get_by_role("button", name="Fill the screen: A story 2.")
    large.click()
    room.show(stories, "open", 1, large=2, **leading)
    expect(large).to_have_attribute("aria-pressed", "true")
    texts[0] |= {"hidden": True}
    room.count({"answered": 2}, texts=texts)
    press(page, "Show all of them again")
    assert orders(room, page) == [
        {"do": "go", "step": 1, "moment": 2},
        {"do": "large", "seat": 2},
        {"do": "show_all"},
    ]
    room.show(SAY, **LEADING)
    expect(page.locator(".room-again")).to_be_hidden()


def test_results_are_saved_as_a_table_and_a_picture(room, lead, tmp_path: Path):
    page = lead()
    tally = {"words": [["king", 2], ["=1+1", 1]], "hidden": 1, "rounds": [4]}
    room.results = {"title": "x", "seats": 4, "steps": [WORD | {"tally": tally}]}
    with (
        page.expect_download(lambda one: one.suggested_filename == "room.csv") as table,
        page.expect_download(lambda one: one.suggested_filename == "room.png") as drawn,
    ):
        press(page, "Save results")
    table.value.save_as(tmp_path / "room.csv")
    drawn.value.save_as(tmp_path / "room.png")
    rows = (tmp_path / "room.csv").read_text("utf-8-sig").splitlines()
    assert len(rows) == 3 and rows[1].endswith('"king",2,""')
    png = (tmp_path / "room.png").read_bytes()
    assert png.startswith(b"\x89PNG") and len(png) > 5000
    assert [int.from_bytes(png[n : n + 4]) for n in (16, 20)] == [1200, 630]


def test_keys_and_buttons_steer(room, lead):
    page = lead()
    for key in ("ArrowRight", "PageDown", "Space", "ArrowLeft", "PageUp", "b", "h"):
        page.keyboard.press(key)
    steps = ["next", "next", "next", "back", "back", "black", "hide_all"]
    assert orders(room, page) == [{"do": one} for one in steps]
    people = {"present": 3, "seats": 9}
    there = LEADING | people | {"hidden": True, "black": True}
    room.show(guess(), "open", 1, left=20, **there)
    hide = page.get_by_role("button", name="Hide texts")
    expect(hide).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("h")
    page.keyboard.press("t")
    show, more = orders(room, page)
    assert show == {"do": "show_all"}
    assert more["do"] == "seconds" and 48 <= more["seconds"] <= 50
    for name in ("End the time", "Back", "Show what came in", "The slider"):
        page.get_by_role("button", name=name).click()
    page.get_by_label("Which evening").select_option("day")
    page.get_by_text("Language, new evening, keys").click()
    page.get_by_label("Language of the room").select_option("de")
    assert orders(room, page) == [
        {"do": "seconds", "seconds": 0},
        {"do": "back"},
        {"do": "next"},
        {"do": "go", "step": 2},
        {"do": "deck", "deck": "day"},
        {"do": "language", "language": "de"},
    ]
    page.once("dialog", lambda dialog: dialog.dismiss())
    press(page, "Begin anew …")
    assert orders(room, page) == []
    for name in ("Begin anew …", "Free empty seats (6) …"):
        page.once("dialog", lambda dialog: dialog.accept())
        press(page, name)
    assert orders(room, page) == [{"do": "anew"}, {"do": "free"}]
    room.show(guess(), "open", 1, **LEADING, present=3, seats=3)
    expect(page.get_by_role("button", name="Free empty seats")).to_be_hidden()


def test_the_answers_of_ten_are_read_aloud_from_the_leaders_page(room, lead):
    after, reveals = ten("after")
    page = lead(360)
    room.show(after, "open", 1, **LEADING)
    expect(page.get_by_text("The answers")).to_be_hidden()
    room.show(after, "reveal", 1, revealed=reveals, tally=TEN_TALLY, **LEADING)
    expect(page.get_by_text("Hardest: question 1")).to_be_visible()
    expect(page.get_by_text(reveals["why"][0])).to_be_visible()
    expect(page.locator(".room-answers li")).to_have_count(10)
    expect(page.get_by_text(reveals["why"][1])).to_be_hidden()


def test_a_remote_works_on_the_screen_that_the_leader_opened(room, lead):
    page = lead()
    with page.expect_popup() as opened:
        press(page, "Open the screen")
    screen = opened.value
    expect(screen.get_by_text("Fjord has read one single page")).to_be_visible()
    for key in ("PageDown", "PageUp", "b", "h"):
        screen.keyboard.press(key)
    press(screen, "Next")
    steered = ["next", "back", "black", "hide_all", "next"]
    assert [one["do"] for one in orders(room, page)] == steered
    page.reload()  # and still knows each other
    page.get_by_text("Imagine that").wait_for()
    screen.keyboard.press("PageDown")
    assert orders(room, page)[-1] == {"do": "next"}
