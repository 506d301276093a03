"""How a room's server holds out: 300 phones join, vote at once, drop, and come back.

The phones are one other process; the screen and the leader are this one. A vote's lag
is the time from a phone's sending it until the screen has a tally that counts it.
"""

import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import psutil
from tornado.websocket import WebSocketClientConnection, websocket_connect

from benchmarks.common import Peer, arguments, machine, publish, table
from tests.server import room_content
from tests.server.phones import RoomServer

PHONES, DROPPED = 300, 100
IDLE = 5  # seconds in which nothing happens
Row = dict[str, float]


class Watcher:
    """A screen or a leader: keeps what it hears, and when."""

    def __init__(self) -> None:
        self.heard: list[tuple[float, dict[str, Any]]] = []
        self._socket: WebSocketClientConnection

    async def watch(self, address: str) -> None:
        """Connect, and listen from now on."""
        self._socket = await websocket_connect(address)
        await self.say({"type": "watch", "language": None})
        self._listening = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        while (raw := await self._socket.read_message()) is not None:
            self.heard.append((time.monotonic(), json.loads(raw)))

    async def say(self, message: dict[str, Any]) -> None:
        """Send a message."""
        await self._socket.write_message(json.dumps(message))

    async def until(self, fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The newest message that fits, once there is one."""
        while True:
            for _, message in reversed(self.heard):
                if fits(message):
                    return message
            await asyncio.sleep(0.02)


def used(server: psutil.Process) -> float:
    """Seconds of a processor that the server has used."""
    times = server.cpu_times()
    return times.user + times.system


async def evening(port: int, secret: str, server: psutil.Process, crowd: Peer) -> Row:
    """One evening: a guess, twice."""
    screen, lead, row = Watcher(), Watcher(), Row()
    await screen.watch(f"ws://127.0.0.1:{port}/screen/socket")
    await lead.watch(f"ws://127.0.0.1:{port}/lead/{secret}/socket")
    decks = (await lead.until(lambda one: "decks" in one))["decks"]
    kinds = [step["kind"] for step in decks[0]["steps"]]
    await lead.say({"do": "go", "step": kinds.index("guess")})
    await screen.until(lambda one: one.get("phase") == "open")
    before = used(server)
    row["join"] = await asyncio.to_thread(crowd.ask, "join", port=port, phones=PHONES)
    row["join_cpu"] = used(server) - before
    for number, seconds, name in ((1, 1.0, "spread"), (2, 0.0, "burst")):
        screen.heard.clear()
        before, began = used(server), time.monotonic()
        votes = await asyncio.to_thread(
            crowd.ask, "vote", number=number, seconds=seconds
        )
        await screen.until(partial(counts_all, number))
        passed = max(1.0, time.monotonic() - began)
        row[f"{name}_cpu"] = (used(server) - before) / passed
        row[f"{name}_taken"] = votes["taken"][-1] - votes["went"][0]
        lags = screen_lags(votes["went"], screen, number)
        row |= {
            f"{name}_{q}": lags[round(q / 100 * (PHONES - 1))] for q in (50, 95, 100)
        }
        if number == 1:
            await lead.say({"do": "next"})
            await lead.say({"do": "next"})
    back = await asyncio.to_thread(crowd.ask, "come_back", phones=DROPPED)
    row |= {f"back_{name}": value for name, value in back.items()}
    before = used(server)
    await asyncio.sleep(IDLE)
    row["idle_cpu"] = (used(server) - before) / IDLE
    row["memory"] = server.memory_info().rss / 1e6
    await asyncio.to_thread(crowd.ask, "leave")
    return row


def counts_all(number: int, message: dict[str, Any]) -> bool:
    """Whether a message to the screen counts all votes of a round."""
    tally = message.get("tally") or {}
    return message.get("round") == number and tally.get("answered") == PHONES


def screen_lags(went: list[float], screen: Watcher, number: int) -> list[float]:
    """For the n-th vote, the time until the screen counted n votes; sorted."""
    counted = [
        (moment, message["tally"]["answered"])
        for moment, message in screen.heard
        if message.get("tally") and message["round"] == number
    ]
    return sorted(
        next(moment for moment, answered in counted if answered > n) - sent
        for n, sent in enumerate(went)
    )


def measured(folder: Path) -> Row:
    """One evening with a server and a crowd of its own."""
    with (
        RoomServer(folder) as server,
        Peer(sys.executable, "benchmarks.room_crowd") as crowd,
    ):
        process = psutil.Process(server.process.pid)
        return asyncio.run(evening(server.port, server.secret, process, crowd))


LINES = {
    f"{PHONES} phones have joined after": ("join", "{:.2f} s"),
    "the processor's time for that": ("join_cpu", "{:.2f} s"),
    f"{PHONES} votes in one second: the last is taken after": (
        "spread_taken",
        "{:.2f} s",
    ),
    "a vote is on the screen after, median": ("spread_50", "{:.0f} ms"),
    "95th percentile": ("spread_95", "{:.0f} ms"),
    "the last": ("spread_100", "{:.0f} ms"),
    "share of a core in that second": ("spread_cpu", "{:.0%}"),
    f"{PHONES} votes at once: the last is taken after": ("burst_taken", "{:.2f} s"),
    "a vote of these is on the screen after, 95th percentile": (
        "burst_95",
        "{:.0f} ms",
    ),
    f"{DROPPED} dropped phones are back after": ("back_seconds", "{:.2f} s"),
    "of them on their seats": ("back_same", "{:.0f}"),
    "of them with their votes": ("back_voted", "{:.0f}"),
    "share of a core while nothing happens": ("idle_cpu", "{:.1%}"),
    "memory of the server": ("memory", "{:.0f} MB"),
}


def main() -> None:
    """Measure, and print the table."""
    asked = arguments(__doc__, rounds=7).parse_args()
    rows: list[Row] = []
    for _ in range(asked.rounds):
        with tempfile.TemporaryDirectory() as scratch:
            rows.append(measured(room_content.write(Path(scratch) / "room")))
    lines = [
        [label, told([row[name] * (1000 if "ms" in form else 1) for row in rows], form)]
        for label, (name, form) in LINES.items()
    ]
    publish("room", f"{machine()}\n\n{table(['', 'measured'], lines)}", asked.record)


def told(values: list[float], form: str) -> str:
    """The median, and the range."""
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"{form.format(middle)} ({form.format(low)} to {form.format(high)})"


if __name__ == "__main__":
    main()
