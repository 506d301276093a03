"""A room full of phones as one process, for `room.py`: they join, vote, come back."""

import asyncio
import json
import time

from tornado.websocket import WebSocketClientConnection, websocket_connect

from benchmarks.answering import answer_lines

JOINING = 30  # phones whose connections are being made at the same time


class Phone:
    """A phone that keeps its seat."""

    def __init__(self, port: int):
        self._address = f"ws://127.0.0.1:{port}/socket"
        self.seat: str | None = None
        self.number = 0
        self.moment: dict = {}
        self._socket: WebSocketClientConnection

    async def join(self, places: asyncio.Semaphore) -> None:
        """Connect, and wait for the seat and the moment."""
        async with places:
            self._socket = await websocket_connect(self._address)
            await self._say({"type": "join", "seat": self.seat, "language": None})
            hello = await self._hear("hello")
            self.seat, self.number = hello["seat"], hello["number"]
            self.moment = await self._hear("moment")

    async def vote(self, value: int, delay: float) -> tuple[float, float]:
        """Answer after a while; when the answer went, and when the phone was told."""
        await asyncio.sleep(delay)
        step, number = self.moment["step"]["id"], self.moment["round"]
        went = time.monotonic()
        await self._say(
            {"type": "answer", "step": step, "round": number, "value": value}
        )
        await self._hear("taken")
        return went, time.monotonic()

    async def wait_for_open(self, number: int) -> None:
        """Wait until a round is open."""
        while (self.moment["phase"], self.moment["round"]) != ("open", number):
            self.moment = await self._hear("moment")

    def drop(self) -> None:
        """Lose the connection without a word."""
        protocol = self._socket.protocol
        assert protocol is not None and protocol.stream is not None
        protocol.stream.close()

    async def _say(self, message: dict) -> None:
        await self._socket.write_message(json.dumps(message))

    async def _hear(self, kind: str) -> dict:
        while True:
            raw = await self._socket.read_message()
            if raw is None:
                raise ConnectionError("The server closed a phone's connection.")
            if (message := json.loads(raw))["type"] == kind:
                return message


class Crowd:
    """What `room.py` asks for, a line at a time."""

    def __init__(self) -> None:
        self._runner = asyncio.Runner()
        self._phones: list[Phone] = []

    def join(self, port: int, phones: int) -> float:
        """Seconds until all have joined and know the moment."""
        self._phones = [Phone(port) for _ in range(phones)]
        return self._runner.run(self._join(self._phones))

    async def _join(self, phones: list[Phone]) -> float:
        began, places = time.monotonic(), asyncio.Semaphore(JOINING)
        await asyncio.gather(*(one.join(places) for one in phones))
        return time.monotonic() - began

    def vote(self, number: int, seconds: float) -> dict[str, list[float]]:
        """Vote in a round, spread over some seconds; when votes went and were taken."""
        return self._runner.run(self._vote(number, seconds))

    async def _vote(self, number: int, seconds: float) -> dict[str, list[float]]:
        await asyncio.gather(*(one.wait_for_open(number) for one in self._phones))
        total = len(self._phones)
        times = await asyncio.gather(
            *(
                one.vote((i + number) % 2, seconds * i / total)
                for i, one in enumerate(self._phones)
            )
        )
        went, taken = zip(*times, strict=True)
        return {"went": sorted(went), "taken": sorted(taken)}

    def come_back(self, phones: int) -> dict[str, float]:
        """Drop some and have them join again: seconds, and how many have their seat."""
        gone = self._phones[:phones]
        numbers = [one.number for one in gone]
        for one in gone:
            one.drop()
        seconds = self._runner.run(self._join(gone))
        same = sum(one.number == n for one, n in zip(gone, numbers, strict=True))
        voted = sum(one.moment["yours"] is not None for one in gone)
        return {"seconds": seconds, "same": same, "voted": voted}

    def leave(self) -> bool:
        """Drop all."""
        for one in self._phones:
            one.drop()
        self._runner.run(asyncio.sleep(0.1))
        return True


if __name__ == "__main__":
    answer_lines(Crowd())
