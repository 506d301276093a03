"""What XLA compiled is kept, so that it is compiled once and not once a lesson.

It lies in the user's cache folder. On a server for a class there may be a second one,
which `LLM_LESSONS_COMPILED` names: its administrator filled it once, and all read it.
JAX knows one folder only, so the user's gets a link to each file of the other's. What a
link leads to is never written, for JAX leaves alone what is there.
"""

import contextlib
import logging
import os
import warnings
from pathlib import Path

import jax

from llm_lessons.foundation.paths import user_cache

SHARED = "LLM_LESSONS_COMPILED"


def keep() -> None:
    """Have JAX keep what it compiles, unless somebody has told it where.

    Where nothing can be written, or the disk is full, the lessons go on without: they
    only start more slowly.
    """
    # the sentences of jax/_src/compiler.py, one for each function
    message = "Error (reading|writing) persistent compilation cache entry"
    warnings.filterwarnings("ignore", message=message)
    for name in ("matplotlib", "matplotlib.font_manager"):
        logging.getLogger(name).addFilter(_matters)
    if jax.config.jax_compilation_cache_dir:
        return
    folder = folder_for(user_cache() or Path("~"), os.environ.get(SHARED, ""))
    if folder is not None:
        jax.config.update("jax_compilation_cache_dir", str(folder))
        jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)
        jax.config.update("jax_persistent_cache_min_entry_size_bytes", -1)


def _matters(record: logging.LogRecord) -> bool:
    """Whether it is more than matplotlib's words on where it keeps its list of fonts.

    Where it can't keep it, it does without, and all is well.
    """
    own = ("mkdir -p failed", "Matplotlib created a temporary", "Could not save font_")
    return not str(record.msg).startswith(own)


def folder_for(own: Path, named: str) -> Path | None:
    """The folder that JAX should use, if any; its links are brought up to date.

    Args:
        own: the user's, which is made if need be; relative if they have no home folder.
        named: the shared one, or nothing.
    """
    # a link's target is read from where the link lies, so it begins at the root
    shared = Path(named).resolve() if named and Path(named).is_dir() else None
    try:
        if not own.is_absolute():
            return shared  # there is no home folder to begin with
        own.mkdir(parents=True, exist_ok=True)
        if not os.access(own, os.W_OK | os.X_OK):
            return shared
        with os.scandir(own) as entries:
            links = [entry for entry in entries if entry.is_symlink()]
        for dead in (link for link in links if not os.path.exists(link)):
            # JAX could neither read nor write what it stands for
            Path(dead.path).unlink(missing_ok=True)  # another kernel may be faster
        for name in {*os.listdir(shared)} - {*os.listdir(own)} if shared else ():
            with contextlib.suppress(FileExistsError):  # another kernel was faster
                (own / name).symlink_to(Path(named).resolve() / name)
    except OSError:
        return shared
    return own
