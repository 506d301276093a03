"""A folder that is replaced whole or not at all, by one start at a time.

The successor is made beside the folder, which works until then and is only renamed
when the other is complete. Whatever ends a start, the next one finds one that works.
"""

import os
import shutil
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Iterator

from llm_lessons_starter.command_line import say
from llm_lessons_starter.trouble import from_installer

try:
    import fcntl
except ImportError:  # on Windows
    import msvcrt

PATIENCE = 0.2  # seconds before what another program hinders is tried again
TRIES = 10  # of what another program may hinder for a moment
SIGN_OF_LIFE = 15  # seconds after which a line says that it is still waited for


def beside(folder: Path, role: str) -> Path:
    """Where the `new` folder is made, or the `old` one makes room."""
    return folder.with_name(f"{folder.name}-{role}")


@contextmanager
def successor(folder: Path) -> Iterator[Path]:
    """A path to make a folder at, which takes the place of `folder` at the end.

    If the block raises, what it made is removed, and `folder` is as it was.
    """
    new, old = beside(folder, "new"), beside(folder, "old")
    remove(new)
    try:
        yield new
        remove(old)
        if os.path.lexists(str(folder)):
            rename(folder, old)
        rename(new, folder)
    except BaseException:
        discard(new)
        if os.path.lexists(str(old)) and not os.path.lexists(str(folder)):
            rename(old, folder)
        raise
    discard(old)


def put_back(folder: Path, complete: str) -> None:
    """Undo what a kill left while `folder` and its successor changed names.

    `complete` is the file in it that is written last.
    """
    for role in ("new", "old"):
        left = beside(folder, role)
        if not os.path.lexists(str(folder)) and (left / complete).exists():
            rename(left, folder)
    if (folder / complete).exists():
        discard(beside(folder, "old"))


def copy(folder: Path, new: Path, but: str) -> None:
    """Copy a folder without the file `but`; equal files are one on the disk.

    So whoever changes a file in the copy has to write it anew, as installers do.
    """
    try:
        shutil.copytree(
            str(folder),
            str(new),
            symlinks=True,
            ignore=shutil.ignore_patterns(but),
            copy_function=link,
        )
    except shutil.Error as error:
        raise from_installer(str(error.args[0][0])) from None


def link(source: str, target: str) -> None:
    """Give a file a second name, or a copy where the disk knows no second names."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def rename(folder: Path, name: Path) -> None:
    """Rename a folder, though Windows' virus scanner may hold it for a moment."""
    for _ in range(TRIES):
        try:
            return os.rename(str(folder), str(name))
        except PermissionError:
            time.sleep(PATIENCE)
    return os.rename(str(folder), str(name))


def discard(folder: Path) -> None:
    """Remove of a folder what can be removed: Windows keeps what is in use."""
    if folder.is_symlink():
        with suppress(OSError):
            folder.unlink()
    shutil.rmtree(str(folder), ignore_errors=True)


def remove(folder: Path) -> None:
    """Remove a folder with all that is in it, or what lies in its place."""
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(str(folder))
    elif os.path.lexists(str(folder)):
        folder.unlink()


@contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Wait, with a line that says so, until no other start is in such a block.

    The system lifts the lock when this process has ended, and every installer that
    it started: one that outlives it would write into the next start's folder.
    """
    with open(str(lock), "a") as file:
        os.set_inheritable(file.fileno(), True)
        waited = 0.0
        while not locked(file.fileno()):
            if waited % SIGN_OF_LIFE < PATIENCE:
                say("Another start is at work in this folder: waiting for it ...")
            time.sleep(PATIENCE)
            waited += PATIENCE
        yield


def locked(file: int) -> bool:
    """Lock an open file until it is closed, unless another process has done so."""
    try:
        if os.name == "nt":
            os.lseek(file, 0, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:  # some network disks know no locks
        pass
    return True
