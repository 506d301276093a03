"""Memory that was freed goes back to the system, where nobody wished otherwise."""

import os
import subprocess
import sys

import pytest

from llm_lessons.foundation.allocator import LARGE

pytestmark = pytest.mark.slow

# Blocks too small to go back one by one, made and freed by a cell of a notebook. Each
# lies below a small one that stays: so a heap can't shrink.
NOTEBOOK = """
import os
from IPython.core.interactiveshell import InteractiveShell

def held():
    pages = int(open("/proc/self/statm").read().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")

shell = InteractiveShell.instance()
shell.run_cell("import llm_lessons")
before = held()
shell.run_cell("pairs = [(b'x' * 2**20, b'y' * 50_000) for _ in range(160)]")
most = held()
shell.run_cell("small = [pair[1] for pair in pairs]; del pairs")
print(most - before, held() - before)
"""


def most_and_left(**choice: str) -> tuple[int, int]:
    """Bytes that a process took for its blocks, and held when they were freed."""
    own = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", NOTEBOOK],
        env={**own, **choice},
        check=True,
        capture_output=True,
        text=True,
    )
    most, left = done.stdout.split()
    return int(most), int(left)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc's own ways")
def test_blocks_go_back_after_every_cell_unless_somebody_wished_otherwise():
    most, left = most_and_left()
    assert most > 150 * 2**20
    assert left < most / 4
    _, kept = most_and_left(MALLOC_MMAP_THRESHOLD_=str(LARGE))
    assert kept > most / 2
