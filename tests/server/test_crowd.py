"""A room full of browsers: many at once, slow ones, broken ones, and some that left."""

import asyncio
import os
import socket
import struct
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.apart import run
from tests.server.clients import HASTY, Server, asked, get, request

pytestmark = pytest.mark.slow

SECONDS = 10  # in which everybody in a room has an answer, on a busy machine


def open_more_files() -> None:
    """Let this process hold a connection for each of a thousand."""
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    enough = 4096 if hard == resource.RLIM_INFINITY else min(4096, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (enough, hard))


async def all_answered(port: int, targets: list[str], folder: Path) -> None:
    """Ask for all of these at once; each answer has to be right."""
    once = [asked(port, request(target)) for target in targets]
    async with asyncio.timeout(SECONDS):
        replies = await asyncio.gather(*once)
    for target, reply in zip(targets, replies, strict=True):
        right = (folder / target[1:]).read_bytes()
        assert (reply.status, reply.content) == (200, right)


def test_200_at_once_are_all_answered(folder: Path):
    with Server(folder, "--port", "0") as server:  # that has read no page yet
        targets = [f"/0{number % 4}_lesson.html" for number in range(200)]
        run(all_answered(server.port, targets, folder))


def break_off(connection: socket.socket) -> None:
    """End a connection as a phone does that is switched off: without a word."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


TO = b"POST / HTTP/1.1\r\nHost: a\r\n"
MALFORMED = [
    b"GET\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",  # https
    b"GET / HTTP/1.1\r\n: \r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
    b"GET /%zz HTTP/1.1\r\nHost: \r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nX: " + bytes(20_000),
    TO + b"Content-Length: -1\r\n\r\n",
    TO + b"Content-Length: 99999999999\r\n\r\n",
    TO + b"Content-Length: 1\r\nContent-Type: multipart/form-data\r\n\r\na",
    TO + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    request("/none"),
    request("/sheet.pdf"),
    request("/sheet.pdf")[:20],
]


@given(raw=st.one_of(st.sampled_from(MALFORMED), st.binary(max_size=200)))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_who_breaks_off_or_makes_no_request_is_no_trouble(server: Server, raw: bytes):
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(raw)
        break_off(connection)
    assert get(server.port, "/").status == 200


@pytest.mark.rest
def test_half_sent_requests_are_closed_and_keep_nobody_out(folder: Path):
    beginnings = [
        b"",
        b"GET / HT",
        b"GET / HTTP/1.1\r\nHost: any\r\n",
        TO + b"Content-Length: 9\r\n\r\na",
    ]
    if os.name != "nt":
        open_more_files()

    async def half(port: int, raw: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(raw)
        try:
            return await reader.read()
        except ConnectionError:
            return b""
        finally:
            writer.close()

    async def crowd(port: int) -> None:
        async with asyncio.timeout(SECONDS):
            halves = [
                asyncio.create_task(half(port, beginnings[number % 4]))
                for number in range(500)
            ]
            await asyncio.sleep(0.5)
            assert not all(one.done() for one in halves)
            await all_answered(port, 20 * ["/00_lesson.html"], folder)
            assert set(await asyncio.gather(*halves)) == {b""}

    with Server(folder, "--port", "0", program=HASTY) as server:
        run(crowd(server.port))


def test_who_never_reads_is_left(folder: Path):
    with Server(folder, "--port", "0", program=HASTY) as server:
        with socket.socket() as deaf:
            deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            deaf.connect(("127.0.0.1", server.port))
            deaf.settimeout(SECONDS)
            deaf.sendall(50 * request("/sheet.pdf").replace(b"close", b"keep-alive"))
            time.sleep(2)
            got = 0
            try:
                while piece := deaf.recv(2**20):
                    got += len(piece)
            except ConnectionError:
                pass
        assert got < 1_500_000  # what was on its way when the server gave up
