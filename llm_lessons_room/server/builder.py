"""Builds what an evening plays while the server runs: its figures take minutes.

Another program makes it, a part of the folder after the other, and stamps each
(`llm_lessons_starter.fresh`); the server knows no more of it than the module's name.
"""

import asyncio
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from llm_lessons_server import real_model
from llm_lessons_starter.command_line import say
from llm_lessons_starter.fresh import STAMPS, all_fresh, is_fresh
from llm_lessons_starter.quietly import quietly

NEEDED = ("pages", "content")  # parts without which nothing can be played
REAL = "real"  # one that waits for a real model, which may never be installed
POLL = 0.2  # seconds between two looks at the folder
PATIENCE = 5.0  # seconds until a program ends that was asked to
LONGEST = 2**20  # bytes of a line that the program says


class Builder:
    """Runs a module that makes what is missing in a folder; "" makes nothing."""

    def __init__(self, folder: Path, module: str):
        self._folder, self._module = folder, module
        spared = () if real_model.installed() else (REAL,)
        self._is_whole = not module or all_fresh(folder, spared)
        self.is_running = not self._is_whole
        self._child: asyncio.subprocess.Process | None = None
        self._work: asyncio.Task[int] | None = None

    @property
    def is_playable(self) -> bool:
        """Whether all that an evening needs is there, and is fresh."""
        return self._is_whole or all(is_fresh(self._folder, path) for path in NEEDED)

    async def run(self, on_change: Callable[[], None]) -> int:
        """Have the program make what is missing; prints what it prints.

        Args:
            on_change: is called when the folder may have changed, and at the end.

        Returns:
            The program's exit code.
        """
        times, work = self._file_times(), asyncio.create_task(self._run_program())
        self._work = work
        while not work.done():
            await asyncio.wait([work], timeout=POLL)
            if (now := self._file_times()) != times:
                times = now
                on_change()
        self.is_running = False
        on_change()
        return work.result()

    async def stop(self) -> None:
        """Have the program end; the next start goes on where it was."""
        self.is_running = False
        for end in ("terminate", "kill", "kill"):
            if self._work is None or self._work.done():
                return
            with suppress(ProcessLookupError):  # it just ended
                getattr(self._child, end, bool)()
            await asyncio.wait([self._work], timeout=PATIENCE)

    async def _run_program(self) -> int:
        if not self.is_running:  # stopped before it began
            return 0
        alone = ["-P"] * sys.flags.safe_path  # if this server has no modules from here
        arguments = quietly(["-m", self._module, "--out", str(self._folder)])
        self._child = await asyncio.create_subprocess_exec(
            sys.executable,
            *alone,
            *arguments,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},  # Windows has another
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            limit=LONGEST,
        )
        if not self.is_running:  # stopped while it began
            self._child.terminate()
        assert self._child.stdout is not None
        async for line in self._child.stdout:
            if self.is_running:
                say(line.decode(errors="replace").rstrip())
        return await self._child.wait()

    def _file_times(self) -> list[tuple[str, int]]:
        paths = [self._folder / STAMPS, *self._folder.glob("content/*.json")]
        return sorted(
            (path.name, path.stat().st_mtime_ns) for path in paths if path.is_file()
        )
