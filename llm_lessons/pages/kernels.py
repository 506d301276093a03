"""Notebooks in kernels, side by side: how they run, and how they are ended."""

import asyncio
import atexit
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import NamedTuple

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbformat import NotebookNode

from llm_lessons.foundation import diary, machine
from llm_lessons.foundation.languages import ENGLISH, HERE
from llm_lessons.measuring import kept

START = 300  # seconds for a kernel to start, on a machine that has much to do
LONGEST = 600  # seconds for a cell
MEMORY = 1.3e9  # bytes that the kernel of the largest lesson takes


class Job(NamedTuple):
    """A notebook to run, and the folder to run it in."""

    notebook: NotebookNode
    folder: Path
    language: str = ENGLISH  # of its figures and sentences


class Stopped(Exception):
    """A notebook did not run to its end: the cell and the reason, in one sentence."""


type Ended = tuple[Path, NotebookNode | Stopped]


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
    ended: SimpleQueue[Ended] = SimpleQueue()
    tasks: list[asyncio.Task[None]] = []

    async def one(gate: asyncio.Semaphore, path: Path, job: Job) -> None:
        async with gate:
            ended.put((path, await _run(job)))

    async def every() -> None:
        gate = asyncio.Semaphore(side_by_side)
        async with asyncio.TaskGroup() as group:
            tasks.extend(group.create_task(one(gate, *pair)) for pair in jobs.items())

    def work() -> None:
        # ZeroMQ, which talks to kernels, wants this kind of loop on Windows
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            runner.run(every())

    with ThreadPoolExecutor(1) as thread:
        whole, left = thread.submit(work), len(jobs)
        try:
            while left:
                try:  # Windows lets nothing interrupt a longer wait
                    found = ended.get(timeout=0.2)
                except Empty:
                    if whole.done():  # it failed in a way that no notebook does
                        whole.result()
                    continue
                left -= 1
                yield found
        except BaseException:
            for task in tasks:
                with suppress(RuntimeError):  # the loop has just ended by itself
                    task.get_loop().call_soon_threadsafe(task.cancel)
            raise


async def _run(job: Job) -> NotebookNode | Stopped:
    place = "its kernel"

    def begin(cell: NotebookNode, cell_index: int) -> None:
        nonlocal place
        place = f"its cell {cell.id!r}"

    client = NotebookClient(
        job.notebook,
        timeout=LONGEST,
        startup_timeout=START,
        kernel_name="python3",
        extra_arguments=["--log-level=ERROR"],  # its words would break into the bar
        shutdown_kernel="immediate",  # nothing is left that it would have to save
        resources={"metadata": {"path": str(job.folder)}},
        on_cell_start=begin,
    )
    # what is shown is not what the person who makes it has done
    env = {**os.environ, diary.PLACE: diary.OFF, kept.SAMPLES: kept.OFF}
    env[HERE] = job.language
    try:
        return await client.async_execute(env=env)
    except CellTimeoutError:
        return Stopped(f"{place} took more than {LONGEST} seconds.")
    except CellExecutionError as error:
        text = f"{error.ename}: {error.evalue}"
    except Exception as error:  # whatever may happen to a kernel
        text = str(error).strip() or type(error).__name__
    finally:
        atexit.unregister(client._cleanup_kernel)
        if client.km is not None:  # it was stopped while the kernel started
            await client._async_cleanup_kernel()
    return Stopped(f"{place} stopped: {text.strip().splitlines()[-1]}")
