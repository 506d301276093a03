"""Have Linux' C library give back the memory that is no longer needed.

glibc keeps what was freed for later use, in a heap for each thread, as long as a block
is under 32 MB. JAX frees many such blocks, and compiles in many threads: a lesson that
needed one gigabyte held two. So all threads share one heap, and blocks from `LARGE` on
come from the system and go back to it. What smaller ones leave is swept up after every
cell of a notebook, and while many texts are drawn.
"""

import ctypes
import os
import sys
import time
from functools import cache

LARGE = 2**24  # bytes; with smaller ones XLA would wait for new pages too often
_MOMENT = 0.002  # seconds: XLA lets go of memory just after a result is there
_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8  # of mallopt(3), in glibc's malloc.h
# The environment of a process that is to keep all until it ends: pages that go back and
# come again cost it a tenth of its time.
KEEPS_ALL = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_MAX_": "0",
    "MALLOC_TOP_PAD_": str(2**26),
    "MALLOC_TRIM_THRESHOLD_": str(2**33),
}
_OWN_CHOICE = ("GLIBC_TUNABLES", "MALLOC_ARENA_MAX", "MALLOC_MMAP_THRESHOLD_")


@cache
def _glibc() -> ctypes.CDLL | None:
    """glibc, unless the user's environment says how memory is to be kept."""
    if not sys.platform.startswith("linux") or any(map(os.environ.get, _OWN_CHOICE)):
        return None
    libc = ctypes.CDLL(None)
    return libc if hasattr(libc, "mallopt") else None  # musl has its own ways


def give_back() -> bool:
    """Ask for it; returns whether it was asked for. Other systems need no word."""
    libc = _glibc()
    if libc is None:
        return False
    libc.mallopt(_M_MMAP_THRESHOLD, LARGE)
    libc.mallopt(_M_ARENA_MAX, 1)
    if notebook := "IPython" in sys.modules and sys.modules["IPython"].get_ipython():
        notebook.events.register("post_run_cell", lambda _: sweep())
    return True


def sweep() -> None:
    """Give back what lies free between blocks in use; takes some 15 milliseconds."""
    if libc := _glibc():
        time.sleep(_MOMENT)
        libc.malloc_trim(0)
