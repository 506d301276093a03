"""What the benchmarks share: the peer's process, taking turns, and the tables."""

import argparse
import datetime
import json
import os
import platform
import re
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import jax

ROOT = Path(__file__).resolve().parents[1]
README = Path(__file__).with_name("README.md")
CORES = os.cpu_count() or 1
SETTLE = 0.3  # seconds until the other side's threads have stopped spinning


class Peer:
    """One side in a process of its own, which sleeps until it is asked.

    Args:
        python: the Python that has the side's packages.
        module: the one to run.
    """

    def __init__(self, python: Path | str, module: str = "benchmarks.torch_worker"):
        self._process = subprocess.Popen(
            [python, "-m", module],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> "Peer":
        return self

    def __exit__(self, *error) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()

    def ask(self, do: str, **what) -> Any:
        """Have one of the side's methods called; returns its answer."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps({"do": do, **what}) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise SystemExit("The other side stopped; its own words stand above.")
        return json.loads(answer)


Seconds = dict[str, list[float]]  # for each side, one number a round


def take_turns[T](sides: dict[str, Callable[[], T]], rounds: int) -> dict[str, list[T]]:
    """Have every side measure itself once a round, there and back again."""
    found: dict[str, list[T]] = {name: [] for name in sides}
    for i in range(rounds):
        for name in sides if i % 2 == 0 else reversed(sides):
            time.sleep(SETTLE)
            found[name].append(sides[name]())
    return found


def times_faster(seconds: Seconds, ours: str, other: str) -> str:
    """How many times faster ours is: the median over the rounds, and the range."""
    pairs = zip(seconds[ours], seconds[other], strict=True)
    ratios = sorted(theirs / mine for mine, theirs in pairs)
    return f"{statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"


def machine(*more: str) -> str:
    """One line on the machine and the versions that a table was measured with."""
    model, flags = platform.processor() or platform.machine(), ""
    if platform.system() == "Linux":
        info = Path("/proc/cpuinfo").read_text()
        if found := re.search(r"model name\s*: (.*)", info):
            model = found[1]
        names = {"avx2": "AVX2", "avx512f": "AVX-512", "amx_tile": "AMX"}
        has = [name for flag, name in names.items() if re.search(rf"\b{flag}\b", info)]
        flags = f" with {', '.join(has)}" if has else ""
    versions = [f"Python {platform.python_version()}", f"JAX {jax.__version__}", *more]
    today = datetime.date.today().isoformat()
    return f"{CORES} cores, {model}{flags}; {', '.join(versions)}; {today}."


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def arguments(description: str | None, rounds: int) -> argparse.ArgumentParser:
    """The options that all benchmarks have."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument(
        "--rounds", type=int, default=rounds, help="how often each side is measured"
    )
    parser.add_argument(
        "--record", action="store_true", help="put the table into benchmarks/README.md"
    )
    return parser


def publish(name: str, text: str, record: bool) -> None:
    """Print a finished section, and put it into its place in the README."""
    print(f"\n{text}")
    if record:
        begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
        page = README.read_text(encoding="utf-8")
        before, after = page.split(begin)[0], page.split(end)[1]
        README.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")
