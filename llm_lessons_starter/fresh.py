"""Whether what was made is still what it would be: a stamp for each part of a folder.

Who makes a part writes down of what, and a fingerprint of all that. So a second start
finds out in a moment, and without a single import, that there is nothing to do. Sources
are named from the folder: both may move together, as in a ZIP.
"""

import hashlib
import json
import os
from pathlib import Path
from typing import Any, Dict, Iterable, Iterator, List, Sequence

from llm_lessons_starter.atomic import write_text

STAMPS = "stamps.json"
_SUFFIXES = {".py", ".js", ".css", ".html", ".toml", ".txt", ".po", ".ipynb", ".md"}
_SUFFIXES |= {".safetensors", ".model", ".json"}


def fingerprint(sources: Iterable[Path]) -> str:
    """One sha256 of these files, and of all in these folders that is not hidden.

    Raises:
        OSError: one can't be read.
    """
    digest = hashlib.sha256()
    for source in sources:
        for path in _files(source):
            inside = path.relative_to(source).as_posix() if path != source else ""
            digest.update(f"{source.name}/{inside} ".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(source: Path) -> Iterator[Path]:
    if not source.is_dir():
        yield source
        return
    for path in sorted(source.rglob("*")):
        hidden = any(name[0] == "." for name in path.relative_to(source).parts)
        if path.suffix in _SUFFIXES and path.is_file() and not hidden:
            yield path


def is_fresh(folder: Path, name: str) -> bool:
    """Whether a part of a folder is there, and nothing has changed it is made from."""
    return _holds(folder, read_stamps(folder).get(name), {})


def all_fresh(folder: Path, but: Sequence[str] = ()) -> bool:
    """Whether all parts of a folder but these are fresh; False without any."""
    stamps = read_stamps(folder)
    known: Dict[Sequence[str], str] = {}  # parts may be made from the same
    parts = [stamp for name, stamp in stamps.items() if name not in but]
    return bool(stamps) and all(_holds(folder, stamp, known) for stamp in parts)


def _holds(folder: Path, stamp: Any, known: Dict[Sequence[str], str]) -> bool:
    """Whether a part is there, as its sources are now; `known` has their prints."""
    try:
        if not all((folder / file).is_file() for file in stamp["files"]):
            return False
        sources = tuple(stamp["sources"])
        if sources not in known:
            root = os.path.realpath(str(folder))
            paths = (os.path.normpath(os.path.join(root, name)) for name in sources)
            known[sources] = fingerprint(map(Path, paths))
        return stamp["stamp"] == known[sources]
    except (OSError, LookupError, TypeError):
        return False


def read_stamps(folder: Path) -> Dict[str, Any]:
    """What was written down of a folder's parts; nothing where that can't be read."""
    try:
        stamps = json.loads((folder / STAMPS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamps if isinstance(stamps, dict) else {}


def source_names(folder: Path, sources: Iterable[Path]) -> List[str]:
    """Files and folders as the stamps of a folder name them."""
    root = os.path.realpath(str(folder))
    paths = [os.path.realpath(str(source)) for source in sources]
    try:
        return [os.path.relpath(path, root).replace(os.sep, "/") for path in paths]
    except ValueError:  # on another drive of Windows
        return paths


def write_stamp(
    folder: Path, name: str, files: Sequence[str], sources: Sequence[Path], stamp: str
) -> None:
    """Write down that a part was made.

    Args:
        files: that it consists of, by their names in the folder.
        sources: the files and folders that it was made from.
        stamp: their fingerprint before it was made.
    """
    stamps = read_stamps(folder)
    stamps[name] = {
        "files": list(files),
        "sources": source_names(folder, sources),
        "stamp": stamp,
    }
    write_text(folder / STAMPS, json.dumps(stamps, indent=1))
