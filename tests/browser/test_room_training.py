"""Phones that train a model together in real browsers, by the real server."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.made_page import button, no_barriers
from tests.browser.played_evening import served
from tests.browser.room_looks import fits_a_thumb, reaches_the_last_row
from tests.server.phones import RoomServer

pytestmark = pytest.mark.slow

NAMES = ("Zaphod", "<b>Rex</b>")  # and nothing of them is HTML
ENOUGH = 30  # steps
WHOLE = """(one) => { // the longest name stands on the screen to its end
  one.textContent = 'm'.repeat(40);
  const { scrollWidth, clientWidth } = one.parentElement;
  return scrollWidth <= clientWidth;
}"""
PARTS = re.compile(r"Steps that it has helped with: \d")
STEP = re.compile(r"^Step (\d+)\. Loss: \d+\.\d\d bits a letter \(less is better\)$")


@pytest.fixture
def server(tmp_path: Path, fjord_script: Path) -> Iterator[RoomServer]:
    """An evening of two steps: a sentence, and the model that a room trains."""

    def short(decks: list[dict[str, Any]]) -> list[dict[str, Any]]:
        day = next(one for one in decks if one["id"] == "day")
        kinds = {step["kind"]: step for step in reversed(day["steps"])}
        return [day | {"steps": [kinds["say"], kinds["train_together"]]}]

    with served(tmp_path, fjord_script, short) as running:
        yield running


def steps_on(screen: Page) -> int:
    """The step that the screen shows."""
    return int(STEP.findall(screen.get_by_text(STEP).inner_text())[0])


def wait_for_step(screen: Page, number: int) -> None:
    """Wait until the room has come so far."""
    for _ in range(600):
        if steps_on(screen) >= number:
            return
        screen.wait_for_timeout(200)
    raise AssertionError(steps_on(screen))


def test_phones_train_a_model_and_take_it_home(server: RoomServer, new_page: Callable):
    base = f"http://127.0.0.1:{server.port}"
    lead, screen = new_page(1280, 800), new_page(1280, 720)
    lead.goto(f"{base}/lead/{server.secret}")
    screen.goto(f"{base}/screen")
    options = {"has_touch": True, "is_mobile": True, "color_scheme": "dark"}
    phones = [new_page(320, 640, **options) for _ in NAMES]

    def look() -> None:
        reaches_the_last_row(screen)
        no_barriers(screen)
        fits_a_thumb(phones[0])

    for phone in phones:
        phone.goto(base)
        button(phone, "Join the room").tap()
    expect(lead.get_by_text("2 of 2 phones here").first).to_be_visible()
    lead.keyboard.press("ArrowRight")
    for phone, name in zip(phones, NAMES, strict=True):
        phone.get_by_label("A name for the model to learn").fill(f"  {name} ")
        fits_a_thumb(phone)
        button(phone, "Send").tap()
        given = phone.locator(".ll-said").first
        expect(given).to_have_text(f"The name that you gave: {name}")
        expect(lead.get_by_text(name)).to_be_visible()
    expect(screen.get_by_text("2 of 2 have answered")).to_be_visible()
    look()
    lead.keyboard.press("ArrowRight")
    wait_for_step(screen, ENOUGH)
    expect(screen.get_by_text("Phones in this step: 2.")).to_be_visible()
    for phone in phones:
        expect(phone.get_by_text(PARTS)).to_be_visible()
    assert screen.locator(".ll-room-texts bdi").first.evaluate(WHOLE)
    look()
    phones[1].close()
    expect(screen.get_by_text("Phones in this step: 1.")).to_be_visible()
    wait_for_step(screen, steps_on(screen) + 5)
    lead.keyboard.press("ArrowRight")
    written = "Names from this room that it has written:"
    expect(screen.get_by_text(written)).to_be_visible()
    expect(screen.get_by_text("Of the last 400,")).to_be_visible()
    said = re.compile(rf"It wrote 200 names here. .* yours, {NAMES[0]}: \d+\.$")
    expect(phones[0].get_by_text(said)).to_be_visible()
    look()
    with phones[0].expect_download() as download:
        button(phones[0], "Keep the model").tap()
    kept = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert kept["format"].startswith("llm-lessons-own")
    assert set(NAMES) <= set(kept["lines"])
    lead.keyboard.press("ArrowRight")
    expect(screen.get_by_text("Before your thumbs")).to_be_visible()
    for number in range(8):  # two rounds of four names
        expect(phones[0].get_by_text(f"Name {number % 4 + 1} of 4:")).to_be_visible()
        thumb = "I like it" if number % 2 else "I don't"
        phones[0].get_by_role("button", name=thumb).tap()
    share = re.compile(r"^Thumbs up: 50\s% in round 1, .*in round 2\.")
    expect(screen.get_by_text(share)).to_be_visible()
    expect(phones[0].get_by_text("Name 1 of 4:")).to_be_visible()
    look()
    lead.keyboard.press("ArrowRight")
    expect(screen.get_by_text("thumbs: a reward model")).to_be_visible()
    expect(screen.get_by_text(re.compile("Of 100 names that"))).to_have_count(2)
    expect(phones[0].get_by_text("The model after 2 steps.")).to_be_visible()
    look()
