"""What a request for a page gets: all, packed or not, a part, or "unchanged"."""

import datetime
import os
import re
from collections.abc import Iterator
from typing import Any

from tornado import gen
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError, StaticFileHandler

from llm_lessons_server.door import Door
from llm_lessons_server.pages import Page, Pages

PIECE = 64 * 1024  # bytes that are given to a connection at once
# Seconds in which a phone has to take a piece. One that takes none is gone.
SLOWEST = 30
QUALITY = re.compile(r";\s*q\s*=\s*0(\.0*)?\s*$", re.IGNORECASE)  # of what isn't wanted
SENTENCES = {
    403: "Nothing is shown under this name: type the address that the screen shows.",
    404: "There is no such page here.",
    405: "Pages can be read here, and nothing else.",
    503: "This page can't be read just now: try again in a moment.",
}
ERROR = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{sentence}</title>
<p>{sentence} <a href="/">All pages</a></p>
"""


class Answer(StaticFileHandler):
    """Answers GET and HEAD; settings `pages` and `door` of its application.

    Tornado's handler knows what is asked: a part, or whether something has changed.
    """

    shown: Page | None = None  # the page that is asked for
    packed: bytes | None = None  # what is sent in the place of its bytes

    def initialize(self) -> None:
        """`page` finds the file; Tornado is given the folder in which it lies."""
        super().initialize("")

    def set_default_headers(self) -> None:
        """What stands before every answer, errors too."""
        self.clear_header("Server")
        self.set_header("X-Content-Type-Options", "nosniff")
        # Keep it, but ask each time whether it is still the same: a page may be made
        # anew in the middle of an evening, and asking costs no more than a few bytes.
        self.set_header("Cache-Control", "no-cache")

    def prepare(self) -> None:
        self._door.at_work(self.request)

    @property
    def _door(self) -> Door:
        return self.settings["door"]

    async def get(self) -> None:  # type: ignore[override]
        """The page, or the part of it that is asked for."""
        try:
            page = await self.page()
            if page is None:
                raise HTTPError(404)
            self.shown = page
            asked = self.request.headers
            if asked.get("If-Range", f'"{page.tag}"') != f'"{page.tag}"':
                asked.pop("Range", None)  # of what is no more
            if "Range" not in asked and self._takes_gzip():
                self.packed = page.packed
            self.root, name = os.path.split(os.path.realpath(page.path))
            await super().get(name, self.request.method == "GET")
        except OSError as error:  # closed from there, too slow, or a disk that fails
            if not self._headers_written:
                raise HTTPError(503) from error
            self._door.close(self.request)

    head = get  # type: ignore[assignment]

    async def page(self) -> Page | None:
        """The page that is asked for; None if there is none for who asks."""
        pages: Pages = self.settings["pages"]
        return await pages.page(self.request.uri or "")

    def write_error(self, status_code: int, **_: Any) -> None:
        """One sentence, and the way to all pages."""
        if status_code == 405:
            self.set_header("Allow", "GET, HEAD")
        if status_code == 503:
            self.set_header("Retry-After", "2")
        sentence = SENTENCES.get(status_code, f"{status_code}: {self._reason}.")
        self.finish(ERROR.format(sentence=sentence))

    def _takes_gzip(self) -> bool:
        codings = self.request.headers.get("Accept-Encoding", "").split(",")
        wanted = [one.split(";")[0].strip().lower() for one in codings]
        wants = dict(zip(wanted, map(QUALITY.search, codings), strict=True))
        return wants.get("gzip", wants.get("*", "no")) is None

    # ---- What Tornado's handler asks ---------------------------------------------

    def compute_etag(self) -> str | None:
        """By which a browser knows a page again."""
        coding = "" if self.packed is None else "-gzip"
        return f'"{self.shown.tag}{coding}"' if self.shown else None

    def get_cache_time(self, *_: object) -> int:
        return 0

    def get_content_type(self) -> str:
        return self.shown.kind if self.shown else ""

    def set_extra_headers(self, path: str) -> None:
        """What else a browser is to know of a page."""
        if self.shown and self.shown.content is not None:
            self.set_header("Vary", "Accept-Encoding")
        if self.packed is not None:
            self.set_header("Content-Encoding", "gzip")

    def _content(self) -> bytes | None:
        return self.packed or (self.shown.content if self.shown else None)

    def get_content_size(self) -> int:
        content = self._content()
        return super().get_content_size() if content is None else len(content)

    def get_content(  # type: ignore[override]
        self, abspath: str, start: int | None = None, end: int | None = None
    ) -> Iterator[bytes]:
        """The bytes in pieces, as 30 phones take turns with them."""
        content = self._content()
        if content is None:
            return super().get_content(abspath, start, end)
        part = memoryview(content)[start:end]
        return (bytes(part[at : at + PIECE]) for at in range(0, len(part), PIECE))

    def flush(self, include_footers: bool = False) -> Any:
        """A slow phone holds a piece in memory; who goes away is not missed."""
        sent = super().flush(include_footers)
        if include_footers:
            return sent
        patience = datetime.timedelta(seconds=SLOWEST)
        return gen.with_timeout(patience, sent, quiet_exceptions=StreamClosedError)
