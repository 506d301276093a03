"""The handler of pages: sends all, gzipped or not, a part, or "unchanged"."""

import datetime
import os
import re
from collections.abc import Iterator
from typing import Any

from tornado import gen
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError, StaticFileHandler

from llm_lessons_server.connections import LimitedServer
from llm_lessons_server.pages import Page, Pages

CHUNK = 64 * 1024  # bytes that are given to a connection at once
# Seconds in which a phone has to take a piece. One that takes none is gone.
WRITE_TIMEOUT = 30
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


class PageHandler(StaticFileHandler):
    """Answers GET and HEAD; its application has the settings `pages` and `server`.

    Tornado's handler sees to ranges and to what is unchanged.
    """

    _page: Page | None = None
    _gzipped: bytes | None = None  # sent in the place of its content

    def initialize(self) -> None:
        """`page` finds the file; Tornado is given the folder in which it lies."""
        super().initialize("")

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        self.set_header("X-Content-Type-Options", "nosniff")
        # Keep it, but ask each time whether it is still the same: a page may be made
        # anew in the middle of an evening, and asking costs no more than a few bytes.
        self.set_header("Cache-Control", "no-cache")

    def prepare(self) -> None:
        self._server.mark_busy(self.request)

    @property
    def _server(self) -> LimitedServer:
        return self.settings["server"]

    async def get(self) -> None:  # type: ignore[override]
        try:
            page = await self.page()
            if page is None:
                raise HTTPError(404)
            self._page = page
            headers = self.request.headers
            if headers.get("If-Range", f'"{page.tag}"') != f'"{page.tag}"':
                headers.pop("Range", None)  # of an older version
            if "Range" not in headers and self._takes_gzip():
                self._gzipped = page.gzipped
            self.root, name = os.path.split(os.path.realpath(page.path))
            await super().get(name, self.request.method == "GET")
        except OSError as error:  # closed from there, too slow, or a disk that fails
            if not self._headers_written:
                raise HTTPError(503) from error
            self._server.close(self.request)

    head = get  # type: ignore[assignment]

    async def page(self) -> Page | None:
        pages: Pages = self.settings["pages"]
        return await pages.page(self.request.uri or "")

    def write_error(self, status_code: int, **_: Any) -> None:
        if status_code == 405:
            self.set_header("Allow", "GET, HEAD")
        if status_code == 503:
            self.set_header("Retry-After", "2")
        sentence = SENTENCES.get(status_code, f"{status_code}: {self._reason}.")
        self.finish(ERROR.format(sentence=sentence))

    def _takes_gzip(self) -> bool:
        codings = self.request.headers.get("Accept-Encoding", "").split(",")
        names = [coding.split(";")[0].strip().lower() for coding in codings]
        wants = dict(zip(names, map(QUALITY.search, codings), strict=True))
        return wants.get("gzip", wants.get("*", "no")) is None

    # ---- Called by Tornado's handler ---------------------------------------------

    def compute_etag(self) -> str | None:
        coding = "" if self._gzipped is None else "-gzip"
        return f'"{self._page.tag}{coding}"' if self._page else None

    def get_cache_time(self, *_: object) -> int:
        return 0

    def get_content_type(self) -> str:
        return self._page.kind if self._page else ""

    def set_extra_headers(self, path: str) -> None:
        if self._page and self._page.content is not None:
            self.set_header("Vary", "Accept-Encoding")
        if self._gzipped is not None:
            self.set_header("Content-Encoding", "gzip")

    def _content(self) -> bytes | None:
        return self._gzipped or (self._page.content if self._page else None)

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
        return (bytes(part[at : at + CHUNK]) for at in range(0, len(part), CHUNK))

    def flush(self, include_footers: bool = False) -> Any:
        """A slow phone holds a piece in memory; who goes away is not missed."""
        sent = super().flush(include_footers)
        if include_footers:
            return sent
        patience = datetime.timedelta(seconds=WRITE_TIMEOUT)
        return gen.with_timeout(patience, sent, quiet_exceptions=StreamClosedError)
