"""Files of others: whatever is wrong with one is told in a sentence."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from llm_lessons.foundation.checks.values import Refusal, printable

MOST = 200_000_000  # bytes of a vocabulary's file, or of a record
NO_FILE = "it is no plain file"  # but a pipe, a device or a folder


@contextmanager
def blamed_on(what: str) -> Iterator[None]:
    """Let whatever fails inside be told of a file, in a sentence.

    Raises:
        Refusal: something failed inside.
    """
    try:
        yield
    except Refusal as error:
        said = str(error)  # which may name the file already
        raise Refusal(said if said.startswith(what) else f"{what}: {said}") from error
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # a library in Rust panics outside Exception
        why = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        raise Refusal(
            f"{what} is damaged, or of a kind that can't be read here ({why}). Fetch "
            "it anew, or take another model."
        ) from error


def why(error: Exception) -> str:
    """What an error of the system, or of whatever else failed, says: no sentence."""
    said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return printable(" ".join(said.split())[:200]).rstrip(".")


def small_text(path: Path) -> str:
    """The text of a file in UTF-8, if it is no larger than such files are.

    Raises:
        FileNotFoundError: it isn't there, or is no plain file: a pipe may never end.
        ValueError: it is larger, or no text.
    """
    if not path.is_file():
        is_there = os.path.lexists(path)
        said = NO_FILE if is_there else os.strerror(errno.ENOENT)
        raise FileNotFoundError(errno.ENOENT, said, str(path))
    size = path.stat().st_size
    if size > MOST:
        raise ValueError(f"it has {size:,} bytes, and {MOST:,} would be many")
    return path.read_text(encoding="utf-8")
