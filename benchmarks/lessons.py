"""How long each lesson runs from top to bottom, and the most memory that it holds.

Every lesson runs in a kernel of its own, as after "Run All Cells"; starting the kernel
counts. What JAX compiled in an earlier run is used again; `--rounds 2` makes sure that
there was one. The fastest round counts.
"""

import re
import time

import nbformat
from nbclient import NotebookClient

from benchmarks.common import arguments, machine, publish, table
from llm_lessons.handouts.execution import PATIENCE, lessons

PEAK = """
import resource, sys
most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print("peak", most if sys.platform == "darwin" else 1024 * most)
"""
LIVE = ("05", "10")  # they train a model before the learner's eyes
ASKED = {True: 150, False: 60}  # seconds, with and without live training


def run(path) -> tuple[float, float]:
    """Seconds and bytes of one run."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(PEAK))
    began = time.perf_counter()
    done = NotebookClient(
        notebook,
        timeout=PATIENCE,
        startup_timeout=PATIENCE,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
    ).execute()
    taken = time.perf_counter() - began
    found = re.search(r"peak (\d+)", done.cells[-1].outputs[0].text)
    assert found
    return taken, float(found[1])


def main() -> None:
    """Measure, and print the table."""
    asked = arguments(__doc__, rounds=1).parse_args()
    rows, whole = [], 0.0
    for path in lessons():
        taken, most = min(run(path) for _ in range(asked.rounds))
        whole += taken
        limit = ASKED[path.name[:2] in LIVE]
        rows.append([path.stem, f"{taken:.0f} s", f"{limit} s", f"{most / 1e9:.2f} GB"])
        print(*rows[-1], flush=True)
    rows.append(["all", f"{whole / 60:.1f} min", "8 min", ""])
    head = ["lesson", "top to bottom", "asked", "peak memory"]
    publish("lessons", f"{machine()}\n\n{table(head, rows)}", asked.record)


if __name__ == "__main__":
    main()
