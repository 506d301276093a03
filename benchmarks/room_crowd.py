"""A room full of phones as one process, for `room.py`: they join, vote, come back."""

import asyncio
import time

from benchmarks.answering import answer_lines
from tests.server.phones import Client, answer

JOINING = 30  # phones whose connections are being made at the same time


class Phone:
    """A phone that keeps its seat."""

    def __init__(self, port: int):
        self._port = port
        self.hello: dict = {"seat": None}
        self.moment: dict = {}
        self.client: Client

    async def join(self, places: asyncio.Semaphore) -> None:
        """Connect, and wait for the seat and the moment."""
        first = {"type": "join", "seat": self.hello["seat"], "language": None}
        async with places:
            self.client = await Client(self._port, "/socket", first).__aenter__()
            self.hello = await self.client.until(type="hello")
            self.moment = await self.client.until(type="moment")

    async def vote(self, value: int, delay: float) -> tuple[float, float]:
        """Answer after a while; when the answer went, and when the phone was told."""
        await asyncio.sleep(delay)
        went = time.monotonic()
        await self.client.asked(answer(self.moment, value), type="taken")
        return went, time.monotonic()

    async def wait_for_open(self, number: int) -> None:
        """Wait until a round is open."""
        wanted = {"type": "moment", "phase": "open", "round": number}
        self.moment = await self.client.until(**wanted)


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
        numbers = [one.hello["number"] for one in gone]
        self._drop(gone)
        seconds = self._runner.run(self._join(gone))
        both = zip(gone, numbers, strict=True)
        same = sum(one.hello["number"] == number for one, number in both)
        voted = sum(one.moment["yours"] is not None for one in gone)
        return {"seconds": seconds, "same": same, "voted": voted}

    def leave(self) -> bool:
        """Drop all."""
        self._drop(self._phones)
        self._runner.run(asyncio.sleep(0.1))
        return True

    def _drop(self, phones: list[Phone]) -> None:
        for one in phones:
            one.client.drop()


if __name__ == "__main__":
    answer_lines(Crowd())
