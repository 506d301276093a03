"""What training writes: files that show by themselves whether they are whole.

Such a file is a safetensors file. Its metadata hold a checksum over all that it says,
so one that is cut short, foreign, or altered in a single bit is told from what was
written. Of checkpoints the newest is kept, and the one before it.
"""

import errno
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import safetensors.numpy
from safetensors import SafetensorError

from llm_lessons_starter import atomic
from llm_lessons_starter.trouble import AGAIN, Trouble

FULL = (errno.ENOSPC, errno.EDQUOT)
DENIED = (errno.EACCES, errno.EPERM, errno.EROFS)
NO_FOLDER = (errno.ENOTDIR, errno.EEXIST)
NOT_OURS = (SafetensorError, ValueError, LookupError, TypeError, RecursionError)


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


class Damaged(ValueError):
    """These bytes are not those that `seal` made."""


def seal(arrays: Mapping[str, np.ndarray], about: str) -> bytes:
    """The bytes of a file that holds the arrays, and a text about them."""
    whole = {
        name: np.ascontiguousarray(a).reshape(a.shape) for name, a in arrays.items()
    }
    metadata = {"about": about, "sha256": _digest(whole, about)}
    return safetensors.numpy.save(whole, metadata)


def unseal(data: bytes) -> tuple[dict[str, np.ndarray], str]:
    """The arrays and the text that `seal` was given.

    Raises:
        Damaged: a bit or more is not as it was written.
    """
    try:
        size = int.from_bytes(data[:8], "little")
        metadata = json.loads(data[8 : 8 + size])["__metadata__"]
        about, expected = metadata["about"], metadata["sha256"]
        arrays = safetensors.numpy.load(data)
    except NOT_OURS as error:
        raise Damaged("It is cut short, or another kind of file.") from error
    if _digest(arrays, about) != expected:
        raise Damaged("Its checksum is not the one that was written.")
    return arrays, about


def _digest(arrays: Mapping[str, np.ndarray], about: str) -> str:
    """SHA-256 over the names, types, shapes and bytes of all arrays, and the text."""
    digest = hashlib.sha256()
    for name, array in sorted(arrays.items()):
        digest.update(repr((name, array.dtype.str, array.shape)).encode())
        digest.update(array.tobytes())
    digest.update(about.encode())
    return digest.hexdigest()


def previous(path: Path) -> Path:
    """Where the checkpoint before the one in `path` is kept."""
    return path.with_name(path.name + ".previous")


def write_checkpoint(
    path: Path, arrays: Mapping[str, np.ndarray], identity: str
) -> None:
    """Write a checkpoint; whatever happens meanwhile, an older one stays whole.

    Args:
        identity: what a run must agree on to go on from it.

    Raises:
        Trouble: it can't be written there.
    """
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(path.name + ".new")
        atomic.write_bytes(new, seal(arrays, identity))
        if path.is_file():
            os.replace(path, previous(path))
        os.replace(new, path)


def read_checkpoint(path: Path, identity: str) -> bytes:
    """The newest whole checkpoint, for `unseal`; nothing where there is none.

    If the newest is damaged, it is the one before, a minute of training older.

    Raises:
        Trouble: all are damaged, or the newest belongs to another run.
    """
    found = [file for file in (path, previous(path)) if os.path.lexists(file)]
    for file in found:
        try:
            data = file.read_bytes()
            _, written = unseal(data)
        except (Damaged, OSError) as error:
            why = error.strerror if isinstance(error, OSError) else str(error)
            print(f"The checkpoint {file} can't be used: {why}", flush=True)
            continue
        if written != identity:
            raise Trouble(
                f"The checkpoint {file} belongs to another recipe, model or "
                "corpus: delete it to start anew, or go back to what made it."
            )
        return data
    if found:
        raise Trouble(
            f"The checkpoint {path} is damaged and there is no whole one before it: "
            "delete it, and the same command starts anew."
        )
    return b""
