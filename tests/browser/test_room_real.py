"""A real model that was asked beforehand: its answers on phones, its odds on the wall.

No page has a model here, not even the class model.
"""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.made_page import no_barriers
from tests.browser.room_looks import fits_a_thumb, reaches_the_last_row
from tests.browser.room_moments import step
from tests.browser.test_room_activities import answered, press, seen
from tests.rest import rest

PROMPT = "Question: Which animal is the best pet? Answer: The best pet is a"
FIRSTS = [" dog", " dog", " cat", " very small pig"]
TEXTS = [[FIRSTS[n % 4], f" that is {n // 2}", " years old", "."] for n in range(100)]
ODDS = [[" dog", 0.48], [" cat", 0.27], [" fish", 0.11], [" zebra", 0.001]]
WAITING = {
    "prompt": PROMPT,
    "least": 40,
    "tokens": 24,
    "temperatures": [1],
    "real": None,
    "coming": True,
}
REAL = WAITING | {"real": {"odds": ODDS, "texts": TEXTS}, "coming": None}
MISSING = WAITING | {"coming": False}
PEOPLE = 25


@pytest.fixture
def fjord_script() -> None:
    """No model comes to a page."""


def tally(people: int) -> dict[str, Any]:
    """So many answers, each with a coin of its own."""
    stories = [{"seat": seat + 1, "pieces": TEXTS[seat]} for seat in range(people)]
    return {"answered": people, "stories": stories}


@pytest.mark.parametrize("way", ["touch", *rest("keys")])
def test_a_phone_flips_a_coin_and_shows_what_is_answered_with_it(room, phone, way):
    room.show(step("stories", WAITING), "open", 1)
    page = phone()
    flip = page.get_by_role("button", name="Flip your coin")
    expect(seen(page, "SmolLM2 is still being asked")).to_be_visible()
    expect(flip).to_have_attribute("aria-disabled", "true")
    room.show(step("stories", REAL), "open", 1)
    expect(seen(page, "a number from 00 to 99")).to_be_visible()
    fits_a_thumb(page)
    press(page, "Flip your coin", way)
    story = answered(room, page, "stories")
    seed, pieces = story["seed"], story["pieces"]
    assert 0 <= seed < len(TEXTS) and pieces == TEXTS[seed]
    expect(seen(page, f"Your coin: {seed:02}")).to_be_visible()
    expect(seen(page, "Who else has this number?")).to_be_visible()
    own = page.locator(".ll-own-story")
    expect(own).to_have_text(PROMPT + "".join(pieces))
    expect(flip).to_be_hidden()
    fits_a_thumb(page)
    page.reload()
    expect(seen(page, f"Your coin: {seed:02}")).to_be_visible()
    expect(own).to_have_text(PROMPT + "".join(pieces))
    room.show(step("stories", MISSING) | {"id": "other"}, "open", 1)
    expect(seen(page, "SmolLM2 could not be asked")).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(1280, 720), *rest((1024, 768))])
def test_the_wall_shows_the_answers_and_then_the_odds_that_they_began_with(
    room, screen, width, height
):
    room.show(step("stories", WAITING), "open", 1, tally=tally(0))
    page = screen(width, height)
    blocks, bars = page.locator(".ll-blocks"), page.locator(".ll-twins")
    expect(seen(page, "SmolLM2 is still being asked.")).to_be_visible()
    room.show(step("stories", REAL), "open", 1, tally=tally(0))
    expect(seen(page, "Only the coins differ.")).to_be_visible()
    room.count(tally(PEOPLE))
    different = len({"".join(one) for one in TEXTS[:PEOPLE]})
    assert 1 < different < PEOPLE
    said = f"Coins: {PEOPLE}. Different answers: {different}."
    expect(seen(page, said)).to_be_visible()
    expect(blocks).to_be_visible()
    expect(bars).to_be_hidden()
    reaches_the_last_row(page)

    room.show(step("stories", REAL), "shown", 1, tally=tally(PEOPLE))
    expect(blocks).to_be_hidden()
    expect(seen(page, f"Coins: {PEOPLE}. Each answer began")).to_be_visible()
    rows = bars.locator("tbody tr")
    expect(rows).to_have_count(4)  # nobody sees a zebra
    counts = [int(one) for one in rows.locator("td:nth-child(4)").all_inner_texts()]
    assert sum(counts) == PEOPLE and counts[2] == 0  # no fish
    assert rows.locator("td:nth-child(3)").first.inner_text() == "48\u00a0%"
    reaches_the_last_row(page)
    page.wait_for_timeout(300)  # bars have grown
    no_barriers(page)

    room.show(step("stories", REAL), "shown", 1, tally=tally(3), large=2)
    expect(page.locator(".ll-large-story")).to_contain_text("".join(TEXTS[1]))
    expect(bars).to_be_hidden()
    room.show(step("stories", MISSING), "open", 1, tally=tally(0))
    expect(seen(page, "SmolLM2 could not be asked on this computer.")).to_be_visible()
    reaches_the_last_row(page)
