"""How long until the first probability, in a fresh process.

Cold: nothing is compiled yet, the cache folder is empty. Warm: a process before this
one has filled it, as it is from the second lesson on. Files are in the system's memory
either way, and Python has compiled the modules.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.common import ROOT, arguments, compiled_in, machine, publish, table
from llm_lessons.foundation.paths import DATA

ASKED = {"cold": 3.0, "warm": 1.5}  # seconds, what the project asks of itself
PARTS = ("import", "load", "first probability")
PROGRAM = """
import json, sys, time
moments = [time.perf_counter()]
import llm_lessons
moments.append(time.perf_counter())
from pathlib import Path
from llm_lessons.language_model.loading import load_folder
lm = load_folder(Path(sys.argv[1]))
moments.append(time.perf_counter())
lm.next_token("Once upon a time")
moments.append(time.perf_counter())
print(json.dumps([b - a for a, b in zip(moments, moments[1:])]))
"""


def run(folder: Path, cache: str) -> list[float]:
    """Seconds for each of PARTS in a fresh process."""
    environment = os.environ | compiled_in(cache)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder.resolve())],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(done.stdout)


def main() -> None:
    """Measure, and print the table."""
    parser = arguments(__doc__, rounds=5)
    parser.add_argument("--folder", type=Path, default=DATA / "fjord", help="weights")
    asked = parser.parse_args()
    times: dict[str, list[list[float]]] = {"cold": [], "warm": []}
    with tempfile.TemporaryDirectory() as unused:
        run(asked.folder, unused)  # Python compiles the modules
    for _ in range(asked.rounds):
        with tempfile.TemporaryDirectory() as cache:
            for state in times:
                times[state].append(run(asked.folder, cache))
    rows = []
    for state, runs in times.items():
        parts = [statistics.median(part) for part in zip(*runs, strict=True)]
        totals = [sum(run) for run in runs]
        shown = [f"{part:.2f} s" for part in [*parts, statistics.median(totals)]]
        span = f"{min(totals):.2f} to {max(totals):.2f} s"
        rows.append([state, *shown, span, f"{ASKED[state]:.1f} s"])
    head = ["compilation cache", *PARTS, "together", "range", "asked"]
    publish("startup", f"{machine()}\n\n{table(head, rows)}", asked.record)


if __name__ == "__main__":
    main()
