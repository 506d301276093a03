"""Nobody can spoil an evening: one client against a server that plays one."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from tests.server.clients import FEW_FILES_OF, POSIX, asked, request
from tests.server.phones import PROGRAM, Client, RoomServer, played_by
from tests.server.test_room import go, play

pytestmark = pytest.mark.slow

FEW_FILES = FEW_FILES_OF.format(program=PROGRAM)
FEW_SEATS = f"""
from llm_lessons_room.server import places
places.NEW_SEATS = places.NEW_SEATS._replace(at_once=20, a_second=0.001)
{PROGRAM}
"""
BROKEN = f"""
from llm_lessons_room.server import hub
hub.Hub.answer = lambda *_: 1 // 0
{PROGRAM}
"""


async def all_come(server: RoomServer, stack: AsyncExitStack) -> Client:
    """A phone, a page and a leader find their places; the leader."""
    lead = await stack.enter_async_context(server.leader())
    await lead.until(type="moment")
    one = await stack.enter_async_context(server.phone())
    await one.until(type="moment")
    reply = await asyncio.wait_for(asked(server.port, request("/")), 30)
    assert reply.status == 200
    return lead


@played_by(FEW_FILES)
@POSIX
async def test_who_opens_screens_again_and_again_shuts_out_nobody(playing: RoomServer):
    async with AsyncExitStack() as stack:
        refused = 0
        for _ in range(300):
            try:
                await stack.enter_async_context(playing.screen())
            except HTTPClientError as error:
                assert error.code == 503
                refused += 1
        assert refused == 300 - 4
        lead = await all_come(playing, stack)
        await lead.until(screens=4)
        await lead.until(warnings=["screens"])
        await lead.asked({"do": "next"}, type="moment", index=1)


@played_by(FEW_SEATS)
async def test_who_joins_again_and_again_takes_a_few_seats_and_no_answer(
    playing: RoomServer,
):
    async with AsyncExitStack() as stack:
        lead = await stack.enter_async_context(playing.leader())
        await go(lead, "guess")
        first = await stack.enter_async_context(playing.phone())
        seat = (await first.until(type="hello"))["seat"]
        vote = {"type": "answer", "step": "guess", "round": 1, "value": 2}
        await first.asked(vote, type="taken")
        for number in range(2, 31):
            async with playing.phone() as one:
                if number <= 20:
                    assert (await one.until(type="hello"))["number"] == number
                    await one.asked(vote, type="taken")
                else:
                    await one.until(type="refused", why="full")
        await lead.until(warnings=["seats"], present=1, seats=20)
        told = await lead.asked({"do": "free"}, type="moment", seats=1)
        assert told["tally"]["answered"] == 20 and told["warnings"] == []
        async with playing.phone(seat) as again:  # who has a seat keeps it
            assert (await again.until(type="hello"))["number"] == 1
            assert (await again.until(type="moment"))["yours"] == 2


def test_a_fault_that_a_phone_finds_is_said_once(room: Path):
    async def evening(server: RoomServer) -> None:
        for _ in range(10):
            async with server.phone() as one:
                await one.until(type="moment")
                await one.send({"type": "answer"})
                await one.until(type="closed")

    server = RoomServer(room, program=BROKEN)
    play(evening(server))
    server.process.terminate()
    assert server.end().count("ZeroDivisionError: ") == 1


async def test_a_strangers_name_is_answered_in_a_sentence(playing: RoomServer):
    paths = ("/socket", "/screen/socket", f"/lead/{playing.secret}/socket")
    for host in ("evil.example", f"127.0.0.1.evil.example:{playing.port}"):
        for path in ("/", "/screen", f"/lead/{playing.secret}", "/fjord.js"):
            raw = request(path).replace(b"localhost", host.encode())
            reply = await asyncio.wait_for(asked(playing.port, raw), 30)
            assert reply.status == 403
            assert b"Nothing is shown under this name" in reply.content
        for path in paths:
            address = f"ws://127.0.0.1:{playing.port}{path}"
            headers = {"Host": host, "Origin": f"http://{host}"}
            with pytest.raises(HTTPClientError) as refused:
                await websocket_connect(HTTPRequest(address, headers=headers))
            assert refused.value.code == 403
