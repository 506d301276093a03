"""Pages to serve, and a server of them."""

import asyncio
import inspect
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.apart import run
from tests.server import room_content
from tests.server.clients import Server
from tests.server.phones import PROGRAM, RoomServer


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages like those that are given out; beside their folder, what is not for all."""
    outside = tmp_path_factory.mktemp("build")
    (outside / "secret.html").write_text("not for the room")
    made = outside / "Lærerens handouts"
    (made / "sub").mkdir(parents=True)
    chance = random.Random(0)
    (made / "index.html").write_text("<h1>Lessons</h1>")
    for number in range(4):
        words = " ".join(str(chance.randrange(10**6)) for _ in range(60_000))
        (made / f"{number:02d}_lesson.html").write_text(words)
    (made / "sheet.pdf").write_bytes(b"%PDF" + chance.randbytes(700_000))
    for name in ("æ b.js", "a.svg", "a.css", "a.txt", "a.bin", ".hidden.html"):
        (made / name).write_text("something " * 100)
    (made / "sub" / "index.html").write_text("deeper")
    (made / "sub" / "page.html").write_text("deeper")
    (made / "empty.html").touch()
    return made


@pytest.fixture(scope="session")
def server(folder: Path) -> Iterator[Server]:
    """One for all tests that don't change it; at its end it must have been quiet."""
    with Server(folder, "--port", "0") as running:
        yield running


@pytest.fixture
def room(tmp_path: Path) -> Path:
    return room_content.write(tmp_path / "build" / "room")


@pytest.fixture
def playing(room: Path, request: pytest.FixtureRequest) -> Iterator[RoomServer]:
    """A server that plays an evening; at its end it must have been quiet."""
    with RoomServer(room, program=getattr(request, "param", PROGRAM)) as running:
        yield running


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """A test that is a coroutine is an evening: it is run to its end, which is soon."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = inspect.signature(pyfuncitem.obj).parameters
    given = {name: pyfuncitem.funcargs[name] for name in names}
    run(asyncio.wait_for(pyfuncitem.obj(**given), 120))
    return True
