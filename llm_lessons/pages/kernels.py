"""Notebooks in kernels, side by side: what is heard of them, and how they are ended."""

import asyncio
import atexit
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any, NamedTuple

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

from llm_lessons.foundation import diary, machine
from llm_lessons.foundation.languages import ENGLISH, HERE
from llm_lessons.measuring import kept

START = 300  # seconds for a kernel to start, on a machine that has much to do
# A cell that prints, moves a bar or changes a widget moves on, however long it takes.
# One that says nothing for so many seconds is taken for one that hangs.
SILENCE = 600
MEMORY = 1.3e9  # bytes that the kernel of the largest lesson takes


class Job(NamedTuple):
    """A notebook to run, and the folder to run it in."""

    notebook: NotebookNode
    folder: Path
    language: str = ENGLISH  # of its figures and sentences


class Stopped(Exception):
    """A notebook did not run to its end: the cell and the reason, in one sentence."""


type Ended = tuple[Path, NotebookNode | Stopped]


class _Client(NotebookClient):
    """One that knows which cell runs, and when its kernel last said something."""

    running = ""
    heard = 0.0

    async def async_execute_cell(self, cell: Any, *which: Any, **how: Any) -> Any:
        self.running = cell.get("id", "")  # a kernel may die before it says a word
        return await super().async_execute_cell(cell, *which, **how)

    def process_message(self, msg: dict[str, Any], cell: Any, cell_index: int) -> Any:
        self.heard = monotonic()
        return super().process_message(msg, cell, cell_index)


def at_once() -> int:
    """How many notebooks can run side by side here."""
    memory = machine.available_memory()
    room = machine.processors() if memory is None else int(memory // MEMORY)
    return max(1, min(machine.processors(), room))


def ran(jobs: Mapping[Path, Job], side_by_side: int = 1) -> Iterator[Ended]:
    """Run notebooks; each, as soon as it has ended, after its run or why it stopped.

    An exception in this thread, as by Ctrl-C, ends all their kernels. They are at work
    in another one, because elsewhere nbclient takes the signals over.
    """
    work, left = _Work(side_by_side), len(jobs)
    with ThreadPoolExecutor(1) as thread:
        whole = thread.submit(work.run, jobs)
        try:
            while left:
                try:  # Windows lets nothing interrupt a longer wait
                    found = work.ended.get(timeout=0.2)
                except Empty:
                    if whole.done():  # it failed in a way that no notebook does
                        whole.result()
                    continue
                left -= 1
                yield found
        except BaseException:
            work.stop()
            raise


class _Work:
    """Notebooks that run in an event loop, and what has ended so far."""

    def __init__(self, side_by_side: int):
        self.ended: SimpleQueue[Ended] = SimpleQueue()
        self._side_by_side = side_by_side
        self._stop: Callable[[], object] = lambda: None

    def run(self, jobs: Mapping[Path, Job]) -> None:
        """Run them all, and wait for the last."""
        # ZeroMQ, which talks to kernels, wants this kind of loop on Windows
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            runner.run(self._all(jobs))

    def stop(self) -> None:
        """End what runs; called in another thread."""
        with suppress(RuntimeError):  # the loop has just ended by itself
            self._stop()

    async def _all(self, jobs: Mapping[Path, Job]) -> None:
        loop, gate = asyncio.get_running_loop(), asyncio.Semaphore(self._side_by_side)
        if task := asyncio.current_task():
            self._stop = lambda: loop.call_soon_threadsafe(task.cancel)
        async with asyncio.TaskGroup() as group:
            for path, job in jobs.items():
                group.create_task(self._one(gate, path, job))

    async def _one(self, gate: asyncio.Semaphore, path: Path, job: Job) -> None:
        async with gate:
            try:
                result = await _run(job)
            except Stopped as stopped:
                result = stopped
        self.ended.put((path, result))


async def _run(job: Job) -> NotebookNode:
    client = _Client(
        job.notebook,
        timeout=None,
        startup_timeout=START,
        kernel_name="python3",
        extra_arguments=["--log-level=ERROR"],  # its words would break into the bar
        shutdown_kernel="immediate",  # nothing is left that it would have to save
        resources={"metadata": {"path": str(job.folder)}},
    )
    client.heard = monotonic()
    # what is shown is not what the person who makes it has done
    env = {**os.environ, diary.PLACE: diary.OFF, kept.SAMPLES: kept.OFF}
    env[HERE] = job.language
    work = asyncio.ensure_future(client.async_execute(env=env))
    try:
        while not work.done():
            await asyncio.wait([work], timeout=1)
            if not work.done() and monotonic() - client.heard > SILENCE:
                raise Stopped(f"{_place(client)} said nothing for {SILENCE:g} seconds.")
        return work.result()
    except Stopped:
        raise
    except CellExecutionError as error:
        told = f"{error.ename}: {error.evalue}".strip().splitlines()
        raise Stopped(f"{_place(client)} stopped: {told[-1]}") from error
    except Exception as error:  # whatever may happen to a kernel
        told = str(error).strip().splitlines() or [type(error).__name__]
        raise Stopped(f"{_place(client)} stopped: {told[-1]}") from error
    finally:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        atexit.unregister(client._cleanup_kernel)
        if client.km is not None:  # it was stopped while the kernel started
            await client._async_cleanup_kernel()


def _place(client: _Client) -> str:
    return f"its cell {client.running!r}" if client.running else "its kernel"
