"""A class on one server: memory a learner, and how long a lesson takes for all at once.

The hub of `classroom/`, with its proxy, on this machine; every learner has a server and
a user of the system of their own. First all servers are started at once, then all
learners run the same lesson from top to bottom at the same moment, which is the worst
that can happen in a class. Needs Linux and its administrator, and what
`python3 classroom/prepare.py` makes.
"""

import asyncio
import contextlib
import os
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.common import arguments, machine, publish, table
from tests.classroom.hub import Hub, processes_of, running_hub, shared_memory
from tests.classroom.learner import Learner

LESSON = "02_forward_pass.ipynb"
COUNTS = (1, 3, 8, 16)
LIMITS = {"without the real model": 2**30, "with the real model": 2 * 2**30}
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Class:
    """What one class was like.

    Attributes:
        start: seconds until the last server answered.
        lesson: seconds that the lesson took, for each learner.
        shared: bytes of a learner after it; what several share counts in parts.
        most: bytes that a learner's control group held at most.
        work: seconds of processors that a learner used.
        hub: bytes of the hub and its proxy.
    """

    start: float
    lesson: list[float]
    shared: list[int]
    most: list[int]
    work: list[float]
    hub: int


async def hold(count: int, limit: int) -> Class:
    """Hold a class of so many, each with so many bytes."""
    names = [f"learner{i}" for i in range(count)]
    async with running_hub(names, limit) as hub:
        began = time.monotonic()
        await asyncio.gather(*map(hub.start, names))
        start = time.monotonic() - began
        learners = [Learner(hub, name) for name in names]
        for learner in learners:
            await learner.come_in()
        lesson = await asyncio.gather(*map(run, learners))
        found = Class(
            start,
            list(lesson),
            [hub.memory(name) for name in names],
            [held(hub, name) for name in names],
            [work(hub.learners[name]["uid"]) for name in names],
            own_memory(hub),
        )
        for learner in learners:
            await learner.close()
    return found


async def run(learner: Learner) -> float:
    """Seconds from opening the lesson to its last cell."""
    began = time.monotonic()
    notebook = await learner.open(LESSON)
    await learner.run(notebook)
    return time.monotonic() - began


def held(hub: Hub, name: str) -> int:
    """Bytes that a learner's control group held at most."""
    for group in map(Path, hub.learners[name]["in"]):
        for file in ("memory.peak", "memory.max_usage_in_bytes"):
            if (group / file).exists():
                return int((group / file).read_text())
    raise SystemExit("No control group can be made here, so nothing can be limited.")


def work(uid: int) -> float:
    """Seconds of processors that a user's living processes used so far."""
    ticks = 0
    for process in processes_of(uid):
        fields = (process / "stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / TICK


def own_memory(hub: Hub) -> int:
    """Bytes of the hub, its proxy and its culler."""
    total = 0
    for process in processes_of(0):
        with contextlib.suppress(OSError):
            if str(hub.folder).encode() in (process / "environ").read_bytes():
                total += shared_memory(process)
    return total


def main() -> None:
    """Measure, and print the tables."""
    parser = arguments(__doc__, rounds=1)
    parser.add_argument("--counts", type=int, nargs="+", default=COUNTS)
    asked = parser.parse_args()
    parts = [machine()]
    for kind, limit in LIMITS.items():
        rows, alone = [], 0.0
        for count in asked.counts:
            seen = asyncio.run(hold(count, limit))
            last = max(seen.lesson)
            alone = alone or last
            rows.append(
                [
                    f"{count}",
                    f"{seen.start:.0f} s",
                    f"{last:.0f} s",
                    f"{last / alone:.1f}",
                    f"{statistics.mean(seen.work):.0f} s",
                    f"{statistics.mean(seen.shared) / 1e6:.0f} MB",
                    f"{max(seen.most) / 1e6:.0f} MB",
                    f"{seen.hub / 1e6:.0f} MB",
                ]
            )
            print(kind, *rows[-1], flush=True)
        head = [f"learners, {kind}", "all servers answer", "the lesson, the last one"]
        head += ["times one alone", "processors' time each", "memory each, shared in"]
        head += ["most that one held", "hub and proxy"]
        parts.append(table(head, rows))
    publish("classroom", "\n\n".join(parts), asked.record)


if __name__ == "__main__":
    main()
