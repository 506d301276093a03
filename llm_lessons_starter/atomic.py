"""Files and folders that are there whole or not at all, and one writer at a time.

What is new is written beside the old, and takes its name when it is complete: a full
disk, a kill or a power cut leaves what was there before.
"""

import os
import shutil
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

from llm_lessons_starter.command_line import say

try:
    import fcntl
except ImportError:  # on Windows
    import msvcrt

RETRY = 0.2  # seconds before what another program hinders is tried again
TRIES = 10  # of a rename that another program may hinder for a moment
SIGN_OF_LIFE = 15  # seconds after which a line says that it is still waited for


def write_bytes(path: Path, content: bytes) -> None:
    """Put `content` into the file, whole or not at all."""
    with replacing(path) as partial:
        partial.write_bytes(content)


def write_text(path: Path, text: str) -> None:
    """Put `text` into the file as UTF-8, with the line ends that it has."""
    write_bytes(path, text.encode("utf-8"))


def write_changed(path: Path, text: str) -> bool:
    """The same, unless it stands there already; whether it was written."""
    if path.is_file() and path.read_bytes() == text.encode("utf-8"):
        return False
    write_text(path, text)
    return True


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A name beside `path` to write to; what lies there at the end takes its place.

    Its suffix is the file's own, for those who write by suffix. If the block raises,
    what it wrote is removed, and `path` is as it was.
    """
    path = Path(os.path.realpath(str(path)))  # through a link, which stays
    partial = path.with_name(f".{path.stem}.{os.getpid()}.partial{path.suffix}")
    try:
        yield partial
        synced(partial)
        if path.exists():
            os.chmod(str(partial), path.stat().st_mode & 0o7777)
        os.replace(str(partial), str(path))
    finally:
        if partial.exists():
            partial.unlink()
    synced(path.parent)  # the name as well


def synced(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk.

    Windows opens no folder, and some file systems sync none; there is no other way.
    """
    folder = path.is_dir()
    try:
        number = os.open(str(path), os.O_RDONLY if folder else os.O_RDWR)
    except OSError:
        if folder:
            return
        raise
    try:
        os.fsync(number)
    except OSError:
        if not folder:
            raise
    finally:
        os.close(number)


# ---- Folders ---------------------------------------------------------------------


def beside(folder: Path, role: str) -> Path:
    """The path beside a folder where the new one is made, or the old one makes room."""
    return folder.with_name(f"{folder.name}-{role}")


def replace_folder(folder: Path, new: Path) -> None:
    """Rename the complete folder `new` to `folder`; what lay there is removed.

    A kill between the two renames leaves `new` complete and nothing at `folder`.

    Raises:
        OSError: on Windows, where a program runs from within the old one.
    """
    old = beside(folder, "old")
    remove(old)
    if os.path.lexists(str(folder)):
        rename(folder, old)
    rename(new, folder)
    shutil.rmtree(str(old), ignore_errors=True)


def rename(folder: Path, name: Path) -> None:
    """Rename a folder, though Windows' virus scanner may hold it for a moment."""
    for _ in range(TRIES):
        try:
            return os.rename(str(folder), str(name))
        except PermissionError:
            time.sleep(RETRY)
    return os.rename(str(folder), str(name))


def remove(path: Path) -> None:
    """Remove a folder with all that is in it, or a file, if there is one."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(str(path))
    elif os.path.lexists(str(path)):
        path.unlink()


# ---- Locks -----------------------------------------------------------------------


@contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Wait, with a line that says so, until no other start is in such a block.

    The system lifts the lock when this process has ended, and every installer that
    it started: one that outlives it would write into the next start's folder.
    """
    with open(str(lock), "a") as file:
        os.set_inheritable(file.fileno(), True)
        waited = 0.0
        while not try_to_lock(file.fileno()):
            if waited % SIGN_OF_LIFE < RETRY:
                say("Another start is at work in this folder: waiting for it ...")
            time.sleep(RETRY)
            waited += RETRY
        yield


def try_to_lock(file: int) -> bool:
    """Lock an open file until it is closed; False where another process has done so."""
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
