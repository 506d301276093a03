"""The real model in a page: loaded by a button, kept, deleted, and what goes wrong.

A tiny model answers in its place, whatever bytes the file has.
"""

import hashlib
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect

from llm_lessons.foundation.js_bundle import bundle
from llm_lessons.pages import real_part
from llm_lessons.pages.page import page
from llm_lessons.pages.pieces import REAL
from llm_lessons.widgets import NextToken
from llm_lessons_server.addresses import in_the_room
from llm_lessons_server.real_model import ADDRESS
from tests.browser.made_page import is_as_narrow_as_its_window, no_barriers
from tests.browser.static_page import small_lesson
from tests.server.clients import Server, with_file
from tests.web.in_deno import ROOT
from tests.widgets.stand_in import StandIn

CONTENT = random.Random(3).randbytes(3 * 2**20 + 999)
NAME = "09_working_memory"  # two toys
LOAD, OPEN, DELETE = "Load SmolLM2", "Open SmolLM2", "Delete it from this browser"
ANSWERS = "SmolLM2 answers in this page."
TYPED, UNLOADED = "Text so far", "Load it first: the box above says how."
# As a browser does that needs the room.
LOSE_A_PIECE = """() => new Promise((done) => {
  const asked = indexedDB.open("llm-lessons-real", 1);
  asked.onsuccess = () => {
    const change = asked.result.transaction("pieces", "readwrite");
    const pieces = change.objectStore("pieces");
    const keys = pieces.getAllKeys();
    keys.onsuccess = () => pieces.delete(keys.result[2]);
    change.oncomplete = () => done(asked.result.close());
  };
})"""
ENDED = "sessionStorage.setItem('llm-lessons-real-open', 'yes')"


class Real(StandIn):
    """One whose toys ask for the real model."""

    name = "smollm2"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lesson's page, and the worker's script beside it."""
    out = tmp_path_factory.mktemp("pages")
    cells = "# 9 · A lesson", (NextToken(Real(), "Once"),)
    with pytest.MonkeyPatch.context() as change:
        change.setattr(real_part, "file_size", lambda: len(CONTENT))
        digest = hashlib.sha256(CONTENT).hexdigest()
        change.setattr(real_part, "SMOLLM2_SHA256", digest)
        made = small_lesson(NAME, *cells, f"## {REAL}\n\nIt was counted.")
    (out / "index.html").write_text(page("A lesson", [made]), encoding="utf-8")
    script, _ = bundle(ROOT / "tests" / "web" / "real_stand_in.js")
    (out / real_part.SCRIPT).write_text(f'"use strict";\n{script}', encoding="utf-8")
    return out


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("real") / "file.gguf"
    file.write_bytes(CONTENT)
    return file


@pytest.fixture(scope="module")
def server(folder: Path, file: Path) -> Iterator[str]:
    """The address of one for all pages."""
    with Server(folder, "--port", "0", program=with_file(file)) as running:
        yield f"http://127.0.0.1:{running.port}/"


def opened(one: Page, address: str) -> Locator:
    """Go to the page; its box."""
    one.goto(address)
    one.locator("[data-ready]").wait_for()
    one.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)")
    return one.locator(".ll-real")


def press(box: Locator, name: str) -> None:
    box.get_by_role("button", name=re.compile(f"^{name}")).click()


def asked_of(one: Page) -> list[str]:
    """The ranges that a browser asks for from now on."""
    ranges: list[str] = []

    def hear(asked: Request) -> None:
        if ADDRESS in asked.url:
            ranges.append(asked.headers["range"])

    one.context.on("request", hear)
    return ranges


def test_it_is_loaded_once_answers_and_is_deleted(server: str, new_page):
    one = new_page(width=360, height=740)
    asked, box = asked_of(one), opened(one, server)
    own = one.locator(".ll-next-token").first  # which the page has
    own.get_by_label(TYPED).fill("Twice")
    expect(own.locator(".ll-message")).to_contain_text(UNLOADED)
    assert asked == []  # by the button alone
    # the keyboard stays in the box, whose buttons come and go
    box.get_by_role("button", name=re.compile(f"^{LOAD}")).press("Enter")
    other = opened(one.context.new_page(), server)  # another tab
    press(other, "(Load|Go on|Open)")  # as much as the first tab has by then
    for tab in (box, other):
        expect(tab).to_contain_text(ANSWERS)
    assert len(asked) == 1
    other.page.close()
    expect(box.get_by_role("button", name="Close it")).to_be_focused()
    expect(own.locator(".ll-message")).to_be_empty()
    toys = box.locator(".ll-next-token")
    expect(toys).to_have_count(2)
    before = toys.first.locator(".ll-bars").inner_text()
    toys.first.get_by_label(TYPED).fill("and so on")
    expect(toys.first.locator(".ll-bars")).not_to_have_text(before)
    expect(box.locator(".ll-stale")).to_have_count(0)  # pale until it is answered
    is_as_narrow_as_its_window(one)
    no_barriers(one, within=".ll-real")
    press(box, "Close it")
    expect(toys).to_have_count(0)
    # another day, and nothing is loaded again
    box = opened(one, server)
    expect(box).to_contain_text("SmolLM2 is in this browser.")
    press(box, OPEN)
    expect(box).to_contain_text(ANSWERS)
    assert len(asked) == 1
    press(box, "Close it")
    press(box, DELETE)
    expect(box).to_contain_text("SmolLM2 is deleted from this browser.")
    press(box, LOAD)
    expect(box).to_contain_text(ANSWERS)
    assert len(asked) == 2


def test_in_the_room_who_waits_is_told_the_place(
    folder: Path, file: Path, browser: Browser
):
    """At an address without TLS, where a page may do less."""
    host = next((one for one in in_the_room() if ":" not in one), "")
    if not host:
        pytest.skip("this machine is in no network")
    one, places = browser.new_page(), ["4"]  # where a busy server is an error

    def answer(route) -> None:
        if places:
            route.fulfill(status=503, headers={"X-Place": places[0]}, body="")
        else:
            route.continue_()

    one.context.route(f"**/{ADDRESS}", answer)
    options = ("--port", "0", "--room")
    with Server(folder, *options, program=with_file(file)) as running:
        box = opened(one, f"http://{host}:{running.port}/")
        assert not one.evaluate("isSecureContext")
        press(box, LOAD)
        expect(box).to_contain_text("you are number 4 in the queue")
        press(box, "Stop")
        expect(box).to_contain_text("Stopped.")
        places.clear()
        press(box, LOAD)
        expect(box).to_contain_text(ANSWERS)
    one.close()


def test_what_is_lost_or_ended_is_said(server: str, folder: Path, new_page):
    one = new_page()
    asked, box = asked_of(one), opened(one, server)
    press(box, LOAD)
    expect(box).to_contain_text(ANSWERS)
    one.evaluate(LOSE_A_PIECE)
    press(box, "Close it")
    press(box, OPEN)
    expect(box).to_contain_text("Less of SmolLM2 is here than before")
    assert len(asked) == 1  # nothing is loaded that nobody asked for
    press(box, "Go on loading")
    expect(box).to_contain_text(ANSWERS)
    assert asked[1] == f"bytes={2 * 2**20}-{len(CONTENT) - 1}"
    one.add_init_script(ENDED)
    box = opened(one, server)
    expect(box).to_contain_text("was ended while a real model was open")
    box = opened(one, (folder / "index.html").as_uri())
    press(box, LOAD)
    expect(box).to_contain_text("python3 start.py serve")
