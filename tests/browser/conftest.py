"""A real JupyterLab in a real Chromium, which must neither complain nor call home.

`open_lesson` opens a copy of a lesson, runs all of it, and hands over Playwright's
page; `open_notebook` does so with a small notebook of a test's own; `new_page` gives an
empty page for other files. All fail a test whose page logged an error or asked for
anything beyond this machine.
"""

import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from llm_lessons.language_model import LanguageModel
from llm_lessons.pages import execution
from llm_lessons.pages.model_script import model_script
from llm_lessons.pages.page import lesson, page
from llm_lessons.pages.printing import NoBrowser, find_browser
from llm_lessons.pages.writing import write_models, write_origins
from tests.browser.hand import goes_on_from_everywhere
from tests.browser.lab import Lab, running_lab
from tests.browser.notebook_page import (
    PATIENCE,
    copy_to,
    keep_run,
    no_barriers,
    no_trouble,
    open_in_lab,
    run_all,
)
from tests.browser.played_room import PlayedRoom, tables
from tests.browser.room_looks import PHONE
from tests.browser.static_page import static_page
from tests.browser.toys import *  # noqa: F403
from tests.browser.watched import WatchedPages

# What Python is asked may have to be compiled first, on a slow machine.
expect.set_options(timeout=30_000)
FAILED = pytest.StashKey[bool]()
# Without a sandbox because containers and root have none; no calls home.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def lab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A running JupyterLab, where there is a browser that can look at it."""
    with running_lab(tmp_path_factory.mktemp("lab"), keeps_states=True) as lab:
        yield lab


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium or a kin of it; without one the test is skipped, in CI it fails."""
    try:
        program = find_browser()
    except NoBrowser:
        reason = "there is no Chromium, Chrome or Edge on this machine"
        if os.environ.get("CI"):
            pytest.fail(f"The tests in CI need a browser, but {reason}.")
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Let fixtures know, when they clean up, how the test went."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture
def new_page(
    browser: Browser, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Page]]:
    """Make watched pages: `new_page(width=1280, height=1400, **context_options)`.

    Complaints fail the test when it ends. A failed test leaves a picture of each page.
    """
    watched = WatchedPages(browser)
    yield watched.make
    if request.node.stash.get(FAILED, False):
        watched.take_pictures(request.node.name)
    watched.close()
    watched.no_complaints()


@pytest.fixture
def open_page(new_page, tmp_path) -> Callable[..., Page]:
    """A static page of widgets: `open_page(*widgets, model=None, **page_options)`.

    With a model, its script lies beside the page, and has come.
    """

    def open_(*widgets, model: LanguageModel | None = None, **page_options) -> Page:
        path = tmp_path / "page.html"
        script = "" if model is None else "fjord.js"
        if model is not None:
            (tmp_path / script).write_text(model_script(model), encoding="ascii")
        path.write_text(static_page(*widgets, script=script), encoding="utf-8")
        page = new_page(**page_options)
        page.goto(path.as_uri())
        page.locator("[data-answered]" if model else "[data-ready]").wait_for()
        return page

    return open_


@pytest.fixture
def in_lab(lab: Lab) -> Iterator[Callable[[Path | list[str]], Path]]:
    """Copy notebooks into JupyterLab's folder; their kernels end after the pages."""
    folders: list[Path] = []

    def copy(notebook: Path | list[str]) -> Path:
        folders.append(lab.root / secrets.token_hex(4))
        return copy_to(folders[-1], notebook)

    yield copy
    for folder in folders:
        lab.shut_down_kernels(folder)


@pytest.fixture
def open_notebook(lab: Lab, in_lab, new_page) -> Callable[..., Page]:
    """Open a notebook in JupyterLab and run all of its cells.

    `open_notebook(cells, timeout=120, **page_options)` takes the sources of the code
    cells of a small one.
    """

    def open_(cells: list[str], *, timeout: float = 120, **page_options) -> Page:
        page = new_page(**page_options)
        open_in_lab(page, lab, in_lab(cells))
        run_all(page, timeout)
        return page

    return open_


@pytest.fixture
def open_lesson(
    lab: Lab, in_lab, new_page, request: pytest.FixtureRequest
) -> Iterator[Callable[[Path], Page]]:
    """A whole lesson in JupyterLab, run; nothing in it stops, complains, or bars.

    When its test has passed, Shift+Enter has to go on from each of its controls.
    """
    opened: list[tuple[Page, str]] = []

    def open_(lesson: Path) -> Page:
        page = new_page()
        open_in_lab(page, lab, copied := in_lab(lesson))
        run_all(page, PATIENCE)
        keep_run(page, copied, lesson)
        no_trouble(page)
        no_barriers(page)
        opened.append((page, lesson.name))
        return page

    yield open_
    if not request.node.stash.get(FAILED, True):
        for page in (page for page, name in opened if name in page.url):
            goes_on_from_everywhere(page)


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lessons' pages; lessons that other tests have run are not run again."""
    out = tmp_path_factory.mktemp("pages")
    write_models(out)
    write_origins(out)
    for path in execution.lessons():
        one = lesson(path.stem, execution.executed(path))
        (out / f"{one.name}.html").write_text(page(one.title, [one]), encoding="utf-8")
    return out


@pytest.fixture(scope="session")
def fjord_script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The script that brings the class model along."""
    out = tmp_path_factory.mktemp("model")
    write_models(out)
    return out / "fjord.js"


@pytest.fixture
def played() -> list[dict[str, Any]]:
    """What the room plays, a table a language: all evenings."""
    return tables()


@pytest.fixture
def room(
    tmp_path: Path, fjord_script: Path | None, played: list[dict[str, Any]]
) -> Iterator[PlayedRoom]:
    """A room that plays an evening, which the test moves."""
    folder = tmp_path / "room"
    folder.mkdir()
    if fjord_script:
        copy(fjord_script, folder / "fjord.js")
    else:
        (folder / "fjord.js").touch()
    with PlayedRoom(folder, played) as running:
        yield running


@pytest.fixture
def room_page(room: PlayedRoom, new_page) -> Callable[..., Page]:
    """A page of the room: `room_page("/screen", width=1280, height=720)`."""

    def open_(path: str, **options) -> Page:
        page = new_page(**options)
        room.listen(page)
        page.goto(f"{room.address}{path}")
        return page

    return open_


@pytest.fixture
def phone(room_page) -> Callable[..., Page]:
    """A phone that has joined: `phone(color_scheme="dark")`."""

    def open_(**options) -> Page:
        page = room_page("/", **(PHONE | options))
        page.get_by_role("button", name="Join the room").tap()
        page.get_by_text("Connected").wait_for()
        return page

    return open_


@pytest.fixture
def screen(room_page) -> Callable[..., Page]:
    """The screen, open: `screen(1280, 720, color_scheme="dark")`."""

    def open_(width: int = 1280, height: int = 720, **options) -> Page:
        page = room_page("/screen", width=width, height=height, **options)
        page.locator("footer button").first.wait_for()
        return page

    return open_
