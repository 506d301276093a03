"""A real JupyterLab in a real Chromium, which must neither complain nor call home.

`open_notebook` opens a copy of a notebook, runs all of it, and hands over Playwright's
page; `new_page` gives an empty one for other files. Both fail a test whose page logged
an error or asked for anything beyond this machine.
"""

import os
import random
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.browser.lab import Lab, running_lab
from tests.browser.static_page import static_page

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"
FAILED = pytest.StashKey[bool]()
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))),
    None,
)
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
METADATA = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
READY = """() => {
  const panel = document.querySelector('.jp-NotebookPanel');
  const kernel = panel?.querySelector('.jp-KernelName')?.innerText;
  const state = panel?.querySelector('.jp-Notebook-ExecutionIndicator');
  return kernel && kernel !== 'No Kernel' && state?.dataset.status === 'idle';
}"""
# Every code cell has run: no star, no empty brackets but those of an empty cell.
DONE = """() => {
  const cells = [...document.querySelectorAll('.jp-Notebook .jp-CodeCell')];
  return cells.every(cell => {
    const prompt = cell.querySelector('.jp-InputPrompt').innerText.trim();
    const isEmpty = !cell.querySelector('.cm-content').innerText.trim();
    return isEmpty || /^\\[\\d+\\]:$/.test(prompt);
  });
}"""
RUN_AGAIN = """([node, before]) =>
  /\\d/.test(node.innerText) && node.innerText !== before"""

# Milliseconds from each key press to the moment after the frame that shows its effect.
STOPWATCH = """([input, watched]) => {
  window.times = [];
  let pressed = 0;
  input.addEventListener('keydown', (event) => { pressed = event.timeStamp; });
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    if (pressed) window.times.push(performance.now() - pressed);
    pressed = 0;
  };
  // Told within the frame that redraws; a message is delivered once it is painted.
  new MutationObserver(() => port2.postMessage(0)).observe(
    document.querySelector(watched), {
      attributes: true, characterData: true, childList: true, subtree: true,
    });
}"""


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A running JupyterLab."""
    with running_lab(tmp_path_factory.mktemp("lab")) as lab:
        yield lab


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without one the test is skipped, in CI it fails."""
    if CHROMIUM is None:
        reason = "there is no Chromium or Chrome on this machine"
        if os.environ.get("CI"):
            pytest.fail(f"The tests in CI need a browser, but {reason}.")
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
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

    Console errors, uncaught exceptions and requests that leave this machine fail the
    test when it ends. A failed test leaves a picture of each page.
    """
    complaints: list[str] = []
    pages: list[Page] = []

    def on_console(message) -> None:
        if message.type == "error":
            complaints.append(f"console error: {message.text} ({message.location})")

    def on_request(asked) -> None:
        url = urlsplit(asked.url)
        if url.scheme not in ("data", "blob", "file") and url.hostname != "127.0.0.1":
            complaints.append(f"request left the machine: {asked.url}")

    def make(width: int = 1280, height: int = 1400, **context_options) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height}, **context_options
        )
        context.set_default_timeout(60_000)
        context.on("request", on_request)
        page = context.new_page()
        page.on("console", on_console)
        page.on("pageerror", lambda e: complaints.append(f"uncaught in the page: {e}"))
        pages.append(page)
        return page

    yield make
    for number, page in enumerate(pages):
        if request.node.stash.get(FAILED, False):
            name = f"failed_{request.node.name}_{number}.png"
            page.screenshot(path=SCREENSHOTS / name)
        page.context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def open_page(new_page, tmp_path) -> Callable[..., Page]:
    """A static page of widgets: `open_page(*widgets, **page_options)`."""

    def open_(*widgets, **page_options) -> Page:
        path = tmp_path / "page.html"
        path.write_text(static_page(*widgets), encoding="utf-8")
        page = new_page(**page_options)
        page.goto(path.as_uri())
        page.locator("[data-ready]").wait_for()
        return page

    return open_


@pytest.fixture
def kernels_end(lab: Lab) -> Iterator[None]:
    """Give back what kernels hold; asked for before the pages, so done after them."""
    yield
    lab.shut_down_kernels()


@pytest.fixture
def open_notebook(lab: Lab, kernels_end, new_page) -> Callable[..., Page]:
    """Open a copy of a notebook in JupyterLab and run all of its cells.

    `open_notebook(notebook, dark=False, run=True, timeout=120, **page_options)` takes a
    path, or the sources of the code cells of a small notebook.
    """

    def open_(
        notebook: Path | list[str],
        *,
        dark: bool = False,
        run: bool = True,
        timeout: float = 120,
        **page_options,
    ) -> Page:
        folder = lab.root / secrets.token_hex(4)
        if isinstance(notebook, Path):  # and those beside it, to which it may link
            shutil.copytree(notebook.parent, folder)
            target = folder / notebook.name
        else:
            folder.mkdir()
            target = folder / "test.ipynb"
            cells = [nbformat.v4.new_code_cell(source) for source in notebook]
            book = nbformat.v4.new_notebook(cells=cells, metadata=METADATA)
            nbformat.write(book, target)
        theme = "JupyterLab Dark" if dark else "JupyterLab Light"
        lab.set("apputils-extension/themes", {"theme": theme})
        page = new_page(**page_options)
        path = target.relative_to(lab.root).as_posix()
        page.goto(lab.url(f"lab/tree/{path}?token={lab.token}&reset"))
        page.wait_for_function(READY)
        if run:
            run_all(page, timeout)
        return page

    return open_


def run_all(page: Page, timeout: float = 120) -> None:
    """Run all cells from the menu, and wait until the last one is done."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_function(DONE, timeout=1000 * timeout)


@pytest.fixture
def run_cell() -> Callable[[Page, int], str]:
    """Run a code cell (again) by its number, and return its last output's text."""

    def run(page: Page, index: int) -> str:
        cell = page.locator(".jp-Notebook .jp-CodeCell").nth(index)
        prompt = cell.locator(".jp-InputPrompt")
        before = prompt.inner_text()
        cell.locator(".cm-content").click()
        page.keyboard.press("Control+Enter")
        page.wait_for_function(RUN_AGAIN, arg=[prompt.element_handle(), before])
        outputs = cell.locator(".jp-OutputArea-output").all_inner_texts()
        return outputs[-1].strip() if outputs else ""

    return run


@pytest.fixture
def key_to_redraw() -> Callable[[Page, Locator, str, int], list[float]]:
    """Milliseconds from a press of an arrow key on a slider until it has redrawn.

    `key_to_redraw(page, slider, watched, presses)`; `watched` is a selector of what
    the slider changes. As with people, keys come at any moment between two frames.
    """
    pauses = random.Random(0)

    def measure(page: Page, slider: Locator, watched: str, presses: int) -> list[float]:
        page.evaluate(STOPWATCH, [slider.element_handle(), watched])
        slider.focus()
        for press in range(presses):
            page.keyboard.press("ArrowLeft" if press % 20 < 10 else "ArrowRight")
            page.wait_for_function("n => window.times.length > n", arg=press)
            page.wait_for_timeout(pauses.uniform(0, 50))
        return page.evaluate("window.times")

    return measure


@pytest.fixture
def screenshot(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Keep a picture of a page or an element: `screenshot(target, "state")`."""

    def take(target, state: str) -> None:
        test = request.node.name.removeprefix("test_")
        target.screenshot(path=SCREENSHOTS / f"{test}_{state}.png")

    return take
