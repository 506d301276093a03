"""People with phones, for `evening.py`: they read, think, answer, lock their phones.

What is assumed of people stands here, and only here. The speed of reading is the mean
of Brysbaert's review (2019, doi:10.1016/j.jml.2019.104047), of speaking aloud a slow
lecturer's; the rest is a guess, on the slow side.
"""

import asyncio
import json
import random
from collections import Counter
from collections.abc import Awaitable
from contextlib import suppress
from typing import Any

from tornado.websocket import WebSocketClientConnection, websocket_connect

READ, SPOKEN = 238 / 60, 130 / 60  # words a second: read silently, said aloud
UNEQUAL = 0.35  # how far people's paces lie apart: sigma of a log-normal distribution
CHOOSING, WRITING = 3.0, 8.0  # seconds for a tap, and for a word
CHANGE = 4.0  # seconds in which a step of the marbles is written down
AT_ONCE = 0.9  # share of the seconds for an answer at once that is made use of
LOCKS = 0.15  # how likely a phone is locked in a moment ...
AWAY = (15.0, 120.0)  # ... and for how many seconds
PING = 10.0  # seconds between two signs of life, as the page has it
TURNS = 6  # of the slider

Moment = dict[str, Any]


def words(*texts: Any) -> int:
    """How many words there are to be read."""
    return sum(len(str(one).split()) for one in texts)


class Person:
    """Somebody with a phone.

    Args:
        number: of the person; what somebody does depends on it alone.
        said: seconds, by step, in which the leader says what is to be done.

    Attributes:
        port: of the room.
        pace: how many times the assumed time this person needs.
        counts: what happened to the phone, and how often.
        taken: the steps and rounds in which an answer was.
    """

    def __init__(self, number: int, said: dict[str, float]):
        self.port = 0
        self.luck, self._said = random.Random(number), said
        self.pace = self.luck.lognormvariate(0, UNEQUAL)
        self.counts: Counter[str] = Counter()
        self.taken: set[tuple[str, int]] = set()
        self._seat: str | None = None
        self._place: tuple[Any, ...] = ()
        self._doing: asyncio.Task | None = None
        self._socket: WebSocketClientConnection

    async def take_part(self, late: float) -> None:
        """Come, and stay until cancelled; a lost connection is made anew."""
        await asyncio.sleep(late)
        while True:
            self._socket = await websocket_connect(f"ws://127.0.0.1:{self.port}/socket")
            await self._say(type="join", seat=self._seat, language=None)
            alive = asyncio.create_task(self._live())
            try:
                while (raw := await self._socket.read_message()) is not None:
                    self._hear(json.loads(raw))
            finally:
                alive.cancel()
            self.counts["connections lost"] += 1
            away = 0.3
            if self.counts["locked"] > self.counts["unlocked"]:
                self.counts["unlocked"] += 1
                away = self.luck.uniform(*AWAY)
            await asyncio.sleep(away)

    async def _live(self) -> None:
        while True:
            await asyncio.sleep(PING)
            await self._say(type="ping")

    async def _say(self, **message: Any) -> None:
        await self._socket.write_message(json.dumps(message))

    def _hear(self, message: Moment) -> None:
        match message["type"]:
            case "hello":
                if self._seat not in (None, message["seat"]):
                    self.counts["seats lost"] += 1
                self._seat = message["seat"]
            case "moment":
                self._see(message)
            case "taken":
                self.taken.add((message["step"], message["round"]))
            case "refused":
                self.counts[f"refused: {message['why']}"] += 1

    def _see(self, moment: Moment) -> None:
        place = moment["step"]["id"], moment["phase"], moment["round"]
        is_new = place != self._place
        self._place = place
        if not is_new and self._doing and not self._doing.done():
            return
        if self._doing:
            self._doing.cancel()
        self._doing = None
        if moment["phase"] == "open" and moment["yours"] is None:
            self._doing = asyncio.create_task(self._answer(moment))
        elif is_new and self.luck.random() < LOCKS:
            self._doing = asyncio.create_task(self._lock())

    async def _lock(self) -> None:
        await asyncio.sleep(self.luck.uniform(5, 20))
        self.counts["locked"] += 1
        self._socket.close()

    async def _answer(self, moment: Moment) -> None:
        step, number = moment["step"], moment["round"]
        spoken = self._said[step["id"]] if number == 1 else 0.0
        for pause, value in self._thought(moment, spoken):
            await asyncio.sleep(pause)
            with suppress(Exception):  # the connection may be lost just now
                await self._say(
                    type="answer", step=step["id"], round=number, value=value
                )

    def _thought(self, moment: Moment, spoken: float) -> list[tuple[float, Any]]:
        """What is answered, each after a pause; nobody answers before it was said."""
        shown, luck = moment["step"]["shown"], self.luck
        choices = len(shown.get("choices", ()))

        def after(texts: int, doing: float) -> float:
            return max(spoken, self.pace * texts / READ) + self.pace * doing

        match moment["step"]["kind"]:
            case "guess" | "book":
                read = words(shown["question"], *shown["choices"], moment.get("note"))
                return [(after(read, CHOOSING), luck.randrange(choices))]
            case "ten":
                return self._ten(shown["questions"], spoken)
            case "coin":
                token = luck.choice([" little", " small", " town", " house"])
                return [(after(words(shown["prompt"]), CHOOSING), {"token": token})]
            case "next_word":
                word = luck.choice(["king", "girl", "cat", "little", "dragon"])
                return [(after(words(shown["prompt"]), WRITING), {"word": word})]
            case "stories":
                pieces = [f" word{luck.randrange(9)}" for _ in range(shown["tokens"])]
                value = {"pieces": pieces, "seed": luck.randrange(2**32)}
                return [(after(0, CHOOSING), value)]
            case "temperature":
                turned = [round(luck.uniform(0, 2), 2) for _ in range(TURNS)]
                return [
                    (after(0, CHOOSING) if n else spoken, value)
                    for n, value in enumerate(turned)
                ]
            case "marbles":
                return [self._marbles(moment, after)]
        raise ValueError(f"Nobody knows how to answer {moment['step']['kind']!r}.")

    def _ten(
        self, asked: list[dict[str, Any]], spoken: float
    ) -> list[tuple[float, Any]]:
        """Each tap sends all that were made so far."""
        value: list[int | None] = [None] * len(asked)
        found, waits = [], spoken
        for number, one in enumerate(asked):
            read = words(one["question"], *one["choices"])
            value[number] = self.luck.randrange(len(one["choices"]))
            found.append((max(waits, self.pace * (read / READ + CHOOSING)), [*value]))
            waits = 0.0
        return found

    def _marbles(self, moment: Moment, after: Any) -> tuple[float, Any]:
        shown, number = moment["step"]["shown"], moment["round"]
        read = words(shown["problems"][number - 1]["question"])
        if moment["half"] == 0:  # at once; the phone counts these seconds itself
            return AT_ONCE * shown["seconds"]["once"], {"answer": 7}
        working = " ".join(f"{n} + 1 = {n + 1}." for n in range(number))
        return after(read, CHANGE * number), {"answer": number, "steps": working}


async def together(people: list[Person], late: list[float]) -> None:
    """All take part until this is cancelled."""
    joined: list[Awaitable[None]] = [
        one.take_part(after) for one, after in zip(people, late, strict=True)
    ]
    await asyncio.gather(*joined)
