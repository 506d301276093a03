"""Files that are there whole or not at all, whatever happens while they are written.

What is new is written beside the file, brought to the disk, and only then takes its
name: a full disk, a kill or a power cut leaves what was there before.
"""

import os
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator


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
