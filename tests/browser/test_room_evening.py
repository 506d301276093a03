"""A whole evening, by the real server: every kind of step, in English and Norwegian."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from llm_lessons_room.content.export import export
from llm_lessons_room.content.kinds import KINDS
from tests.browser.made_page import is_as_narrow_as_its_window, no_barriers, press
from tests.browser.played_evening import ANSWERS, WORDS, Overheard, served
from tests.browser.room_looks import PHONE, fits_a_thumb, reaches_the_last_row
from tests.rest import rest
from tests.server.phones import RoomServer

pytestmark = pytest.mark.slow
PHONES = 2
CALCULATED = 90_000  # milliseconds for what Fjord calculates on a busy machine


@pytest.fixture
def server(tmp_path: Path, fjord_script: Path) -> Iterator[RoomServer]:
    """The first evening; without its figures, which take minutes to draw."""
    with served(tmp_path, fjord_script, lambda decks: decks) as running:
        yield running


@pytest.mark.parametrize(
    ("language", "locale"),
    [("en", "en"), *rest(("nb", "nb-NO"))],
)
def test_a_room_plays_a_whole_evening(
    language: str,
    locale: str,
    server: RoomServer,
    new_page: Callable,
):
    base = f"http://127.0.0.1:{server.port}"
    words = export(language)["words"]
    lead = new_page(1280, 800, locale=locale)
    lead.goto(f"{base}/lead/{server.secret}")
    lead.locator("details.room-rarely").evaluate("details => details.open = true")
    lead.locator(".room-rarely select").select_option(language)
    screen = new_page(1280, 720, locale=locale)
    evening = Overheard(screen)
    screen.goto(f"{base}/screen")
    options = {"locale": locale, "is_mobile": True}
    phones = [new_page(**PHONE, **options) for _ in range(PHONES)]
    for phone in phones:
        phone.goto(base)
        phone.get_by_role("button", name=words["phone"]["join_button"]).tap()
    expect(screen.locator("body")).to_contain_text(f"{PHONES} ")
    for page in (lead, screen, *phones):
        expect(page.locator("html")).to_have_attribute("lang", language)
    seen: set[str] = set()
    while True:
        now, place = evening.moment, evening.place()
        kind, phase = now["step"]["kind"], now["phase"]
        for page in (screen, *phones):
            expect(page.locator("#room")).to_have_attribute("data-kind", kind)
        if phase == "open":
            for number, phone in enumerate(phones):
                ANSWERS[kind](phone, number)
            of = words["screen"]["answered"].format(n=PHONES, m=PHONES)
            expect(screen.get_by_text(of)).to_be_visible()
        if (kind, phase) == ("next_word", "shown"):
            for word in WORDS:  # they wait until the leader shows them
                expect(screen.get_by_text(word, exact=True)).to_have_count(0)
            press(lead, words["lead"]["texts_show_words"])
            for word in WORDS:  # as it was written, and nothing of it is HTML
                expect(screen.get_by_text(word, exact=True).first).to_be_visible()
        if (kind, phase) == ("marbles", "reveal"):
            fjord = words["screen"]["marbles_fjord"].split("{")[0].strip()
            expect(screen.get_by_text(fjord).first).to_be_visible(timeout=CALCULATED)
        reaches_the_last_row(screen)
        is_as_narrow_as_its_window(*phones)
        if kind not in seen:
            fits_a_thumb(phones[0])
            no_barriers(lead, screen)
        seen.add(kind)
        lead.keyboard.press("ArrowRight")
        if now["index"] == now["of"] - 1:
            break
        evening.wait_until(lambda place=place: evening.place() != place)
    # the shortest evening has no model to train: see test_room_training.py
    assert seen == set(KINDS) - {"train_together"}
