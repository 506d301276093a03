"""A whole evening, by the real server: every kind of step, in English and Norwegian."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from llm_lessons.language_model.loading import load
from llm_lessons.pages.model_script import model_script
from llm_lessons_room.content.content import content
from llm_lessons_room.content.kinds import KINDS
from llm_lessons_room.content.screens import write_screens
from tests.browser.made_page import no_barriers
from tests.browser.played_evening import ANSWERS, WORDS, Spy
from tests.browser.room_looks import fits_a_thumb, reaches_the_last_row
from tests.rest import rest
from tests.server.phones import RoomServer

pytestmark = pytest.mark.slow
PHONES = 3
CALCULATED = 90_000  # milliseconds for what Fjord calculates on a busy machine


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a room is served from; without figures, which take minutes to draw."""
    made = tmp_path_factory.mktemp("room")
    write_screens(made)
    (made / "fjord.js").write_text(model_script(load("fjord")))
    (made / "content").mkdir()
    for code in ("en", "nb"):
        text = json.dumps(content(code), ensure_ascii=False)
        (made / "content" / f"{code}.json").write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def server(folder: Path) -> Iterator[RoomServer]:
    (folder / "evening.json").unlink(missing_ok=True)
    with RoomServer(folder) as running:
        yield running


@pytest.mark.parametrize(("language", "locale"), [("en", "en"), *rest(("nb", "nb-NO"))])
def test_a_room_plays_a_whole_evening(
    language: str, locale: str, server: RoomServer, new_page: Callable
):
    base = f"http://127.0.0.1:{server.port}"
    told = content(language)
    words = told["words"]["screen"]
    lead = new_page(1280, 800, locale=locale)
    lead.goto(f"{base}/lead/{server.secret}")
    lead.locator("details.room-rarely").evaluate("details => details.open = true")
    lead.locator(".room-rarely select").select_option(language)
    screen = new_page(1280, 720, locale=locale)
    screen.goto(f"{base}/screen")
    phones = [
        new_page(360, 740, locale=locale, has_touch=True, is_mobile=True)
        for _ in range(PHONES)
    ]
    for phone in phones:
        phone.goto(base)
        phone.get_by_role("button", name=told["words"]["phone"]["join_button"]).tap()
    expect(screen.locator("body")).to_contain_text(f"{PHONES} ")
    for page in (lead, screen, *phones):
        expect(page.locator("html")).to_have_attribute("lang", language)
    spy = Spy(new_page(300, 300, bypass_csp=True), f"{base}/screen")
    seen: set[str] = set()
    while True:
        now, place = spy.moment(), spy.place()
        kind, is_new = now["step"]["kind"], now["step"]["kind"] not in seen
        for page in (screen, *phones):
            expect(page.locator("#room")).to_have_attribute("data-kind", kind)
        if now["phase"] == "open":
            for number, phone in enumerate(phones):
                ANSWERS[kind](phone, number)
            spy.wait_for_answers(PHONES)
            of = words["answered"].format(n=PHONES, m=PHONES)
            expect(screen.get_by_text(of)).to_be_visible()
        if kind == "next_word" and now["phase"] == "shown":
            for word in WORDS:  # they wait until the leader shows them
                expect(screen.get_by_text(word, exact=True)).to_have_count(0)
            show = told["words"]["lead"]["texts_show_words"]
            lead.get_by_role("button", name=show).click()
            for word in WORDS:  # as it was written, and nothing of it is HTML
                expect(screen.get_by_text(word, exact=True).first).to_be_visible()
        if (kind, now["phase"]) == ("marbles", "reveal"):
            fjord = words["marbles_fjord"].split("{")[0].strip()
            expect(screen.get_by_text(fjord).first).to_be_visible(timeout=CALCULATED)
        if is_new or now["phase"] == "reveal":
            fits_a_thumb(phones[0])
            reaches_the_last_row(screen)
            no_barriers(lead, screen)
        seen.add(kind)
        lead.keyboard.press("ArrowRight")
        if now["index"] == now["of"] - 1:
            break
        spy.wait_beyond(place)
    # the shortest evening has no model to train: see test_room_training.py
    assert seen == set(KINDS) - {"train_together"}
