"""The phones of a room: they join, answer, lose their connection, and come back."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.room_looks import PHONE, fits_a_thumb
from tests.browser.room_steps import (
    HEAT,
    SAY,
    TEN_TALLY,
    guess,
    hidden,
    ten,
)
from tests.rest import rest


def test_a_phone_joins_with_one_tap_and_keeps_its_seat(room, new_page):
    room.show(SAY)
    page, asked = new_page(**PHONE), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(room.address())
    button = page.get_by_role("button", name="Join the room")
    expect(button).to_be_visible()
    fits_a_thumb(page)
    page.wait_for_timeout(300)
    assert asked == [room.address()], "all of the page is in one file"
    assert not room.said["phone"], "nobody takes a seat by looking"
    button.tap()
    expect(page.get_by_role("heading", name="Why?")).to_be_visible()
    expect(page.get_by_text("Phone 1")).to_be_visible()
    assert room.said["phone"] == [{"type": "join", "seat": None, "language": None}]
    page.reload()
    expect(page.get_by_role("heading", name="Why?")).to_be_visible()
    expect(page.get_by_text("Phone 1")).to_be_visible()
    assert room.said["phone"][1]["seat"] == "t1"
    assert len(room.seats) == 1
    room.seats.clear()  # a new evening
    page.reload()
    expect(page.get_by_text("Phone 1")).to_be_visible()


def test_a_lost_connection_is_said_and_comes_back(room, browser: Browser):
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()  # it may complain: the browser remarks on every loss
    room.show(guess(), "open", 1)
    page.goto(room.address())
    page.get_by_role("button", name="Join the room").click()
    choices = page.get_by_role("group").get_by_role("button")
    expect(choices).to_have_count(3)
    room.go()
    expect(page.get_by_text("Not connected")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("tries again by itself")
    choices.nth(1).click()
    status = page.locator(".room-sent")
    expect(status).to_have_text("Not sent yet: there is no connection.")
    fits_a_thumb(page)
    room.come()
    expect(page.get_by_text("Connected", exact=True)).to_be_visible()
    expect(status).to_have_text("Your answer has arrived.")
    expect(page.get_by_role("alert")).to_be_hidden()
    assert room.answers == {(1, "guess", 1): 1}
    expect(choices.nth(1)).to_have_attribute("aria-pressed", "true")
    assert len(room.seats) == 1, "the same seat"
    context.close()


def test_a_dead_connection_is_noticed_when_the_phone_is_taken_up(room, phone):
    room.show(SAY)
    page = phone()
    joined = len(room.said["phone"])
    page.evaluate(  # as after a locked screen: open, and nothing gets through
        """() => {
          WebSocket.prototype.send = new Proxy(WebSocket.prototype.send, {
            apply: (send, socket, data) =>
              socket === window.dead ? undefined : Reflect.apply(send, socket, data),
          });
          const { send } = WebSocket.prototype;
          WebSocket.prototype.send = function (data) {
            window.dead ??= this;
            return send.call(this, data);
          };
        }"""
    )
    page.evaluate("dispatchEvent(new Event('pageshow'))")
    for _ in range(250):  # at once, or on a slow machine with the next ping
        if len(room.said["phone"]) > joined:
            break
        page.wait_for_timeout(100)
    assert len(room.said["phone"]) == joined + 1
    assert room.said["phone"][-1]["seat"] == "t1"


def test_a_connection_that_was_closed_in_silence_is_made_anew(room, new_page):
    room.show(SAY)
    page = new_page(**PHONE)
    page.add_init_script(  # the first one never hears of its end
        """WebSocket.prototype.addEventListener = function (event, act) {
          window.first ??= this;
          if (this === window.first && event === "close") return;
          EventTarget.prototype.addEventListener.call(this, event, act);
        };"""
    )
    page.goto(room.address())
    page.get_by_role("button", name="Join the room").tap()
    page.get_by_text("Connected").wait_for()
    page.evaluate("window.first.close()")
    page.wait_for_function("window.first.readyState === WebSocket.CLOSED")
    page.evaluate("dispatchEvent(new Event('pageshow'))")
    page.wait_for_timeout(1500)
    joins = [one["seat"] for one in room.said["phone"] if one["type"] == "join"]
    assert joins == [None, "t1"]
    expect(page.get_by_text("Connected", exact=True)).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", *rest("dark")])
def test_a_guess_before_and_after_the_talk(room, phone, scheme):
    room.show(guess(), "open", 1, left=40)
    page = phone(color_scheme=scheme)
    choices = page.get_by_role("group").get_by_role("button")
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"0:[34]\d"))
    choices.nth(0).tap()
    choices.nth(1).tap()
    expect(choices.nth(0)).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".room-sent")).to_have_text("Your answer has arrived.")
    page.wait_for_timeout(400)
    assert room.answers == {(1, "guess", 1): 1}
    fits_a_thumb(page)
    room.refuses = "late"
    choices.nth(0).tap()  # and is taken back
    expect(page.locator(".room-sent")).to_contain_text("Too late")
    expect(choices.nth(1)).to_have_attribute("aria-pressed", "true")
    room.refuses = ""
    page.reload()
    expect(choices.nth(1)).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".room-sent")).to_have_text("Your answer has arrived.")
    room.show(guess(), "shown", 1)
    expect(choices.nth(0)).to_have_attribute("aria-disabled", "true")
    choices.nth(0).tap(force=True)  # which is off
    room.show(guess(), "open", 2)
    expect(choices.nth(1)).to_contain_text("Your first choice")
    choices.nth(0).press("Enter")
    expect(choices.nth(0)).to_have_attribute("aria-pressed", "true")
    page.wait_for_timeout(400)
    assert room.answers == {(1, "guess", 1): 1, (1, "guess", 2): 0}
    room.show(guess(), "reveal", 2, revealed=hidden())
    expect(choices.nth(1)).to_contain_text("✓ Right")
    expect(choices.nth(0)).to_contain_text("Your choice")
    expect(page.get_by_text("Steady is not the same as right")).to_be_visible()
    page.mouse.move(0, 0)
    fits_a_thumb(page)


def test_of_two_windows_of_a_phone_the_one_in_use_counts(room, phone):
    """They share a seat; what is chosen in either is what stands there at last."""
    room.show(guess(), "open", 1)
    first = phone()
    second = first.context.new_page()
    second.goto(room.address())
    for page, place in ((second, 1), (first, 2), (first, 0), (second, 2)):
        page.get_by_role("group").get_by_role("button").nth(place).click()
        expect(page.locator(".room-sent")).to_have_text("Your answer has arrived.")
        page.wait_for_timeout(400)
        assert room.answers == {(1, "guess", 1): place}
    assert len(room.seats) == 1
    again = [one["type"] for one in room.said["phone"]].count("here")
    assert again == 2  # only where the window is another one than before


@pytest.mark.parametrize("scheme", ["light", *rest("dark")])
def test_the_slider_of_a_phone(room, phone, scheme):
    room.show(HEAT, "open", 1)
    page = phone(color_scheme=scheme)
    slider = page.get_by_role("slider", name="Your temperature")
    bars = page.locator(".ll-bars tbody")
    expect(bars).to_contain_text("boy")  # the model is here, and so is the ending
    at_one = bars.inner_text()
    slider.focus()
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "2.00")
    expect(bars).not_to_have_text(at_one)
    page.wait_for_timeout(600)
    sent = [one["value"] for one in room.said["phone"] if one["type"] == "answer"]
    assert sent[-1] == 2 and len(sent) < 15
    page.keyboard.press("Home")
    expect(bars.locator("tr").first).to_contain_text("100\u00a0%")
    fits_a_thumb(page)
    room.show(HEAT, "shown", 1)
    expect(slider).to_be_disabled()
    expect(slider).to_have_attribute("aria-valuetext", "0.00")


def test_ten_questions_on_a_phone(room, phone):
    step, reveals = ten("after")
    room.show(step, "open", 1, left=240)
    page = phone()
    choices = page.get_by_role("group").get_by_role("button")
    right = reveals["right"]
    for place in range(10):
        expect(page.get_by_text(f"Question {place + 1} of 10")).to_be_visible()
        if place == 3:  # left out
            page.get_by_role("button", name="Leave it out").tap()
            continue
        wanted = right[place] if place % 2 else (right[place] + 1) % 3
        choices.nth(wanted).tap()
        if place == 4:
            page.wait_for_timeout(800)  # in which it has arrived
            page.reload()  # the answers so far are back, and the first open question
            expect(page.get_by_text("Question 4 of 10")).to_be_visible()
            page.get_by_role("button", name="Leave it out").tap()
        if place < 9:
            page.get_by_role("button", name="Next").tap()
    expect(page.get_by_text("You have left out 1")).to_be_visible()
    fits_a_thumb(page)
    page.wait_for_timeout(500)
    last = room.answers[(1, step["id"], 1)]
    assert last[3] is None and sum(one is not None for one in last) == 9
    room.show(step, "reveal", 1, revealed=reveals, tally=TEN_TALLY)
    expect(page.get_by_text("4 of 10 right")).to_be_visible()
    assert page.locator(".room-solutions li").count() == 10
    fits_a_thumb(page)


def test_a_phone_keeps_a_story_and_a_score_and_opens_two_pages(
    room, phone, tmp_path: Path
):
    (first, _), (last, reveals) = ten("before"), ten("after")
    right = reveals["right"]
    home: dict[str, Any] = {"id": "home", "kind": "say", "title": "What we take home"}
    pages = [
        {"address": f"/handouts/{name}.html", "title": name.title()}
        for name in ("temperature", "training")
    ]
    home["shown"] = {"text": "Ask where it comes from.", "pages": pages}
    tale: dict[str, Any] = {"id": "tale", "kind": "stories", "title": "A story each"}
    tale["shown"] = {"prompt": "Once upon a time", "least": 1, "tokens": 4}
    room.show(tale, "open", 1)
    page = phone()
    write = page.get_by_role("button", name="Write a story")
    expect(write).not_to_have_attribute("aria-disabled", "true")
    write.tap()
    expect(page.get_by_text("Your answer has arrived.")).to_be_visible()
    story = "Once upon a time" + "".join(room.answers[1, "tale", 1]["pieces"])
    room.answers[1, "ten-before", 1] = [*right[:2], *8 * [None]]
    room.answers[1, "ten-after", 1] = [*right[:7], *3 * [None]]
    room.show(first, "shown", 1)
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
    links = [page.get_by_role("link", name=one["title"]) for one in pages]
    for one, link in zip(pages, links, strict=True):
        expect(link).to_have_attribute("href", one["address"])
        box = link.bounding_box()
        assert box and box["height"] >= 48
    links[-1].focus()
    room.show(home, index=8, left=30)
    expect(page.get_by_role("timer")).to_be_visible()
    expect(links[-1]).to_be_focused()  # it is still the same
    fits_a_thumb(page)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as a text").tap()
    saved.value.save_as(tmp_path / "kept.txt")
    assert (tmp_path / "kept.txt").read_text("utf-8") == f"{story}\n\n{score}\n"


def test_a_phone_speaks_another_language(room, phone):
    room.show(guess(as_it_is=False), "open", 2)
    page = phone()
    page.get_by_label("Language").select_option("de")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.get_by_text("Choose again. It may be the same one. Ch")).to_be_visible()
    fits_a_thumb(page)
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "de")
