"""All of Fjordby in one file of the user's cache folder, once it was written.

Its name tells what it came from, the code and the words of this room: where these
change, another file is written. What it holds is read only as it was written, by its
sha256.
"""

import contextlib
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from llm_lessons.foundation.paths import PACKAGE, user_cache
from llm_lessons_starter import atomic

type Texts = tuple[str, Sequence[str], bytes]

_PREFIX = "fjordby-"


def place() -> Path | None:
    """The file; None where the user has no folder for such things."""
    folder = user_cache()
    return folder / f"{_PREFIX}{_room()}.txt" if folder else None


def read(path: Path) -> Texts | None:
    """What `write` wrote: the texts joined, the sections' names, and a place each.

    None where there is no such file, or it is no longer as it was.
    """
    try:
        whole = path.read_bytes()
        end = whole.index(b"\n")
        told = json.loads(whole[:end])
        rest = memoryview(whole)[end + 1 :]  # no second copy of 60 MB
        if hashlib.sha256(rest).hexdigest() != told["sha256"]:
            return None
        count = told["documents"]
        return str(rest[count:], "utf-8"), told["sections"], bytes(rest[:count])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write(path: Path, texts: Texts) -> None:
    """Keep them, in place of older ones; where nothing can be written, don't."""
    joined, names, sections = texts
    rest = sections + joined.encode()
    kinds = {
        "sha256": hashlib.sha256(rest).hexdigest(),
        "documents": len(sections),
        "sections": list(names),
    }
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in path.parent.glob(f"{_PREFIX}*"):
            old.unlink(missing_ok=True)
        atomic.write_bytes(path, json.dumps(kinds).encode() + b"\n" + rest)


@cache
def _room() -> str:
    """One sha256, in short, of the code and the words that Fjordby is made of."""
    digest = hashlib.sha256()
    for path in sorted((PACKAGE / "fjordby").rglob("*")):
        if path.suffix in (".py", ".txt"):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]
