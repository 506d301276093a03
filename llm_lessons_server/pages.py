"""The pages of one folder: by their address, gzipped once, and cached.

A page that is made anew while it is served is noticed at the next request. What is on
its way to a phone by then stays as it was, to the last byte.
"""

import asyncio
import gzip
import hashlib
import mimetypes
import os
import re
import stat
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

LARGE = 32 * 1024**2  # bytes; a text that is larger is sent as it lies
CACHED = 100  # texts that are kept in memory, at most: the handouts have some 60
LEVEL = 6  # of compression; 9 takes four times as long to save one percent more
# Not `mimetypes.guess_type`, which on Windows asks a registry that programs change, so
# that a script may come as plain text, which no browser then runs.
KINDS = mimetypes.MimeTypes().types_map[True] | {
    ".ipynb": "application/json",
    ".md": "text/markdown",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
TEXT = ("text/", "application/json", "application/manifest", "image/svg")
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
    tag: str  # differs once the content does; the ETag without its quotes
    kind: str  # the Content-Type
    content: bytes | None = None  # of a text; the bytes of all else stay on the disk
    gzipped: bytes | None = None  # the same, gzipped; None where that saves too little


class Pages:
    def __init__(self, folder: Path):
        self.folder = folder
        self._reading = asyncio.Lock()  # of 200 that want a page, one reads it

    async def page(self, target: str) -> Page | None:
        """The page that a request wants, as it is now; None if there is no such page.

        Args:
            target: the request's target as it came, such as "/04%20a.html?x=1".

        Raises:
            OSError: the file is there, and can't be read.
        """
        path = find_file(self.folder, target)
        if path is None:
            return None
        async with self._reading:
            try:
                return await asyncio.to_thread(read_page, path)
            except (FileNotFoundError, PermissionError):
                return None


def find_file(folder: Path, target: str) -> Path | None:
    """The file behind a request's target; None if there is none.

    Only plain files that really lie in the folder: no folders, nothing hidden, and
    nothing that a link or a name such as ".." would lead to outside.
    """
    try:
        # "http://host/a.html" is what a proxy is asked; "//host" is no host here
        path = urlsplit(target).path if "://" in target else target.split("?")[0]
        names = unquote_to_bytes(path).decode("utf-8").split("/")
        if names == ["", ""]:
            names = ["", "index.html"]
        if len(names) < 2 or names[0] or not all(map(is_plain_name, names[1:])):
            return None
        root = os.path.realpath(folder)
        path = Path(os.path.realpath(os.path.join(root, *names[1:])))
        if not all(map(is_plain_name, path.relative_to(root).parts)):
            return None
        return path if stat.S_ISREG(os.stat(path).st_mode) else None
    except (OSError, ValueError):  # such as a name too long, a loop of links
        return None


def is_plain_name(name: str) -> bool:
    """Whether a name means one file in its folder, and means so on every system."""
    return (
        name.isprintable()
        and not name.startswith(".")
        and not name.endswith((".", " "))
        and not set(name) & set('\\:*?"<>|')
        and not DEVICES.fullmatch(name)
        and name != ""
    )


def read_page(path: Path) -> Page:
    status = os.stat(path)
    stamp = status.st_ino, status.st_size, status.st_mtime_ns
    kind = KINDS.get(path.suffix.lower(), "application/octet-stream")
    if kind.startswith(TEXT) and status.st_size <= LARGE:
        return read_text(path, stamp, f"{kind}; charset=utf-8")
    return Page(path, "-".join(f"{number:x}" for number in stamp), kind)


@lru_cache(CACHED)
def read_text(path: Path, stamp: Stamp, kind: str) -> Page:
    """Read and gzip a text; `stamp` differs once the file does."""
    content = path.read_bytes()
    gzipped = gzip.compress(content, LEVEL, mtime=0)
    tag = hashlib.sha256(content).hexdigest()[:32]
    pays = len(gzipped) < 0.9 * len(content)
    return Page(path, tag, kind, content, gzipped if pays else None)
