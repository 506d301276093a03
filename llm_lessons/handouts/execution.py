"""Run a notebook once, and keep the result as long as nothing changes."""

import hashlib
import json
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = ROOT / "notebooks"
KEPT = ROOT / "build" / "executed"
PATIENCE = 300  # seconds for one cell, on a slow machine that compiles everything


def lessons() -> list[Path]:
    """The notebooks of the series, in order; not the copies that learners keep."""
    paths = sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))
    return [path for path in paths if " " not in path.name]


def executed(path: Path, kept: Path = KEPT) -> NotebookNode:
    """The notebook after a run from top to bottom, in which every warning stops it.

    The state of its widgets is in its metadata. A run is kept in the folder `kept`, and
    used again until the notebook, the package or the class model changes.
    """
    result = kept / path.name
    stamp = result.with_suffix(".sha256")
    fingerprint = _fingerprint(path)
    if stamp.exists() and stamp.read_text() == fingerprint:
        return nbformat.read(result, as_version=4)
    notebook = _run(path)
    kept.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, result)
    stamp.write_text(fingerprint)
    return notebook


def _run(path: Path) -> NotebookNode:
    notebook = nbformat.read(path, as_version=4)
    # Between these two a warning is an error; the kernel's own end is not our matter.
    first, last = (
        nbformat.v4.new_code_cell(f"import warnings; warnings.simplefilter('{action}')")
        for action in ("error", "ignore")
    )
    notebook.cells = [first, *notebook.cells, last]
    client = NotebookClient(
        notebook,
        timeout=PATIENCE,
        startup_timeout=PATIENCE,
        kernel_name="python3",
        extra_arguments=["--log-level=ERROR"],  # its words would break into the bar
        shutdown_kernel="immediate",  # nothing is left that it would have to save
        resources={"metadata": {"path": str(path.parent)}},
    )
    notebook = client.execute()
    notebook.cells = notebook.cells[1:-1]
    return notebook


def _fingerprint(path: Path) -> str:
    """One sha256 of all that the notebook's outputs come from."""
    folders = (ROOT / "llm_lessons", ROOT / "data")
    files = [one for folder in folders for one in folder.rglob("*") if one.is_file()]
    kinds = {".py", ".js", ".css", ".json", ".csv", ".safetensors", ".model"}
    hashes = [
        (str(one), hashlib.sha256(one.read_bytes()).hexdigest())
        for one in sorted([path, *files])
        if one.suffix in {*kinds, ".ipynb"} and "handouts" not in one.parts
    ]
    return hashlib.sha256(json.dumps(hashes).encode()).hexdigest()
