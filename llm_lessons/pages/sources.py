"""What a notebook's run comes from, so that it is kept while none of that changes.

Its own cells, and all of the package, its scripts and its data but for what is made
from runs: pages and evenings.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from llm_lessons.foundation.paths import DATA, NOTEBOOKS, PACKAGE, PYPROJECT

AFTERWARDS = ("pages/", "handouts.py", "web/page/", "web/site/")


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
    found = [one for one in folder.rglob("*") if one.is_file()]
    return [one for one in found if not any(part in hidden for part in one.parts)]


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
