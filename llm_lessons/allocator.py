"""Have Linux' C library give back the memory that is no longer needed.

glibc keeps what was freed for later use, in a heap for each thread, as long as a block
is under 32 MB. JAX frees many such blocks, and compiles in many threads: a lesson that
needed one gigabyte held two. So all threads share one heap, blocks from `LARGE` on come
from the system and go back to it, and a notebook's heap is swept after every cell.
"""

import ctypes
import os
import sys

LARGE = 2**24  # bytes; with smaller ones XLA would wait for new pages too often
_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8  # of mallopt(3), in glibc's malloc.h
_OWN_CHOICE = ("GLIBC_TUNABLES", "MALLOC_ARENA_MAX", "MALLOC_MMAP_THRESHOLD_")


def give_back() -> bool:
    """Ask for it, unless the user's environment says how memory is to be kept.

    Returns whether it was asked for; other systems need no word.
    """
    if not sys.platform.startswith("linux") or any(map(os.environ.get, _OWN_CHOICE)):
        return False
    libc = ctypes.CDLL(None)
    if not hasattr(libc, "mallopt"):  # musl's own ways
        return False
    libc.mallopt(_M_MMAP_THRESHOLD, LARGE)
    libc.mallopt(_M_ARENA_MAX, 1)
    if notebook := "IPython" in sys.modules and sys.modules["IPython"].get_ipython():
        notebook.events.register("post_run_cell", lambda _: libc.malloc_trim(0))
    return True
