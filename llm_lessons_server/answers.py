"""What a request for a page gets: all, packed or not, a part, or "unchanged"."""

import datetime
import email.utils
import re
from typing import Any

from tornado import gen
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError, RequestHandler

from llm_lessons_server.door import Door
from llm_lessons_server.pages import Page, Pages

# Seconds in which a phone has to take a piece of 64 KB. One that takes none is gone.
SLOWEST = 30
# What a part may look like: "bytes=0-99", "bytes=100-", and the last: "bytes=-100"
PART = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})", re.IGNORECASE)
QUALITY = re.compile(r";\s*q\s*=\s*0(\.0*)?\s*$", re.IGNORECASE)  # of what isn't wanted
SENTENCES = {
    403: "Nothing is shown under this name: type the address that the screen shows.",
    404: "There is no such page here.",
    405: "Pages can be read here, and nothing else.",
    416: "The page is shorter than that.",
    503: "This page can't be read just now: try again in a moment.",
}
ERROR = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{sentence}</title>
<p>{sentence} <a href="/">All pages</a></p>
"""


class Answer(RequestHandler):
    """Answers GET and HEAD; settings `pages` and `door` of its application."""

    def set_default_headers(self) -> None:
        """What stands before every answer, errors too."""
        self.clear_header("Server")
        self.set_header("X-Content-Type-Options", "nosniff")
        # Keep it, but ask each time whether it is still the same: a page may be made
        # anew in the middle of an evening, and asking costs no more than a few bytes.
        self.set_header("Cache-Control", "no-cache")
        # Apart from all other sites, a page may let threads share a model's memory.
        # Browsers heed both on this machine alone, for an address of a room has no TLS.
        self.set_header("Cross-Origin-Opener-Policy", "same-origin")
        self.set_header("Cross-Origin-Embedder-Policy", "require-corp")

    def prepare(self) -> None:
        self._door.at_work(self.request)

    @property
    def _door(self) -> Door:
        return self.settings["door"]

    async def get(self) -> None:
        """The page, or the part of it that is asked for."""
        try:
            page = await self.page()
        except OSError as error:
            raise HTTPError(503) from error
        if page is None:
            raise HTTPError(404)
        part = self._part(page)
        packed = part is None and page.packed is not None and self._takes_gzip()
        self._describe(page, packed)
        if self._has_it(page):
            self.set_status(304)
            return
        size = len(page.packed or b"") if packed else page.size
        first, end = part or (0, size)
        if first >= end and part:
            self._refuse_part(size)
            return
        if part:
            self.set_status(206)
            self.set_header("Content-Range", f"bytes {first}-{end - 1}/{size}")
        self.set_header("Content-Length", str(end - first))
        if self.request.method == "GET":
            await self._send(page, first, end, packed)

    head = get

    async def page(self) -> Page | None:
        """The page that is asked for; None if there is none for who asks."""
        pages: Pages = self.settings["pages"]
        return await pages.page(self.request.uri or "")

    def _refuse_part(self, size: int) -> None:
        self.set_status(416)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Content-Range", f"bytes */{size}")
        self.write_error(416)

    def compute_etag(self) -> None:
        """None, for Tornado would hash what it sends; `_describe` knows the tag."""

    def write_error(self, status_code: int, **_: Any) -> None:
        """One sentence, and the way to all pages."""
        if status_code == 405:
            self.set_header("Allow", "GET, HEAD")
        if status_code == 503:
            self.set_header("Retry-After", "2")
        sentence = SENTENCES.get(status_code, f"{status_code}: {self._reason}.")
        self.finish(ERROR.format(sentence=sentence))

    def _describe(self, page: Page, packed: bool) -> None:
        """The headers of a page, by which a browser knows it again."""
        self.set_header("Content-Type", page.kind)
        self.set_header("Etag", f'"{page.tag}{"-gzip" if packed else ""}"')
        self.set_header("Last-Modified", changed(page))
        self.set_header("Accept-Ranges", "bytes")
        if page.is_text:
            self.set_header("Vary", "Accept-Encoding")
        if packed:
            self.set_header("Content-Encoding", "gzip")

    def _has_it(self, page: Page) -> bool:
        """Whether the browser has this very page already."""
        if "If-None-Match" in self.request.headers:
            return self.check_etag_header()
        # the same moment and not a later one: a page may come back from a backup
        return self.request.headers.get("If-Modified-Since") == changed(page)

    def _takes_gzip(self) -> bool:
        codings = self.request.headers.get("Accept-Encoding", "").split(",")
        wanted = [one.split(";")[0].strip().lower() for one in codings]
        wants = dict(zip(wanted, map(QUALITY.search, codings), strict=True))
        return wants.get("gzip", wants.get("*", "no")) is None

    def _part(self, page: Page) -> tuple[int, int] | None:
        """The first byte and the one behind the last; None where all are meant."""
        asked = self.request.headers.get("Range", "").replace(" ", "")
        unless = self.request.headers.get("If-Range")
        if self.request.method != "GET" or unless not in (
            None,
            f'"{page.tag}"',
            changed(page),
        ):
            return None
        return part_of(asked, page.size)

    async def _send(self, page: Page, first: int, end: int, packed: bool) -> None:
        """Send the bytes a piece at a time, each when the last one has left.

        So 30 phones take turns, and a slow one holds a piece in memory, not a page. Who
        goes away is not missed.
        """
        left, patience = end - first, datetime.timedelta(seconds=SLOWEST)
        try:
            for piece in page.pieces(first, end, packed):
                left -= len(piece)
                self.write(piece)
                sent = self.flush()
                await gen.with_timeout(
                    patience, sent, quiet_exceptions=StreamClosedError
                )
        except OSError:  # closed from there, too slow, or a disk that fails
            left = 1
        if left:  # too few bytes came: the browser should see that, and ask again
            self._door.close(self.request)


def part_of(asked: str, size: int) -> tuple[int, int] | None:
    """The part of `size` bytes that a Range header means: its first byte, and its end.

    None for what is not understood, several parts among it: then all is sent
    (RFC 9110, 14.2). An empty part is one that the file doesn't have.
    """
    found = PART.fullmatch(asked)
    if found is None or found[0].endswith("=-"):
        return None
    if not found[1]:
        return max(0, size - int(found[2])), size
    first, end = int(found[1]), int(found[2] or size) + bool(found[2])
    if end <= first and found[2]:
        return None
    return first, max(first, min(end, size))


def changed(page: Page) -> str:
    """When a page was changed, as a header says it."""
    return email.utils.formatdate(page.changed, usegmt=True)
