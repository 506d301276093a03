"""The site in a browser: Fjord comes with the first toy, and all opens offline."""

import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from llm_lessons.foundation.packaged_files import NotInstalled
from llm_lessons.pages import site
from llm_lessons.pages.page import page
from tests.browser.static_page import small_lesson
from tests.server.clients import Server

NAME = "a_lesson"
KEPT = """async (count) => (await (await caches.open('llm-lessons')).keys()).length
    >= count && !!navigator.serviceWorker.controller"""
RENEWED = """async (name) => (await (await (await caches.open('llm-lessons'))
    .match(name, { ignoreSearch: true })).text()).includes('The second')"""


def make(folder: Path, text: str) -> None:
    """A site of two pages."""
    one = small_lesson(NAME, "# A lesson", text)
    front = page("LLM Lessons", [], head=f'<a href="{NAME}.html">{one.title}</a>')
    (folder / "index.html").write_text(front, encoding="utf-8")
    (folder / f"{NAME}.html").write_text(page(one.title, [one]), encoding="utf-8")
    site.make_site(folder)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    def missing(*_: object) -> Path:
        raise NotInstalled("spared")

    monkeypatch.setattr(site, "packaged", missing)
    make(tmp_path, "The first version.")
    return tmp_path


def until(one: Page, script: str, arg: object = None) -> None:
    """Waits for a promise to say yes; `wait_for_function` takes any promise as one."""
    end = time.monotonic() + 30
    while not one.evaluate(script, arg):
        assert time.monotonic() < end, script
        one.wait_for_timeout(50)


def test_what_was_visited_opens_offline_and_is_renewed(folder: Path, browser: Browser):
    context = browser.new_context(viewport={"width": 360, "height": 740})
    one = context.new_page()  # without a network, its console has remarks
    with Server(folder, "--port", "0") as running:
        port = running.port
        address = f"http://127.0.0.1:{port}/"
        one.goto(f"{address}{NAME}.html")
        until(one, KEPT, 2)  # the lesson, and the way to all others
    one.reload()
    expect(one.get_by_text("The first version.")).to_be_visible()
    one.goto(address)
    one.get_by_role("link", name="A lesson").click()
    expect(one.get_by_text("The first version.")).to_be_visible()
    make(folder, "The second version.")
    with Server(folder, "--port", str(port)):
        one.reload()  # still the first one; the new script comes meanwhile
        until(one, RENEWED, f"{NAME}.html")
    one.reload()
    expect(one.get_by_text("The second version.")).to_be_visible()
    context.close()
