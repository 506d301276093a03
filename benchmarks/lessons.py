"""How long each lesson runs from top to bottom, and the most memory that it holds.

Every lesson runs in a kernel of its own, as after "Run All Cells"; starting the kernel
counts. What JAX compiled in an earlier run is used again. Then once more, as on a
computer without the real model. The results are kept where the handouts and the tests
look for them.
"""

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.common import ROOT, arguments, machine, publish, table
from llm_lessons.pages.execution import kept_at, lessons

PROGRAM = """
import json, resource, sys, time
from pathlib import Path
from llm_lessons.pages.execution import executed
began = time.perf_counter()
executed(Path(sys.argv[1]), real_model=sys.argv[2] == "True")
taken = time.perf_counter() - began
most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([taken, most if sys.platform == "darwin" else 1024 * most]))
"""
LIVE = ("05", "10")  # they train a model before the learner's eyes
ASKED = {True: 150, False: 60}  # seconds, with and without live training


def run(path: Path, real_model: bool) -> list[float]:
    """Seconds and bytes of one run."""
    kept = kept_at(path, real_model=real_model)
    kept.with_suffix(".sha256").unlink(missing_ok=True)
    command = [sys.executable, "-c", PROGRAM, str(path), str(real_model)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    """Measure, and print the table."""
    asked = arguments(__doc__, rounds=1).parse_args()
    rows, whole = [], [0.0, 0.0]
    for path in lessons():
        row = [path.stem, f"{ASKED[path.name[:2] in LIVE]} s"]
        for i, real_model in enumerate((True, False)):
            taken, most = min(run(path, real_model) for _ in range(asked.rounds))
            whole[i] += taken
            row += [f"{taken:.0f} s", f"{most / 1e9:.2f} GB"]
        rows.append(row)
        print(*row, flush=True)
    total, without = (f"{seconds / 60:.1f} min" for seconds in whole)
    rows.append(["all", "8 min", total, "", without, ""])
    head = ["lesson", "asked", "top to bottom", "peak memory"]
    head += ["without the real model", "peak memory"]
    publish("lessons", f"{machine()}\n\n{table(head, rows)}", asked.record)


if __name__ == "__main__":
    main()
