"""Pages to which no class model comes.

A real one was asked beforehand, and its answers are shown; or the file did not arrive,
so each page says so, and what needs no model goes on.
"""

import pytest
from playwright.sync_api import expect

from llm_lessons_room.server.content import more_comes
from tests.browser.made_page import button, no_barriers
from tests.browser.played_room import CROWD, tables
from tests.browser.room_looks import (
    fits_a_thumb,
    looks_well,
    reaches_the_last_row,
    seen,
    unseen,
)
from tests.browser.test_room_activities import answered

PROMPT = "Question: Which animal is the best pet? Answer: The best pet is a"
FIRSTS = [" dog", " dog", " cat", " very small pig"]
TEXTS = [[FIRSTS[n % 4], f" that is {n // 2}", " years old", "."] for n in range(100)]
ODDS = [[" dog", 0.48], [" cat", 0.27], [" fish", 0.11], [" zebra", 0.001]]
PEOPLE = 25


@pytest.fixture
def fjord_script() -> None:
    """No model comes to a page."""


def test_a_coin_each_shows_a_real_models_answers_and_then_their_odds(
    room, phone, screen
):
    room.renew(tables(), lambda played: more_comes(played, True))
    room.act(do="deck", deck="150_minutes")
    room.go("real-model")
    page, wall = phone(), screen()
    flip = page.get_by_role("button", name="Flip your coin")
    for one in (page, wall):
        seen(one, "SmolLM2 is still being asked")
    expect(flip).to_have_attribute("aria-disabled", "true")
    room.renew(tables(real={PROMPT: {"odds": ODDS, "texts": TEXTS}}))
    seen(wall, "Only the coins differ.")
    seen(page, "a number from 00 to 99")
    fits_a_thumb(page)
    flip.tap()
    story = answered(room, page)
    seed, pieces = story["seed"], story["pieces"]
    assert 0 <= seed < len(TEXTS) and pieces == TEXTS[seed]
    seen(page, "Who else has this number?")
    expect(flip).to_be_hidden()
    fits_a_thumb(page)
    page.reload()
    seen(page, f"Your coin: {seed:02}")
    own = page.locator(".ll-own-story")
    expect(own).to_have_text(PROMPT + "".join(pieces))

    blocks, bars = wall.locator(".ll-blocks"), wall.locator(".ll-twins")
    room.crowd({"pieces": TEXTS[n], "seed": n} for n in range(1, PEOPLE))
    told = ["".join(one["pieces"]) for one in room.answers().values()]
    assert 1 < len({*told}) < len(told) == PEOPLE
    said = f"Coins: {PEOPLE}. Different answers: {len({*told})}."
    seen(wall, said)
    expect(blocks).to_be_visible()
    expect(bars).to_be_hidden()
    reaches_the_last_row(wall)
    room.next()
    expect(blocks).to_be_hidden()
    seen(wall, f"Coins: {PEOPLE}. Each answer began")
    rows = bars.locator("tbody tr")
    expect(rows).to_have_count(4)  # nobody sees a zebra
    counts = [int(one) for one in rows.locator("td:nth-child(4)").all_inner_texts()]
    assert sum(counts) == PEOPLE and counts[2] == 0  # no fish
    assert rows.locator("td:nth-child(3)").first.inner_text() == "48\u00a0%"
    looks_well(wall)
    room.act(do="large", seat=CROWD)
    expect(wall.locator(".ll-large-story")).to_contain_text("".join(TEXTS[1]))
    expect(bars).to_be_hidden()
    room.go("question")
    room.renew(tables(), lambda played: more_comes(played, False))
    room.go("real-model")
    for one in (page, wall):
        seen(one, "SmolLM2 could not be asked")
    reaches_the_last_row(wall)


def test_where_the_file_did_not_arrive_the_rest_goes_on(room, phone, screen):
    room.go("arrival")
    room.crowd({"token": " house"} for _ in range(PEOPLE))
    page, wall = phone(), screen()
    missing = "Fjord, the class model, did not arrive"
    for one in (page, wall):
        seen(one, missing)
    flip = page.get_by_role("button", name="Flip the coin")
    expect(flip).to_have_attribute("aria-disabled", "true")
    no_barriers(page)
    expect(wall.locator(".ll-twins tbody tr").first).to_contain_text("house")
    room.go("stories")
    seen(page, missing)
    room.go("slider")
    seen(page, missing)
    page.get_by_role("slider").press("Home")
    assert answered(room, page) == 0
    room.go("next-word")
    page.get_by_label("Write the next word").fill("hut")
    button(page, "Send").tap()
    assert answered(room, page) == {"word": "hut"}
    unseen(page, "Show me some words")
    room.crowd({"word": "castle"} for _ in range(3))
    room.act(do="show_all")
    room.go("next-word", 2)
    expect(wall.locator(".ll-word-wall li").first).to_contain_text("castle")
    seen(wall, missing)
    room.go("marbles", 1)
    for answer in room.step.hidden["answers"]:
        room.crowd({"answer": answer} for _ in range(PEOPLE))
        room.next()
    seen(wall, missing)
    expect(wall.locator(".ll-share-mark")).to_have_count(12)
