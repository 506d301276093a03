"""An evening played by its plan and by the clock, with people who take their time.

The leader reads aloud what the run sheet says, goes on when all have answered or the
countdown is over, and to the next step when the planned minutes are. Whatever does not
fit into its minutes makes the evening late, and the table shows it. This takes as long
as an evening does.
"""

import argparse
import asyncio
import json
import tempfile
import time
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.common import machine, publish, table
from benchmarks.evening_people import SPOKEN, Person, together, words
from benchmarks.room import Watcher, served
from llm_lessons.language_model.loading import load
from llm_lessons.pages.model_script import model_script
from llm_lessons_room.content.content import content
from llm_lessons_room.content.screens import write_screens
from llm_lessons_room.parts.moments import OPEN, Moment
from llm_lessons_room.server.content import Deck, Step, read

TALK = 20.0  # seconds at the least for what all have answered
ARRIVAL = 6.0  # minutes of the game for who comes early
LATECOMERS = 3  # people who come during the first step that counts
LATE = 45.0  # seconds between two of them
SHARE = 0.6  # of a step's minutes in which rounds without a countdown are open


@dataclass
class Played:
    """How a step went: minutes, and how many had answered at the end of each round."""

    step: Step
    began: float
    minutes: float = 0.0
    answered: list[str] = field(default_factory=list)


class Leader:
    """Who leads by the run sheet."""

    def __init__(self, watcher: Watcher, deck: Deck, people: list[Person]):
        self._watcher, self._deck, self._people = watcher, deck, people
        self.steps: list[Played] = []
        # answers that phones were told to be taken, and that weren't counted
        self.missing = 0
        self._began: float | None = None

    async def lead(self, only: Collection[str]) -> None:
        """Play the whole evening, or only the steps of these ids, if there are any."""
        for place, step in enumerate(self._deck.steps):
            is_left_out = step.optional and not self._has_time(place)
            if is_left_out or (only and step.id not in only):
                continue
            await self._watcher.say({"do": "go", "step": place})
            await self._play(step)

    @property
    def minutes(self) -> float:
        """How many have passed of those that are planned."""
        return 0.0 if self._began is None else (time.monotonic() - self._began) / 60

    def _has_time(self, place: int) -> bool:
        """Whether all from here on fits in, with what is optional."""
        left = sum(step.minutes for step in self._deck.steps[place:])
        return self.minutes + left <= self._deck.minutes

    async def _play(self, step: Step) -> None:
        began = time.monotonic()
        if step.minutes and self._began is None:
            self._began = began
        played = Played(step, self.minutes)
        end = began + 60 * (step.minutes or ARRIVAL)
        said = began + words(step.guide["say"]) / SPOKEN
        for number, moment in enumerate(step.moments):
            if number:
                await self._watcher.say({"do": "next"})
            now = await self._reached(step, moment)
            if moment.phase == OPEN:
                await self._wait_for_answers(now, step, end, said)
                played.answered.append("{} of {}".format(*self._counted(now)))
                if step.kind != "ten":  # of these, who is on the way isn't counted
                    self.missing += max(0, self._taken(now) - self._counted(now)[0])
            if number == len(step.moments) - 1:
                rest = TALK if step.minutes > 1 else 0.0
                await asyncio.sleep(max(rest, end - time.monotonic()))
            elif moment.phase != OPEN:
                await asyncio.sleep(max(TALK, said - time.monotonic()))
        played.minutes = (time.monotonic() - began) / 60
        self.steps.append(played)
        print("; ".join(row(played)), flush=True)

    async def _reached(self, step: Step, moment: Moment) -> dict[str, Any]:
        return await self._watcher.until(
            lambda one: (
                one.get("type") == "moment"
                and one["step"]["id"] == step.id
                and (one["phase"], one["round"]) == moment
            )
        )

    async def _wait_for_answers(
        self, now: dict[str, Any], step: Step, end: float, said: float
    ) -> None:
        """Until all have answered or the time is over, whichever comes first."""
        opened = time.monotonic()
        rounds = sum(one.phase == OPEN for one in step.moments)
        over = opened + (now["left"] or SHARE * 60 * (step.minutes or ARRIVAL) / rounds)
        while time.monotonic() < over:
            answered, present = self._counted(now)
            # who comes early, and the slider, have their time to play
            may_end = step.minutes and step.kind != "temperature"
            if may_end and time.monotonic() > said and answered >= present > 0:
                return
            await asyncio.sleep(0.25)

    def _counted(self, now: dict[str, Any]) -> tuple[int, int]:
        """How many have answered in this round, and how many phones are here."""
        step, number = now["step"]["id"], now["round"]
        for _, message in reversed(self._watcher.heard):
            name = message.get("step")
            name = name["id"] if isinstance(name, dict) else name
            if message.get("tally") and (name, message["round"]) == (step, number):
                return message["tally"]["answered"], message["present"]
        return 0, 0

    def _taken(self, now: dict[str, Any]) -> int:
        """How many phones were told that their answer is taken."""
        key = now["step"]["id"], now["round"]
        return sum(key in one.taken for one in self._people)


async def evening(
    port: int, secret: str, people: list[Person], deck: Deck, only: Collection[str]
) -> Leader:
    """Open the room, let people come, and lead."""
    watcher = Watcher()
    await watcher.watch(f"ws://127.0.0.1:{port}/lead/{secret}/socket")
    await watcher.say({"do": "deck", "deck": deck.id})
    await watcher.until(lambda one: one.get("deck") == deck.id)
    leader = Leader(watcher, deck, people)
    early = [one.luck.uniform(0, 50 * ARRIVAL) for one in people[LATECOMERS:]]
    late = [60 * ARRIVAL + LATE * (n + 1) for n in range(LATECOMERS)]
    if only:  # nobody waits for the arrival
        early, late = [0.0] * len(early), [0.0] * len(late)
    crowd = asyncio.create_task(together(people, [*late, *early]))
    playing = asyncio.create_task(leader.lead(only))
    await asyncio.wait({crowd, playing}, return_when=asyncio.FIRST_COMPLETED)
    for one in (crowd, playing):
        if one.done():
            one.result()  # an error of either ends the evening
        one.cancel()
    return leader


def row(played: Played) -> list[str]:
    """A step's line in the table."""
    step = played.step
    planned = f"{step.minutes:g}" if step.minutes else "before"
    return [
        f"{step.title} ({step.id})",
        f"{played.began:.1f}",
        planned,
        f"{played.minutes:.1f}",
        ", ".join(played.answered) or "–",
    ]


def summary(leader: Leader, people: list[Person], deck: Deck, memory: str) -> str:
    """What the whole evening came to."""
    counts = sum((one.counts for one in people), Counter())
    told = ", ".join(f"{name} {n}" for name, n in sorted(counts.items()))
    paces = sorted(one.pace for one in people)
    return (
        f"{len(people)} people, the fastest of whom needs {paces[0]:.1f} times the "
        f"assumed time and the slowest {paces[-1]:.1f} times. {leader.minutes:.1f} "
        f"minutes of {deck.minutes:g}. All phones together: {told}. Answers taken and "
        f"not counted: {leader.missing}. Memory of the server: {memory}."
    )


def made(folder: Path) -> Path:
    """What a room is served from as it is today, in English and without figures."""
    (folder / "content").mkdir(parents=True)
    write_screens(folder)
    (folder / "fjord.js").write_text(model_script(load("fjord")))
    text = json.dumps(content("en"), ensure_ascii=False)
    (folder / "content" / "en.json").write_text(text, encoding="utf-8")
    return folder


def main() -> None:
    """Play, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=25)
    parser.add_argument("--deck", default="90_minutes")
    parser.add_argument("--steps", nargs="*", default=[], help="only these, by id")
    parser.add_argument("--port", type=int, default=18767)
    parser.add_argument("--record", action="store_true", help="into the README")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = made(Path(scratch) / "room")
        deck = read(folder).decks["en"][asked.deck]
        said = {one.id: words(one.guide["say"]) / SPOKEN for one in deck.steps}
        people = [Person(number, said) for number in range(asked.people)]
        with served(folder, asked.port) as (server, port, secret):
            before = server.memory_info().rss / 1e6
            for one in people:
                one.port = port
            leader = asyncio.run(evening(port, secret, people, deck, asked.steps))
            after = server.memory_info().rss / 1e6
    head = ["step", "began at", "planned", "took", "answered"]
    memory = f"{before:.0f} MB at first, {after:.0f} MB at the end"
    parts = [machine(), table(head, list(map(row, leader.steps)))]
    parts.append(summary(leader, people, deck, memory))
    publish("evening", "\n\n".join(parts), asked.record)


if __name__ == "__main__":
    main()
