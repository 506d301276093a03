"""The pages of one folder: found by their address, read once, compressed once, kept.

A page that is made anew while it is served is noticed at the next request. What is on
its way to a phone by then stays as it was, to the last byte.
"""

import asyncio
import gzip
import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

PIECE = 64 * 1024  # bytes that are given to a connection at once
LARGE = 32 * 1024**2  # larger files are read from the disk each time, in pieces
KEPT = 128 * 1024**2  # bytes of pages that are kept in memory, at most
LEVEL = 6  # of compression; 9 takes four times as long to save one percent more
# By the ending and not by `mimetypes`, which on Windows asks a registry that programs
# change, so that a script may come as plain text, which no browser then runs.
TEXT = {
    ".css": "text/css",
    ".csv": "text/csv",
    ".htm": "text/html",
    ".html": "text/html",
    ".ipynb": "application/json",
    ".js": "text/javascript",
    ".json": "application/json",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webmanifest": "application/manifest+json",
}
BINARY = {
    ".gif": "image/gif",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".wasm": "application/wasm",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".zip": "application/zip",
}
# Windows opens a device under each of these names, whatever its ending.
DEVICES = re.compile(
    r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(\..*)?",
    re.IGNORECASE,
)
Stamp = tuple[int, int, int]  # a file's number, size, and time of change


@dataclass(frozen=True)
class Page:
    """One file as it was when it was read."""

    path: Path
    stamp: Stamp  # differs once the file does
    size: int  # bytes
    tag: str  # differs once the content does; the ETag without its quotes
    kind: str  # the Content-Type
    changed: float  # when, in seconds since 1970
    content: bytes | None  # None for a large file, whose bytes stay on the disk
    packed: bytes | None  # the same, gzipped; None where that saves nothing worth while

    @property
    def is_text(self) -> bool:
        """Whether it is of a kind that is packed where that helps."""
        return self.path.suffix.lower() in TEXT

    @property
    def weight(self) -> int:
        """Bytes of memory that it takes."""
        return len(self.content or b"") + len(self.packed or b"")

    def pieces(self, first: int, end: int, packed: bool) -> Iterator[bytes]:
        """The bytes from `first` up to `end`, in pieces; fewer if a file shrinks."""
        content = self.packed if packed else self.content
        if content is not None:
            for start in range(first, end, PIECE):
                yield content[start : min(start + PIECE, end)]
            return
        with open(self.path, "rb") as file:
            file.seek(first)
            while first < end and (piece := file.read(min(PIECE, end - first))):
                first += len(piece)
                yield piece


class Pages:
    def __init__(self, folder: Path):
        self.folder = folder
        self._kept: dict[Path, Page] = {}  # the latest last
        self._reading = asyncio.Lock()  # of 200 that want a page, one reads it

    async def page(self, target: str) -> Page | None:
        """The page that a request wants, as it is now; None if there is no such page.

        Args:
            target: the request's target as it came, such as "/04%20a.html?x=1".

        Raises:
            OSError: the file is there, and can't be read.
        """
        found = find(self.folder, target)
        if found is None:
            return None
        path, stamp = found
        if (page := self._fresh(path, stamp)) is None:
            async with self._reading:
                if (page := self._fresh(path, stamp)) is None:
                    try:
                        page = await asyncio.to_thread(read, path)
                    except (FileNotFoundError, PermissionError):
                        return None
                    self._keep(page)
        return page

    def _fresh(self, path: Path, stamp: Stamp) -> Page | None:
        page = self._kept.get(path)
        return page if page is not None and page.stamp == stamp else None

    def _keep(self, page: Page) -> None:
        self._kept.pop(page.path, None)
        if page.content is None:
            return
        self._kept[page.path] = page
        while sum(one.weight for one in self._kept.values()) > KEPT:
            del self._kept[next(iter(self._kept))]


def find(folder: Path, target: str) -> tuple[Path, Stamp] | None:
    """The file behind a request's target, and its stamp; None if there is none.

    Only plain files that really lie in the folder: no folders, nothing hidden, and
    nothing that a link or a name such as ".." would lead to outside.
    """
    try:
        # "http://host/a.html" is what a proxy is asked; "//host" is no host here
        asked = urlsplit(target).path if "://" in target else target.split("?")[0]
        names = unquote_to_bytes(asked).decode("utf-8").split("/")
        if names == ["", ""]:
            names = ["", "index.html"]
        if len(names) < 2 or names[0] or not all(map(is_plain, names[1:])):
            return None
        root = os.path.realpath(folder)
        path = Path(os.path.realpath(os.path.join(root, *names[1:])))
        if not all(map(is_plain, path.relative_to(root).parts)):
            return None
        status = os.stat(path)
    except (OSError, ValueError):  # such as a name too long, a loop of links
        return None
    return (path, stamp_of(status)) if stat.S_ISREG(status.st_mode) else None


def is_plain(name: str) -> bool:
    """Whether a name means one file in its folder, and means so on every system."""
    return (
        name.isprintable()
        and not name.startswith(".")
        and not name.endswith((".", " "))
        and not set(name) & set('\\:*?"<>|')
        and not DEVICES.fullmatch(name)
        and name != ""
    )


def stamp_of(status: os.stat_result) -> Stamp:
    """What differs once a file does."""
    return status.st_ino, status.st_size, status.st_mtime_ns


def read(path: Path) -> Page:
    """Read a page, and pack it where that pays, in a few hundredths of a second."""
    ending = path.suffix.lower()
    kind = BINARY.get(ending, "application/octet-stream")
    if ending in TEXT:
        kind = f"{TEXT[ending]}; charset=utf-8"
    with open(path, "rb") as file:
        status = os.fstat(file.fileno())
        content = file.read() if status.st_size <= LARGE else None
    stamp, packed = stamp_of(status), None
    if content is None:
        size, tag = status.st_size, "-".join(f"{number:x}" for number in stamp)
    else:
        size, tag = len(content), hashlib.sha256(content).hexdigest()[:32]
        if ending in TEXT:
            packed = gzip.compress(content, LEVEL, mtime=0)
            packed = packed if len(packed) < 0.9 * size else None
    return Page(path, stamp, size, tag, kind, status.st_mtime, content, packed)
