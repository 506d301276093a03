"""How many pages a second the server of the handouts gives out, and to how many.

The peer is the server that Python brings along, with a thread a connection. The page is
the text of all notebooks; a phone takes it packed, which the peer can't.
"""

import asyncio
import collections
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from benchmarks import common

OURS = "llm_lessons_server"
PEER = "http.server"
PORTS = {OURS: 18765, PEER: 18766}
AT_ONCE = (1, 30, 200)
PAGES = 400  # asked for in a round
PATIENCE = 10  # seconds until a phone gives up


def command(side: str, folder: Path) -> list[str]:
    """What starts a side."""
    python, port = [sys.executable, "-m"], str(PORTS[side])
    if side == OURS:
        return [*python, OURS, str(folder), "--port", port]
    return [*python, PEER, port, "--bind", "127.0.0.1", "--directory", str(folder)]


async def one(port: int, coding: str) -> int:
    """Ask for the page; how many bytes came, or 0 if none came in time."""
    asked = f"GET / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: {coding}\r\n"
    try:
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(f"{asked}Connection: close\r\n\r\n".encode())
            got = len(await reader.read())
            writer.close()
            return got
    except OSError:
        return 0


async def crowd(port: int, coding: str, at_once: int) -> list[int]:
    """Ask for PAGES pages, so many at once; the bytes of each answer."""
    slots = asyncio.Semaphore(at_once)

    async def patient() -> int:
        async with slots:
            return await one(port, coding)

    return await asyncio.gather(*(patient() for _ in range(PAGES)))


def measure(
    unanswered: collections.Counter[str], name: str, port: int, coding: str, n: int
) -> float:
    """Seconds a page that came."""
    began = time.perf_counter()
    came = sum(size > 0 for size in asyncio.run(crowd(port, coding, n)))
    unanswered[name] += PAGES - came
    return (time.perf_counter() - began) / max(came, 1)


def main() -> None:
    """Measure, and print the table."""
    asked = common.arguments(__doc__, rounds=5).parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        texts = [
            path.read_bytes() for path in sorted(common.ROOT.glob("notebooks/*.ipynb"))
        ]
        (folder / "index.html").write_bytes(b"".join(texts))
        quiet = subprocess.DEVNULL
        running = [
            subprocess.Popen(command(side, folder), stdout=quiet, stderr=quiet)
            for side in PORTS
        ]
        try:
            time.sleep(3)
            whole, packed = (
                asyncio.run(one(PORTS[OURS], coding)) for coding in ("identity", "gzip")
            )
            for n in AT_ONCE:
                rows.append(row(n, asked.rounds))
        finally:
            for process in running:
                process.terminate()
                process.wait()
    head = ["browsers at once", "ours", "ours, packed", PEER, "ours is faster, times"]
    head += [f"without an answer in {PATIENCE} s: ours", PEER]
    size = f"The page has {whole / 1000:.0f} kB, packed {packed / 1000:.0f}."
    common.publish(
        "page_server",
        f"{common.machine()}\n\n{common.table(head, rows)}\n\n{size}",
        asked.record,
    )


def row(n: int, rounds: int) -> list[str]:
    """The row of `n` browsers at once."""
    unanswered: collections.Counter[str] = collections.Counter()
    sides = {"ours": (OURS, "identity"), "packed": (OURS, "gzip")}
    sides["peer"] = (PEER, "identity")
    seconds = common.take_turns(
        {
            name: partial(measure, unanswered, name, PORTS[side], coding, n)
            for name, (side, coding) in sides.items()
        },
        rounds,
    )
    medians = map(statistics.median, seconds.values())
    rates = [f"{1 / each:,.0f} pages/s" for each in medians]
    of = rounds * PAGES
    lost = [f"{unanswered[name]} of {of}" for name in ("ours", "peer")]
    return [str(n), *rates, common.times_faster(seconds, "ours", "peer"), *lost]


if __name__ == "__main__":
    main()
