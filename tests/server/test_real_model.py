"""The real model's file: its parts, the queue before it, the leader's switch."""

import asyncio
import random
import sys
from pathlib import Path

import pytest

from llm_lessons.foundation import packaged_files
from llm_lessons_server import real_model
from llm_lessons_server.real_model import AT_ONCE, PATIENCE, Downloads
from tests.apart import run
from tests.server import room_content
from tests.server.clients import (
    Reply,
    Server,
    asked,
    get,
    parsed,
    request,
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


def test_all_get_the_file_in_the_end_and_few_at_once():
    """A room in which phones come, go away and are cut off, for an hour."""
    chance, queue = random.Random(4), Downloads()
    parts = {f"phone {n}": 5 for n in range(40)}
    at_work: set[str] = set()
    now = 0.0
    while parts and now < 3600:
        now += 1
        for who in list(at_work):
            if chance.random() < 0.5:
                at_work.discard(who)
                came = chance.random() < 0.8
                parts[who] -= came
                queue.end(who, now, is_whole=parts[who] == 0)
                if not parts[who]:
                    del parts[who]
        for who in set(parts) - at_work:
            if chance.random() < 0.7 and queue.begin(who, now) == 0:
                at_work.add(who)
        assert len(at_work) <= AT_ONCE
    assert parts == {}


def test_who_goes_away_gives_their_place_to_others(monkeypatch):
    monkeypatch.setattr(real_model, "AT_ONCE", 1)
    queue = Downloads()
    assert [queue.begin(who, 0) for who in "abc"] == [0, 1, 2]
    queue.end("a", 1, is_whole=False)  # and is never seen again
    assert queue.begin("c", 2 + PATIENCE) == 0  # b has gone, too
    assert queue.begin("a", 3 + PATIENCE) == 1


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


def part(port: int, first: int, last: int, target: str = FILE) -> Reply:
    """A part of the file, both ends counted."""
    return get(port, target, f"Range: bytes={first}-{last}")


@pytest.mark.slow
def test_parts_of_the_file_come_from_the_package(folder: Path, file: Path):
    whole = file.read_bytes()
    with Server(folder, "--port", "0", program=with_file(file)) as server:
        head = get(server.port, FILE, method="HEAD")
        assert int(head.headers["content-length"]) == len(whole)
        for first, last in ((0, 99), (2**20 - 1, 3 * 2**20), (len(whole) - 5, 10**9)):
            reply = part(server.port, first, last)
            assert reply.status == 206
            assert reply.content == whole[first : last + 1]
            end = min(last + 1, len(whole))
            about = f"bytes {first}-{end - 1}/{len(whole)}"
            assert reply.headers["content-range"] == about
        assert part(server.port, len(whole), 10**9).status == 416
        # no other file of the package is there
        assert get(server.port, "/__init__.py").status == 404


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="one device has one address here")
def test_devices_are_told_apart_by_their_addresses(folder: Path, file: Path):
    size = file.stat().st_size

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
            assert (await asks(port, device, "0-99")).status == 206
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
        run(asyncio.wait_for(evening(server.port), 60))


@pytest.mark.slow
def test_a_leader_switches_it_off_and_on(tmp_path: Path, file: Path):
    room = room_content.write(tmp_path / "build" / "room")
    target = f"/handouts{FILE}"

    async def switched(server: RoomServer, lends: bool) -> None:
        async with server.leader() as lead:
            told = await lead.until(type="moment")
            assert told["lends"] is not lends
            await lead.asked({"do": "lend"}, type="moment", lends=lends)

    with RoomServer(room, program=with_file(file, ROOM)) as server:
        assert part(server.port, 0, 9, target).content == file.read_bytes()[:10]
        run(switched(server, False))
        reply = part(server.port, 0, 9, target)
        assert reply.status == 403
        assert reply.content == real_model.OFF.encode()
        assert reply.headers["content-type"].startswith("text/plain")
    # a server started again keeps it off
    with RoomServer(room, program=with_file(file, ROOM)) as server:
        assert part(server.port, 0, 9, target).status == 403
        run(switched(server, True))
        assert part(server.port, 0, 9, target).status == 206
        elsewhere = (
            b"GET %b HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
        )
        refused = run(asked(server.port, elsewhere % target.encode()))
        assert refused.status == 403
        assert b"switched" not in refused.content
