"""Pages that must neither complain nor call home."""

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"


class WatchedPages:
    """Pages of one browser, with all that they have complained of.

    Console errors, uncaught exceptions and requests that leave this machine count.
    """

    def __init__(self, browser: Browser):
        self._browser = browser
        self._pages: list[Page] = []
        self._complaints: list[str] = []

    def make(self, width: int = 1280, height: int = 1400, **context_options) -> Page:
        """An empty page with settings and storage of its own."""
        context = self._browser.new_context(
            viewport={"width": width, "height": height}, **context_options
        )
        context.set_default_timeout(60_000)
        context.on("request", self._on_request)
        page = context.new_page()
        page.on("console", self._on_console)
        page.on("pageerror", lambda e: self._complain(f"uncaught in the page: {e}"))
        self._pages.append(page)
        return page

    def take_pictures(self, test: str) -> None:
        """Keep what each page of a failed test shows."""
        there = (page for page in self._pages if not page.is_closed())
        for number, page in enumerate(there):
            page.screenshot(path=SCREENSHOTS / f"failed_{test}_{number}.png")

    def close(self) -> None:
        """Give all pages back."""
        for page in self._pages:
            page.context.close()

    def no_complaints(self) -> None:
        """Fail with what was complained of since the last call."""
        complaints, self._complaints = self._complaints, []
        assert not complaints, "\n".join(complaints)

    def _complain(self, text: str) -> None:
        self._complaints.append(text)

    def _on_console(self, message) -> None:
        if message.type == "error":
            self._complain(f"console error: {message.text} ({message.location})")

    def _on_request(self, asked) -> None:
        url = urlsplit(asked.url)
        if url.scheme not in ("data", "blob", "file") and url.hostname != "127.0.0.1":
            self._complain(f"request left the machine: {asked.url}")
