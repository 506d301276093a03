"""What to say where a file or a folder can't be written."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from llm_lessons_starter.trouble import AGAIN, Trouble

FULL = (errno.ENOSPC, errno.EDQUOT)
DENIED = (errno.EACCES, errno.EPERM, errno.EROFS)
NO_FOLDER = (errno.ENOTDIR, errno.EEXIST)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Tell what goes wrong while `path` is written, in one sentence.

    Raises:
        Trouble: in place of an OSError.
    """
    try:
        yield
    except OSError as error:
        raise Trouble(_sentence(path, error)) from error


def _sentence(path: Path, error: OSError) -> str:
    if error.errno in FULL:
        return (
            f"The disk is full, so {path} wasn't written, and what was there before "
            f"stands: free some room and {AGAIN} to go on from there."
        )
    if error.errno in DENIED:
        return f"{path} can't be written with your rights: name another place."
    if error.errno in NO_FOLDER:
        return f"{path} can't be made, as a file is in the way: name another place."
    if error.errno == errno.EISDIR:
        return f"{path} is a folder, where a file is to be written: move it away."
    return f"{path} can't be written ({error.strerror}): mend that and {AGAIN}."


def check_folder(folder: Path) -> None:
    """Make a folder, and see that something can be written there.

    Raises:
        Trouble: it can't.
    """
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        trial = folder / f".written-by-{os.getpid()}"
        try:
            trial.write_bytes(b"x")
        finally:
            trial.unlink(missing_ok=True)
