"""How far a training is, on the disk: the newest checkpoint, and the one before it."""

import os
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from llm_lessons.training.sealed import Damaged, seal, unseal
from llm_lessons.training.writing import writing
from llm_lessons_starter import atomic
from llm_lessons_starter.trouble import Trouble


def previous(path: Path) -> Path:
    """Where the checkpoint before the one in `path` is kept."""
    return path.with_name(path.name + ".previous")


def write(path: Path, arrays: Mapping[str, np.ndarray], identity: str) -> None:
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


def read(path: Path, identity: str) -> bytes:
    """The newest whole checkpoint, for `unseal`; nothing where there is none.

    If the newest is damaged, it is the one before, a minute of training older.

    Raises:
        Trouble: all are damaged, or the newest belongs to another run.
    """
    found = [one for one in (path, previous(path)) if os.path.lexists(one)]
    for one in found:
        try:
            data = one.read_bytes()
            _, written = unseal(data)
        except (Damaged, OSError) as error:
            why = error.strerror if isinstance(error, OSError) else str(error)
            print(f"The checkpoint {one} can't be used: {why}", flush=True)
            continue
        if written != identity:
            raise Trouble(
                f"The checkpoint {one} belongs to another recipe, model or corpus: "
                "delete it to start anew, or go back to what made it."
            )
        return data
    if found:
        raise Trouble(
            f"The checkpoint {path} is damaged and there is no whole one before it: "
            "delete it, and the same command starts anew."
        )
    return b""
