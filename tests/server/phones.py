"""Phones, screens and leaders of a room's server, for tests."""

import asyncio
import json
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from tests.server.clients import Server

PROGRAM = "from llm_lessons_room.server.__main__ import main; raise SystemExit(main())"
SECONDS = 20  # in which anything comes that is to come, on a busy machine


class RoomServer(Server):
    """A room's server as a process of its own."""

    def __init__(self, folder: Path, *options: str, program: str = PROGRAM):
        super().__init__(folder, *(options or ("--port", "0")), program=program)
        while not (found := re.search(r"/lead/([\w-]+).*Ctrl-C", self.told, re.DOTALL)):
            self.told += self.output.readline()
        self.secret = found[1]

    def phone(self, seat: str | None = None, language: str | None = None) -> "Client":
        first = {"type": "join", "seat": seat, "language": language}
        return Client(self.port, "/socket", first)

    def screen(self, language: str | None = None) -> "Client":
        first = {"type": "watch", "language": language}
        return Client(self.port, "/screen/socket", first)

    def leader(self) -> "Client":
        return Client(self.port, f"/lead/{self.secret}/socket", {"type": "watch"})


class Client:
    """A connection that keeps all that it hears.

    Attributes:
        heard: every message, in its order.
        raw: the same as they came.
        frames: bytes that came.
    """

    def __init__(
        self,
        port: int,
        path: str,
        first: dict[str, Any] | None,
        host: str = "127.0.0.1",
    ):
        self._address, self._first = f"ws://{host}:{port}{path}", first
        self.heard: list[dict[str, Any]] = []
        self.raw: list[str] = []
        self.frames: list[bytes] = []
        self._came = asyncio.Condition()
        self._socket: WebSocketClientConnection
        self._reading: asyncio.Task

    async def __aenter__(self) -> "Client":
        self._socket = await websocket_connect(self._address)
        self._reading = asyncio.create_task(self._read())
        if self._first is not None:
            await self.send(self._first)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._socket.close()
        with suppress(TimeoutError, asyncio.CancelledError):
            await asyncio.wait_for(self._reading, 5)
        self.drop()

    async def _read(self) -> None:
        while (raw := await self._socket.read_message()) is not None:
            async with self._came:
                if isinstance(raw, bytes):
                    self.frames.append(raw)
                else:
                    self.raw.append(raw)
                    self.heard.append(json.loads(raw))
                self._came.notify_all()
        async with self._came:
            self.heard.append({"type": "closed", "code": self._socket.close_code})
            self._came.notify_all()

    def drop(self) -> None:
        """End the connection as a lost wifi does, but that the server is told."""
        self._reading.cancel()
        protocol = self._socket.protocol
        if protocol is not None and protocol.stream is not None:
            protocol.stream.close()

    async def send(self, message: Any) -> None:
        """Send a message; a text or bytes as they are."""
        if isinstance(message, str | bytes):
            await self._socket.write_message(message, isinstance(message, bytes))
        else:
            await self._socket.write_message(json.dumps(message))

    async def until(self, **wanted: Any) -> dict[str, Any]:
        """The newest message that has these fields, once there is one."""
        return await self._found(lambda: reversed(self.heard), wanted)

    async def frame(self, number: int) -> bytes:
        """The frame with this number, counted from 0, once it has come."""
        async with asyncio.timeout(SECONDS), self._came:
            await self._came.wait_for(lambda: len(self.frames) > number)
        return self.frames[number]

    async def asked(self, message: Any, **wanted: Any) -> dict[str, Any]:
        """Send a message; the first one with these fields that comes behind."""
        start = len(self.heard)
        await self.send(message)
        return await self._found(lambda: self.heard[start:], wanted)

    async def _found(
        self, heard: Callable[[], Iterable[dict[str, Any]]], wanted: dict[str, Any]
    ) -> dict[str, Any]:
        async with asyncio.timeout(SECONDS), self._came:
            while True:
                for one in heard():
                    if wanted.items() <= one.items():
                        return one
                await self._came.wait()


def played_by(program: str) -> pytest.MarkDecorator:
    """Have `playing` run a program of a test's own."""
    return pytest.mark.parametrize("playing", [program], ids=["own"], indirect=True)


def answer(moment: dict[str, Any], value: Any) -> dict[str, Any]:
    """What a phone sends for the moment that it was told."""
    step, number = moment["step"]["id"], moment["round"]
    return {"type": "answer", "step": step, "round": number, "value": value}
