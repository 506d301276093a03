"""Memory that was freed goes back to the system, where nobody wished otherwise."""

import os
import subprocess
import sys

import pytest

from llm_lessons.foundation.allocator import KEEPS_ALL, LARGE

pytestmark = pytest.mark.slow

# Large blocks, each below a small one that stays: so a heap can't shrink.
PROGRAM = """
import os
import numpy as np
import llm_lessons

def held():
    pages = int(open("/proc/self/statm").read().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")

before = held()
pairs = [(np.ones(20 * 2**20, np.uint8), bytes(50_000)) for _ in range(8)]
most = held()
small = [pair[1] for pair in pairs]
del pairs
print(most - before, held() - before)
"""

# Blocks too small to go back one by one, made and freed by a cell of a notebook.
NOTEBOOK = """
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shell.run_cell({setting_up!r})
shell.run_cell("pairs = [(b'x' * 2**20, b'y' * 50_000) for _ in range(160)]")
most = shell.user_ns["held"]()
shell.run_cell("small = [pair[1] for pair in pairs]; del pairs")
print(most - shell.user_ns["before"], shell.user_ns["held"]() - shell.user_ns["before"])
""".format(setting_up=PROGRAM.split("pairs")[0])


def most_and_left(program: str = PROGRAM, **choice: str) -> tuple[int, int]:
    """Bytes that a process took for its blocks, and held when they were freed."""
    own = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**own, **choice},
        check=True,
        capture_output=True,
        text=True,
    )
    most, left = done.stdout.split()
    return int(most), int(left)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc's own ways")
def test_smaller_ones_go_back_after_every_cell():
    most, left = most_and_left(NOTEBOOK)
    assert most > 150 * 2**20
    assert left < most / 4
    _, kept = most_and_left(NOTEBOOK, MALLOC_MMAP_THRESHOLD_=str(LARGE))
    assert kept > most / 2


@pytest.mark.rest
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc's own ways")
def test_large_blocks_go_back_at_once_unless_a_process_keeps_all():
    most, left = most_and_left()
    assert most > 150 * 2**20 and left < most / 4
    most, left = most_and_left(**KEEPS_ALL)
    assert most > 150 * 2**20 and left > 0.9 * most
