"""How long each lesson runs from top to bottom, its slowest cells, and its memory.

Every lesson runs in a kernel of its own, as after "Run All Cells", with the learner's
own fresh samples; starting the kernel counts. What JAX compiled in an earlier run is
used again, so run it twice.
"""

import json
import os
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from benchmarks.common import ROOT, arguments, machine, publish, table
from llm_lessons.foundation import diary
from llm_lessons.pages.execution import lessons

PROGRAM = """
import json, resource, sys, time
from pathlib import Path
from benchmarks.lessons import cells
began = time.perf_counter()
found = cells(Path(sys.argv[1]))
taken = time.perf_counter() - began
most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([taken, most if sys.platform == "darwin" else 1024 * most, found]))
"""
SLOW = 3.0  # seconds: what takes longer is named


def cells(path: Path) -> dict[str, float]:
    """Seconds of each code cell, by its id."""
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        NotebookClient(
            notebook,
            timeout=None,
            kernel_name="python3",
            record_timing=True,
            extra_arguments=["--log-level=ERROR"],
            resources={"metadata": {"path": str(path.parent)}},
        ).execute(env={**os.environ, diary.PLACE: folder})
    return {
        cell.id: (_time(cell, "shell.execute_reply") - _time(cell, "iopub.status.busy"))
        for cell in notebook.cells
        if cell.cell_type == "code" and cell.source
    }


def _time(cell: nbformat.NotebookNode, event: str) -> float:
    return datetime.fromisoformat(cell.metadata.execution[event]).timestamp()


def run(path: Path) -> tuple[float, float, dict[str, float]]:
    """Seconds and bytes of one run, and seconds of its cells."""
    command = [sys.executable, "-c", PROGRAM, str(path)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return tuple(json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    """Measure, and print the table."""
    asked = arguments(__doc__, rounds=1).parse_args()
    rows, whole = [], 0.0
    for path in lessons():
        taken, most, found = min(run(path) for _ in range(asked.rounds))
        whole += taken
        ordered = sorted(found, key=lambda cell: -found[cell])
        slow = [one for one in ordered if found[one] > SLOW] or ordered[:1]
        told = ", ".join(f"{one} {found[one]:.1f} s" for one in slow)
        row = [path.stem, f"{taken:.0f} s", f"{most / 1e9:.2f} GB", told]
        rows.append(row)
        print(*row, flush=True)
    rows.append(["all", f"{whole:.0f} s", "", ""])
    head = ["lesson", "top to bottom", "peak memory", f"cells over {SLOW:.0f} s"]
    publish("lessons", f"{machine()}\n\n{table(head, rows)}", asked.record)


if __name__ == "__main__":
    main()
