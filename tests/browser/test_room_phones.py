"""The phones of a room: they join, are lost, come back, and keep what is theirs."""

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.made_page import button
from tests.browser.room_looks import PHONE, fits_a_thumb
from tests.browser.room_steps import PROMPT, SAY, TEN_TALLY, guess, longer, step, ten


def test_a_phone_joins_with_one_tap_and_keeps_its_seat(room, room_page):
    room.show(SAY)
    page, asked = room_page("/", **PHONE), []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    join = button(page, "Join the room")
    expect(join).to_be_visible()
    fits_a_thumb(page)
    page.wait_for_timeout(300)
    assert asked == [page.url], "all of the page is in one file"
    assert not room.said["phone"], "nobody takes a seat by looking"
    join.tap()
    seat = page.get_by_text("Phone 1")
    expect(page.get_by_role("heading", name="Why?")).to_be_visible()
    expect(seat).to_be_visible()
    assert room.said["phone"] == [{"type": "join", "seat": None, "language": None}]
    page.reload()
    expect(seat).to_be_visible()
    assert room.said["phone"][1]["seat"] == "t1"
    assert len(room.seats) == 1
    room.seats.clear()  # a new evening
    page.reload()
    expect(seat).to_be_visible()


def test_a_lost_connection_is_said_and_comes_back(room, phone):
    room.show(guess(), "open", 1)
    page = phone()
    choices = page.get_by_role("group").get_by_role("button")
    expect(choices).to_have_count(3)
    room.go()
    expect(page.get_by_text("Not connected")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("tries again by itself")
    choices.nth(1).click()
    status = page.locator(".room-sent")
    expect(status).to_have_text("Not sent yet: there is no connection.")
    fits_a_thumb(page)
    room.is_gone = False
    expect(page.get_by_text("Connected", exact=True)).to_be_visible()
    expect(status).to_have_text("Your answer has arrived.")
    expect(page.get_by_role("alert")).to_be_hidden()
    assert room.answers == {(1, "guess", 1): 1}
    expect(choices.nth(1)).to_have_attribute("aria-pressed", "true")
    assert len(room.seats) == 1, "the same seat"


def test_a_dead_connection_is_noticed_when_the_phone_is_taken_up(room, phone):
    room.show(SAY)
    page = phone()
    page.wait_for_timeout(300)  # in which its first ping is answered
    page.evaluate(  # as after a locked screen: open, and nothing gets through
        """() => {
          const { send } = WebSocket.prototype;
          WebSocket.prototype.send = function (data) {
            window.dead ??= this;
            if (this !== window.dead) send.call(this, data);
          };
          dispatchEvent(new Event("pageshow"));
        }"""
    )
    for _ in range(250):  # at once, or on a slow machine with the next ping
        if len(room.said["phone"]) > 1:
            break
        page.wait_for_timeout(100)
    assert [one["seat"] for one in room.said["phone"]] == [None, "t1"]


def test_a_connection_that_was_closed_in_silence_is_made_anew(room, room_page):
    room.show(SAY)
    page = room_page("/", **PHONE)
    page.evaluate(  # the first one never hears of its end
        """() => WebSocket.prototype.addEventListener = function (event, act) {
          window.first ??= this;
          if (this === window.first && event === "close") return;
          EventTarget.prototype.addEventListener.call(this, event, act);
        }"""
    )
    button(page, "Join the room").tap()
    page.get_by_text("Connected").wait_for()
    page.evaluate("window.first.close(); dispatchEvent(new Event('pageshow'))")
    page.wait_for_timeout(1500)
    assert [one["seat"] for one in room.said["phone"]] == [None, "t1"]
    expect(page.get_by_text("Connected", exact=True)).to_be_visible()


def test_of_two_windows_of_a_phone_the_one_in_use_counts(room, phone):
    """They share a seat; what is chosen in either is what stands there at last."""
    room.show(guess(), "open", 1)
    first = phone()
    second = first.context.new_page()
    second.goto(first.url)
    for page, place in ((second, 1), (first, 2), (first, 0), (second, 2)):
        page.get_by_role("group").get_by_role("button").nth(place).click()
        expect(page.locator(".room-sent")).to_have_text("Your answer has arrived.")
        page.wait_for_timeout(400)
        assert room.answers == {(1, "guess", 1): place}
    assert len(room.seats) == 1
    again = [one["type"] for one in room.said["phone"]].count("here")
    assert again == 2  # only where the window is another one than before


def test_a_phone_keeps_a_story_and_a_score_and_opens_pages(room, phone, tmp_path: Path):
    last, reveals = ten("after")
    right = reveals["right"]
    shown = {"address": "/handouts/training.html", "title": "Training"}
    home = step("say", {"text": "Ask where it comes from.", "pages": [shown]})
    room.show(step("stories", {"prompt": PROMPT, "least": 1, "tokens": 4}), "open", 1)
    page = phone()
    button(page, "Write a story").tap()
    expect(page.get_by_text("Your answer has arrived.")).to_be_visible()
    story = PROMPT + "".join(room.answers[1, "stories", 1]["pieces"])
    room.answers[1, "ten-before", 1] = [*right[:2], *8 * [None]]
    room.answers[1, "ten-after", 1] = [*right[:7], *3 * [None]]
    room.show(last, "open", 1)
    expect(page.get_by_text("Question 8 of 10")).to_be_visible()
    room.show(last, "reveal", 1, revealed=reveals, tally=TEN_TALLY)
    score = "Before: 2 of 10 right. Now: 7."
    expect(page.get_by_text(score)).to_be_visible()
    own = page.locator(".room-keepsake")
    expect(own).to_be_hidden()  # until the end
    room.show(home, index=8)
    for _ in range(2):
        expect(own.get_by_text(story)).to_be_visible()
        expect(own.get_by_text(score)).to_be_visible()
        page.reload()
    link = page.get_by_role("link", name=shown["title"])
    expect(link).to_have_attribute("href", shown["address"])
    box = link.bounding_box()
    assert box and box["height"] >= 48
    link.focus()
    room.show(home, index=8, left=30)
    expect(page.get_by_role("timer")).to_be_visible()
    expect(link).to_be_focused()  # it is still the same
    fits_a_thumb(page)
    with page.expect_download() as saved:
        button(page, "Save as a text").tap()
    saved.value.save_as(tmp_path / "kept.txt")
    assert (tmp_path / "kept.txt").read_text("utf-8") == f"{story}\n\n{score}\n"


def test_a_phone_speaks_another_language(room, phone):
    room.show(guess(said=longer), "open", 2)
    page = phone()
    page.get_by_label("Language").select_option("de")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.get_by_text("Choose again. It may be the same one. Ch")).to_be_visible()
    fits_a_thumb(page)
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "de")
