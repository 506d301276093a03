"""What runs and other slow things come from, and those kept until that changes.

A run comes from its own cells, and all of the package, its scripts and its data but for
what is made from runs: pages and evenings.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from llm_lessons.foundation.paths import DATA, NOTEBOOKS, PACKAGE, PYPROJECT
from llm_lessons_starter.atomic import write_text

AFTERWARDS = ("pages/", "web/page/", "web/site/")


def fingerprint(
    notebook: Path, also: str = "", told: Mapping[str, str] | None = None
) -> str:
    """One sha256 of all that the outputs of a notebook come from.

    Args:
        also: code that runs with it, and whatever else that reads.
        told: what its sentences are in another language, if it is told in one.
    """
    parts = [_cells(notebook), also, code_and_data(), *([told] if told else [])]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@cache
def code_and_data() -> str:
    """One sha256 of the files that any lesson may come from."""
    code = [
        path
        for path in all_in(PACKAGE)
        if not path.relative_to(PACKAGE).as_posix().startswith(AFTERWARDS)
    ]
    alone = [path for path in (NOTEBOOKS / "glossary.md", PYPROJECT) if path.is_file()]
    digest = hashlib.sha256()
    for path in sorted([*code, *all_in(DATA), *alone]):
        digest.update(f"{path.parent.name}/{path.name} ".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def all_in(folder: Path) -> Iterable[Path]:
    """The files of a folder and those below it; not what Python or JupyterLab keeps."""
    hidden = ("__pycache__", ".ipynb_checkpoints")
    found = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in found if not any(part in hidden for part in path.parts)]


def _cells(notebook: Path) -> list[dict[str, str]]:
    """A notebook's cells without what they last showed."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [
        {
            "id": cell.get("id", ""),
            "type": cell["cell_type"],
            "source": "".join(cell["source"]),
            "metadata": json.dumps(cell.get("metadata", {}), sort_keys=True),
        }
        for cell in cells
    ]


def kept[T](path: Path, sources: Iterable[str], make: Callable[[], T]) -> T:
    """What `make` makes, or made when it last came from the same.

    Where nothing can be written, it is not kept.

    Args:
        path: where it is kept, as JSON: of dicts, lists, texts and numbers.
        told: all that it comes from.
    """
    source = hashlib.sha256(json.dumps([*sources]).encode()).hexdigest()
    with suppress(OSError, ValueError, TypeError, LookupError):
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if found["from"] == source:
            return found["made"]
    made = make()
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, json.dumps({"from": source, "made": made}))
    return made
