"""Pages in Chromium: opened fresh, slowed if asked for, from a disk or a server."""

import os
import statistics
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Browser, Page, sync_playwright

from llm_lessons.pages.printing import find_browser
from tests.browser.conftest import ARGUMENTS

SLOWED = 4  # times slower, as a simple phone's processor is
PATIENCE = 300_000  # milliseconds for one page
EMPTY = """<!DOCTYPE html>
<html lang="en"><link rel="icon" href="data:,"><title>Model</title><body>
"""
TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".wasm": "application/wasm",
}


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser, as the tests start it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=ARGUMENTS
        )
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, address: str, slowed: int = 1) -> Iterator[Page]:
    """A fresh page; its processor may be slowed so many times."""
    page = browser.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    if slowed > 1:
        devtools = page.context.new_cdp_session(page)
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": slowed})
    yield page
    page.close()


def page_megabytes() -> float:
    """What the largest page's own process holds, beside what it shares with others."""
    return max(
        process.memory_full_info().uss / 1e6
        for process in psutil.Process().children(recursive=True)
        if "--type=renderer" in process.cmdline()
    )


def shown(numbers: Sequence[float], unit: str) -> str:
    """The median of the rounds, and their range."""
    middle, low, high = statistics.median(numbers), min(numbers), max(numbers)
    return f"{middle:,.0f} {unit}".strip() + f" ({low:,.0f} to {high:,.0f})"


@dataclass
class Served:
    """What the pages are given: folders by the first part of an address.

    Attributes:
        folders: by name.
    """

    folders: dict[str, Path]


def handler(served: Served) -> type[SimpleHTTPRequestHandler]:
    """What answers the pages."""

    class Answer(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def guess_type(self, path: Any) -> str:
            return TYPES.get(Path(path).suffix) or super().guess_type(path)

        def translate_path(self, path: str) -> str:
            first, _, rest = path.split("?")[0].lstrip("/").partition("/")
            return str(served.folders.get(first, Path(os.devnull)) / rest)

        def end_headers(self) -> None:
            self.send_header("Cache-Control", "no-store")
            super().end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Answer


@contextmanager
def serving(served: Served) -> Iterator[str]:
    """A server on this machine alone; its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler(served)) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
