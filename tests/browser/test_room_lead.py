"""The leader's window: it steers, by keys, by a remote, and by hand."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from llm_lessons_room.content.decks import decks
from llm_lessons_room.server import views
from llm_lessons_room.server.storage import NAME
from tests.browser.made_page import is_as_narrow_as_its_window, no_barriers, press
from tests.browser.played_room import CROWD, LEAD, PlayedRoom, votes

RUDE = '<img src=x onerror="document.title=1">'
WORDS = [f"word{number}" for number in range(1, 26)]
# A page scrolls by whole pixels.
IN_SIGHT = """(one) => {
  const { top, bottom } = one.getBoundingClientRect();
  const bar = document.querySelector('.room-bar').getBoundingClientRect().top;
  return top >= 0 && bottom < bar + 1 && bottom > top;
}"""


@pytest.fixture
def lead(room: PlayedRoom, room_page) -> Callable[..., Page]:
    """The leader's window, at a quiz that is open and that 18 have answered."""

    def open_(width: int = 1280, height: int = 800, **options) -> Page:
        room.go("guess-08")
        room.crowd(votes(6, 6, 6))
        page = room_page(LEAD, width=width, height=height, **options)
        page.get_by_text("18 have answered").wait_for()
        return page

    return open_


def orders(room: PlayedRoom, page: Page, least: int = 1) -> list[dict]:
    """What the window has ordered since the last look, once it is so much."""
    for _ in range(100):
        page.wait_for_timeout(200)
        found = [one for one in room.said["lead"] if "do" in one]
        if len(found) >= least:
            break
    room.said["lead"].clear()
    return found


def test_the_leader_sees_what_to_say_and_what_comes(room, room_page, lead):
    page = lead(360)
    room_page(LEAD)
    deck, index = room.evening.deck(), room.evening.index
    minutes = [0 if step.optional else step.minutes for step in deck.steps]
    planned, slack = sum(minutes[:index]), deck.minutes - sum(minutes)
    gone = int(planned + slack) + 2
    room.wait(60 * gone)
    late = f"{gone} min gone, {round(planned)} planned up to here. Late by 2 min."
    for text in (
        room.step.guide["say"].split("\n")[0],
        room.step.guide["late"],
        "Round 1: phones answer · 18 have answered",
        late,
        "No screen is open.",
        "2 windows are open.",
        "Show what came in",
    ):
        expect(page.get_by_text(text).first).to_be_visible()
    is_as_narrow_as_its_window(page)
    bar = page.get_by_role("navigation").bounding_box()
    assert bar and bar["y"] + bar["height"] == pytest.approx(800, abs=1)
    # what the disk doesn't take is said until it does
    warned, file = page.get_by_text("can't be kept on the disk"), room.folder / NAME
    expect(warned).to_be_hidden()
    room.do(lambda: (file.unlink(missing_ok=True), file.mkdir()))
    room.do(lambda: room.hub.warn(views.CROWDED))
    room.act(do="black")
    expect(warned).to_be_visible()
    expect(page.get_by_text("Empty seats can be freed")).to_be_visible()
    no_barriers(page)
    room.do(file.rmdir)
    expect(warned).to_be_hidden()
    # what the room does reads like no command
    room.go("guess-08-again", 1)
    state = page.locator(".room-state")
    expect(state).to_contain_text("What is right is on the screen")
    room.go("home")  # nobody is asked anything
    expect(state).to_have_text("0 of 0 phones here")
    expect(page.get_by_role("button", name="This was the last step")).to_be_visible()


def test_what_to_say_and_do_is_always_in_sight(room, lead):
    """With the longest texts of all evenings, in each language; words stay, too."""
    page = lead(1366, 768)
    room.go("next-word")
    room.crowd({"word": word} for word in WORDS)
    room.next()
    expect(page.locator(".room-words button")).to_have_count(25)
    first, *_ = evenings = decks()
    places = {(first.id, "next-word"): ".room-words"}
    for deck in evenings:
        longest = max(deck.steps, key=lambda one: len(one.guide.say + one.guide.do))
        for step in (longest, deck.steps[0], deck.steps[-1]):
            places.setdefault((deck.id, step.id), "h1")
    for language in room.evening.content.names:
        room.act(do="language", language=language)
        for (deck, step), also in places.items():
            # the list is scrolled to its end, as after a choice of a late step
            for part in (".room-panels", ".room-now"):
                page.locator(part).evaluate("one => one.scrollTop = 1e6")
            room.act(do="deck", deck=deck)
            room.go(step, int(step == "next-word"))
            current = page.locator("[aria-current=step]")
            expect(current).to_contain_text(room.step.title)
            expect(page.locator("h1")).to_have_text(room.step.title)
            for part in (".room-guide-say", ".room-guide-do", "h1", also):
                assert page.locator(part).evaluate(IN_SIGHT), (language, step, part)
            assert current.evaluate(IN_SIGHT), (language, step)
        assert page.evaluate("document.scrollingElement.scrollTop") == 0
        is_as_narrow_as_its_window(page)
    no_barriers(page)


def test_words_wait_until_the_leader_taps_them(room, lead):
    page = lead(color_scheme="dark")
    rude = min(room.evening.content.rude)
    room.go("next-word")
    room.crowd({"word": word} for word in [*WORDS[:6], rude, *WORDS[7:], "Word25"])
    expect(page.get_by_text("Words (26)")).to_be_visible()
    chips = page.locator(".room-words button")
    expect(chips).to_have_count(25)
    expect(chips.last).to_contain_text("Word25 ×2")
    expect(chips.first).to_contain_text(f"{rude} ⚠ rude?")  # what is marked comes first
    hidden = room.evening.tally().hidden
    press(page, "Show: word3")
    expect(page.get_by_role("button", name="Hide: word3", exact=True)).to_be_visible()
    assert hidden.shown == {"word3"}
    press(page, "Show all but the marked ones")
    page.get_by_label("Show words at once").check()
    expect(page.get_by_label("Show words at once")).to_be_checked()
    hide = page.get_by_role("button", name="Hide: word3", exact=True)
    expect(hide).to_have_attribute("aria-pressed", "true")
    hide.press("Enter")
    assert orders(room, page) == [
        {"do": "show", "text": "word3"},
        {"do": "show_all"},
        {"do": "wait", "waits": False},
        {"do": "hide", "seat": CROWD + 2, "text": "word3"},
    ]
    assert hidden.hides(0, rude) and hidden.texts == {"word3"} and not hidden.waits
    no_barriers(page)
    # the focus stays with a text when others come, and where it is hidden
    other = page.get_by_role("button", name="Hide: word4", exact=True)
    other.focus()
    room.crowd([{"word": RUDE}], first=CROWD + 26)
    image = page.get_by_role("button", name=f"Hide: {RUDE}")
    expect(image).to_be_visible()
    expect(other).to_be_focused()
    assert page.title() == "LLM Lessons · leading"
    room.act(do="hide", seat=CROWD + 3, text="word4")
    expect(other).to_have_count(0)
    expect(page.locator(".room-written button:focus")).to_have_count(1)
    image.click()
    assert orders(room, page) == [{"do": "hide", "seat": CROWD + 26, "text": RUDE}]


def test_stories_fill_the_screen_and_are_written_again(room, lead):
    page = lead()
    room.go("stories-again")
    room.crowd({"pieces": [f"A story {n}."], "seed": n} for n in (1, 2))
    expect(page.get_by_role("button", name="+30 s")).to_be_hidden()
    again = page.locator(".room-again button")
    expect(again).to_have_text(["Again at 0", "Again at 2", "Again at 0.7"])
    expect(again.first).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".room-bar .room-main")).to_have_text("Again at 2 →")
    large = page.get_by_role("button", name="Fill the screen: A story 2.")
    large.click()
    expect(large).to_have_attribute("aria-pressed", "true")
    room.act(do="hide", seat=CROWD, text=None)
    press(page, "Show all of them again")
    expect(page.get_by_role("button", name="Hide: A story 1.")).to_be_visible()
    again.last.click()
    expect(again.last).to_have_attribute("aria-pressed", "true")
    assert orders(room, page) == [
        {"do": "large", "seat": CROWD + 1},
        {"do": "show_all"},
        {"do": "go", "step": room.evening.index, "moment": 2},
    ]
    assert room.evening.moment.round == 3
    room.go("question")
    expect(page.locator(".room-again")).to_be_hidden()


def test_results_are_saved_as_a_table_and_a_picture(room, lead, tmp_path: Path):
    page = lead()
    room.go("next-word")
    room.crowd({"word": word} for word in ("king", "King", "king", "=1+1", "queen"))
    for word in ("king", "=1+1"):
        room.act(do="show", text=word)
    with (
        page.expect_download(lambda one: one.suggested_filename == "room.csv") as table,
        page.expect_download(lambda one: one.suggested_filename == "room.png") as drawn,
    ):
        press(page, "Save results")
    table.value.save_as(tmp_path / "room.csv")
    drawn.value.save_as(tmp_path / "room.png")
    rows = (tmp_path / "room.csv").read_text("utf-8-sig").splitlines()
    assert [one.split('",')[-2] for one in rows if "king" in one] == ['"king']
    assert any(one.endswith('"\'=1+1",1,""') for one in rows)
    assert not any("queen" in one for one in rows), "which nobody has shown"
    assert [one.rsplit(",", 2)[1:] for one in rows[-3:]] == [["6", "0"]] * 3  # a guess
    png = (tmp_path / "room.png").read_bytes()
    assert png.startswith(b"\x89PNG") and len(png) > 5000
    assert [int.from_bytes(png[n : n + 4]) for n in (16, 20)] == [1200, 630]


def test_keys_and_buttons_steer(room, phone, lead):
    page = lead()
    for key in ("ArrowRight", "PageDown", "Space", "ArrowLeft", "PageUp", "b"):
        page.keyboard.press(key)
    steps = ["next", "next", "next", "back", "back", "black"]
    assert orders(room, page, 6) == [{"do": one} for one in steps]
    assert room.evening.black and room.evening.moment.phase == "shown"
    room.go("guess-08")
    phone()
    room.wait(20)
    page.keyboard.press("h")
    hide = page.get_by_role("button", name="Hide texts")
    expect(hide).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("h")
    expect(hide).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("t")
    hidden, shown, more = orders(room, page, 3)
    assert (hidden, shown) == ({"do": "hide_all"}, {"do": "show_all"})
    assert more["do"] == "seconds" and 45 <= more["seconds"] <= 50
    press(page, "End the time")
    expect(page.get_by_role("button", name="End the time")).to_be_hidden()
    assert room.evening.left(room.time) == 0
    for name in ("Back", "Next: Your guess"):
        page.get_by_role("button", name=name).click()
    page.get_by_role("button", name="The slider together").click()
    page.get_by_label("Which evening").select_option("day")
    page.get_by_text("Language, new evening, keys").click()
    page.get_by_label("Language of the room").select_option("nb")
    expect(page.locator("html")).to_have_attribute("lang", "nb")
    slider = room.evening.content.decks["en"]["90_minutes"].index_of("slider")
    assert orders(room, page) == [
        {"do": "seconds", "seconds": 0},
        {"do": "back"},
        {"do": "next"},
        {"do": "go", "step": slider},
        {"do": "deck", "deck": "day"},
        {"do": "language", "language": "nb"},
    ]
    room.act(do="language", language="en")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.once("dialog", lambda dialog: dialog.dismiss())
    press(page, "Begin anew …")
    assert orders(room, page, 0) == []
    gone = phone()
    expect(page.get_by_text("2 of 2 phones here")).to_be_visible()
    gone.close()
    page.once("dialog", lambda dialog: dialog.accept())
    press(page, "Free empty seats (1) …")
    free = page.get_by_role("button", name="Free empty seats")
    expect(free).to_be_hidden()
    page.once("dialog", lambda dialog: dialog.accept())
    press(page, "Begin anew …")
    assert orders(room, page) == [{"do": "free"}, {"do": "anew"}]
    assert room.evening.used_seats() == set() and len(room.evening.seats) == 1


def test_answers_are_read_aloud_and_sentences_sorted_on_the_leaders_page(room, lead):
    page = lead(360)
    room.go("survey-after")
    hidden = room.step.hidden
    most = {name: key for name, key in hidden["right"].items() if name != "coin"}
    code = "lamp-river-oak"
    room.crowd([{"code": code, "answers": most | {"source": "<b>A</b> teapot."}}])
    expect(page.get_by_role("heading", name="The answers")).to_be_hidden()
    kind = page.get_by_label("Sorted as: <b>A</b> teapot.")
    expect(kind).to_have_value("other")
    kind.select_option("rules")
    assert orders(room, page) == [
        {"do": "sort", "text": "<b>A</b> teapot.", "kind": "rules"}
    ]
    room.next()
    expect(page.get_by_text("Hardest: question 4")).to_be_visible()
    expect(page.get_by_text(hidden["why"]["coin"])).to_be_visible()
    expect(page.locator(".room-answers li")).to_have_count(6)
    expect(page.get_by_text(hidden["why"]["steps"])).to_be_hidden()
    is_as_narrow_as_its_window(page)
    no_barriers(page)


def test_a_remote_works_on_the_screen_that_the_leader_opened(room, lead):
    page = lead()
    with page.expect_popup() as opened:
        press(page, "Open the screen")
    screen = opened.value
    expect(screen.locator(".room-question")).to_have_text(room.step.shown["question"])
    for key in ("PageDown", "PageUp", "b", "b", "h"):
        screen.keyboard.press(key)
    press(screen, "Next")
    steered = ["next", "back", "black", "black", "hide_all", "next"]
    assert [one["do"] for one in orders(room, page, 6)] == steered
    page.reload()  # and still knows each other
    page.locator(".room-guide-say").wait_for()
    screen.keyboard.press("PageDown")
    assert orders(room, page)[-1] == {"do": "next"}
