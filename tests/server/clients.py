"""A server of pages in a process of its own, and clients of every kind."""

import asyncio
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, NamedTuple, Self

import pytest

from tests.apart import run

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no such thing")
# macOS lets a program have 256 open files
FEW_FILES_OF = """
import resource
resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))
{program}
"""
# What a server does as it comes, and with less patience than learners deserve.
PROGRAM = "from llm_lessons_server.__main__ import main; raise SystemExit(main())"
HASTY = f"""
from llm_lessons_server import connections, page_handler
limits, idle = connections.LIMITS, connections.IDLE_TIMEOUT
patient = [name for name, limit in limits.items() if limit == idle]
limits |= dict.fromkeys(patient, 1)
page_handler.WRITE_TIMEOUT = 1
{PROGRAM}
"""


def with_file(path: Path, program: str = PROGRAM) -> str:
    """A server's program with this file in the place of the real model's."""
    return f"""
from pathlib import Path
from llm_lessons_server import real_model
real_model.installed = lambda: Path({str(path)!r})
{program}
"""


class Server:
    """A running server; used in a `with`, it has ended well and printed no more."""

    def __init__(self, folder: Path, *options: str, program: str = PROGRAM):
        # no pipe, which nobody empties meanwhile; `end` closes it
        self.errors = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115
        self.process = subprocess.Popen(
            [sys.executable, "-W", "error", "-c", program, str(folder), *options],
            stdout=subprocess.PIPE,
            stderr=self.errors,
            text=True,
            encoding="utf-8",
        )
        assert self.process.stdout is not None
        self.output = self.process.stdout
        self.told: str = ""
        while not (found := re.search(r"127\.0\.0\.1:(\d+)/", self.told)):
            if not (line := self.output.readline()):
                raise AssertionError(self.end())
            self.told += line
        self.port = int(found[1])

    def end(self) -> str:
        """Wait for the end of the process; what it said of errors."""
        with self.process, self.errors:
            self.told += self.output.read()
            self.process.wait(30)
            self.errors.seek(0)
            return self.errors.read()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.process.terminate()
        errors = self.end()
        if error[0] is None:
            assert errors == ""
        if error[0] is None and os.name != "nt":  # where to end is to be killed
            assert self.told.splitlines()[-1].startswith("Closed.")
            assert self.process.returncode == 0


class Reply(NamedTuple):
    """What came back: the status, the headers by their names, the bytes behind."""

    status: int
    headers: dict[str, str]
    content: bytes


def parsed(raw: bytes) -> Reply:
    """An answer, taken apart by hand."""
    head, _, content = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = [line.split(": ", 1) for line in lines]
    assert len({name for name, _ in pairs}) == len(pairs)
    headers = {name.lower(): value for name, value in pairs}
    return Reply(int(first.split(" ")[1]), headers, content)


async def asked(
    port: int, raw: bytes, pause: float = 0, read: int = 2**16, host: str = "127.0.0.1"
) -> Reply:
    """Send these bytes, and read until the other side closes, `read` bytes a pause."""
    reader, writer = await asyncio.open_connection(host, port, limit=read)
    try:
        writer.write(raw)
        got = b""
        while piece := await reader.read(read):
            got += piece
            await asyncio.sleep(pause)
        return parsed(got)
    finally:
        writer.close()


def request(target: str, *headers: str, method: str = "GET") -> bytes:
    """A request whose connection ends with its answer."""
    lines = [
        f"{method} {target} HTTP/1.1",
        "Host: localhost",
        *headers,
        "Connection: close",
    ]
    return "\r\n".join([*lines, "", ""]).encode()


def get(port: int, target: str, *headers: str, method: str = "GET") -> Reply:
    """The answer to one request."""
    raw = request(target, *headers, method=method)
    return soon_over(asked(port, raw))


def soon_over[T](work: Coroutine[Any, Any, T]) -> T:
    """What it returns, which is not to take long."""
    return run(asyncio.wait_for(work, 120))
