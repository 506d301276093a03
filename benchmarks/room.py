"""How a room's server holds out: 300 phones join, vote at once, drop, and come back.

The phones are one other process; the screen and the leader are this one. A vote's lag
is the time from a phone's sending it until the screen has a tally that counts it.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

from benchmarks.common import Peer, arguments, machine, publish, table
from tests.server import room_content
from tests.server.phones import RoomServer

PHONES, DROPPED = 300, 100
IDLE = 5  # seconds in which nothing happens
Row = dict[str, float]


class Timed(list):
    """Messages, with the time at which each came."""

    def append(self, message: dict[str, Any]) -> None:
        super().append(message | {"at": time.monotonic()})


def used(server: psutil.Process) -> float:
    """Seconds of a processor that the server has used."""
    times = server.cpu_times()
    return times.user + times.system


async def evening(server: RoomServer, crowd: Peer) -> Row:
    """One evening: a guess, twice."""
    process, row = psutil.Process(server.process.pid), Row()
    async with server.screen() as screen, server.leader() as lead:
        screen.heard = Timed()
        decks = (await lead.until(type="moment"))["decks"]
        kinds = [step["kind"] for step in decks[0]["steps"]]
        await lead.send({"do": "go", "step": kinds.index("guess")})
        await screen.until(phase="open")
        before = used(process)
        row["join"] = await asyncio.to_thread(
            crowd.ask, "join", port=server.port, phones=PHONES
        )
        row["join_cpu"] = used(process) - before
        for number, seconds, name in ((1, 1.0, "spread"), (2, 0.0, "burst")):
            screen.heard.clear()
            before, began = used(process), time.monotonic()
            votes = await asyncio.to_thread(
                crowd.ask, "vote", number=number, seconds=seconds
            )
            while not any(counts_all(number, one) for one in screen.heard):
                await asyncio.sleep(0.02)
            passed = max(1.0, time.monotonic() - began)
            row[f"{name}_cpu"] = (used(process) - before) / passed
            row[f"{name}_taken"] = votes["taken"][-1] - votes["went"][0]
            lags = screen_lags(votes["went"], screen.heard, number)
            row |= {
                f"{name}_{q}": lags[round(q / 100 * (PHONES - 1))]
                for q in (50, 95, 100)
            }
            if number == 1:
                await lead.send({"do": "next"})
                await lead.send({"do": "next"})
        back = await asyncio.to_thread(crowd.ask, "come_back", phones=DROPPED)
        row |= {f"back_{name}": value for name, value in back.items()}
        before = used(process)
        await asyncio.sleep(IDLE)
        row["idle_cpu"] = (used(process) - before) / IDLE
        row["memory"] = process.memory_info().rss / 1e6
        await asyncio.to_thread(crowd.ask, "leave")
    return row


def counts_all(number: int, message: dict[str, Any]) -> bool:
    """Whether a message to the screen counts all votes of a round."""
    tally = message.get("tally") or {}
    return message.get("round") == number and tally.get("answered") == PHONES


def screen_lags(went: list[float], heard: list[dict], number: int) -> list[float]:
    """For the n-th vote, the time until the screen counted n votes; sorted."""
    counted = [
        (message["at"], message["tally"]["answered"])
        for message in heard
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
        return asyncio.run(evening(server, crowd))


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
