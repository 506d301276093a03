"""The real model's file: its parts, the queue before it, the leader's switch."""

import asyncio
import random
import sys
from pathlib import Path

import pytest

from llm_lessons.foundation import packaged_files
from llm_lessons_server import real_model
from llm_lessons_server.real_model import AT_ONCE, PATIENCE, Downloads
from tests.server.clients import (
    Reply,
    Server,
    asked,
    get,
    parsed,
    request,
    soon_over,
    with_file,
)
from tests.server.phones import PROGRAM as ROOM
from tests.server.phones import RoomServer

FILE = f"/{real_model.ADDRESS}"


def test_each_waits_for_its_turn_and_is_told_its_place():
    queue = Downloads()
    names = [f"phone {n}" for n in range(25)]
    places = [queue.begin(who, 0) for who in names]
    assert places == [*[0] * AT_ONCE, *range(1, 26 - AT_ONCE)]
    # a part of who was let in ends; all else of the file is still theirs
    queue.end(names[0], 1, is_whole=False)
    assert queue.begin(names[0], 2) == 0
    assert queue.begin(names[AT_ONCE], 2) == 1
    # who comes again does not lose their place, and nobody is let in before their turn
    queue.end(names[0], 3, is_whole=True)
    assert queue.begin(names[-1], 3) == 25 - AT_ONCE
    assert queue.begin(names[AT_ONCE], 3) == 0
    assert queue.begin(names[0], 3) > 0
    # who goes away gives their place to others
    queue.end(names[1], 4, is_whole=False)
    assert queue.begin(names[-1], 4 + PATIENCE + 1) == 0


def test_all_get_the_file_in_the_end_and_few_at_once():
    """A room in which phones come, go away and are cut off, for an hour."""
    chance, queue = random.Random(4), Downloads()
    parts = {f"phone {n}": 5 for n in range(40)}
    at_work: set[str] = set()
    for now in range(3600):
        for who in [one for one in at_work if chance.random() < 0.5]:
            at_work.discard(who)
            parts[who] -= chance.random() < 0.8
            queue.end(who, now, is_whole=parts[who] == 0)
        left = {who for who, count in parts.items() if count} - at_work
        at_work |= {
            who for who in left if chance.random() < 0.7 and not queue.begin(who, now)
        }
        assert len(at_work) <= AT_ONCE
    assert set(parts.values()) == {0}


def test_the_file_is_the_one_that_the_lessons_load():
    assert real_model.FILE == packaged_files.SMOLLM2_FILE
    assert real_model.PACKAGE in packaged_files.VERSIONS


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """So large that it stays on the disk."""
    path = tmp_path / "package" / "stand_in.gguf"
    path.parent.mkdir()
    path.write_bytes(random.Random(0).randbytes(2**20) * 33)
    return path


def part(port: int, target: str) -> Reply:
    """The beginning of the file."""
    return get(port, target, "Range: bytes=0-9")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="one device has one address here")
def test_parts_come_from_the_package_and_devices_have_their_turn(
    folder: Path, file: Path
):
    whole, size = file.read_bytes(), file.stat().st_size

    async def asks(port: int, device: int, part: str, *, stays: bool = True) -> Reply:
        """An answer, or its beginning, where the device then has gone."""
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", port, local_addr=(f"127.0.0.{device}", 0), limit=2**12
        )
        writer.write(request(FILE, f"Range: bytes={part}"))
        if stays:
            reply = parsed(await reader.read())
            writer.close()
            return reply
        reply = parsed(await reader.readuntil(b"\r\n\r\n"))
        writer.transport.abort()
        return reply

    async def evening(port: int) -> None:
        first, *others = range(2, 2 + AT_ONCE)
        for device in (first, *others):
            reply = await asks(port, device, f"{2**20 - 1}-{3 * 2**20}")
            assert reply.status == 206
            assert reply.content == whole[2**20 - 1 : 3 * 2**20 + 1]
        late, later = 2 + AT_ONCE, 3 + AT_ONCE
        for device, place in ((late, "1"), (later, "2")):
            reply = await asks(port, device, "0-99")
            assert (reply.status, reply.headers["x-place"]) == (503, place)
            assert reply.content == b"" and int(reply.headers["retry-after"]) > 0
        assert (await asked(port, request("/"))).status == 200  # pages have no queue
        # a last part that breaks off costs no place
        assert (await asks(port, first, f"{size - 2**23}-", stays=False)).status == 206
        await asyncio.sleep(1)  # by then the server has noticed
        assert (await asks(port, late, "0-99")).headers["x-place"] == "1"
        assert (await asks(port, first, "-50")).status == 206  # its last part
        assert (await asks(port, later, "0-99")).headers["x-place"] == "2"
        assert (await asks(port, late, "0-99")).status == 206
        assert (await asks(port, later, "0-99")).headers["x-place"] == "1"

    with Server(folder, "--port", "0", program=with_file(file)) as server:
        # no other file of the package is there
        assert get(server.port, "/__init__.py").status == 404
        soon_over(evening(server.port))


@pytest.mark.slow
def test_a_leader_switches_it_off_and_on(room: Path, file: Path):
    target = f"/handouts{FILE}"

    async def switched(server: RoomServer, lends: bool) -> None:
        async with server.leader() as lead:
            told = await lead.until(type="moment")
            assert told["lends"] is not lends
            await lead.asked({"do": "lend"}, type="moment", lends=lends)

    with RoomServer(room, program=with_file(file, ROOM)) as server:
        assert part(server.port, target).content == file.read_bytes()[:10]
        soon_over(switched(server, False))
        reply = part(server.port, target)
        assert reply.status == 403
        assert reply.content == real_model.OFF.encode()
        assert reply.headers["content-type"].startswith("text/plain")
    # a server started again keeps it off
    with RoomServer(room, program=with_file(file, ROOM)) as server:
        assert part(server.port, target).status == 403
        soon_over(switched(server, True))
        assert part(server.port, target).status == 206
        elsewhere = request(target).replace(b"localhost", b"evil.example")
        assert soon_over(asked(server.port, elsewhere)).status == 403
