"""How fast this machine reads memory: the limit on decoding one text.

Every weight is read once for every token. So a processor that did all arithmetic for
free would still need `bytes / bandwidth` seconds a token. A buffer that fits the cache
is read faster than a larger one, and Fjord's weights may fit: so size is an argument.
"""

import argparse
import os
import subprocess
import sys
import threading
import time

import numpy as np


def measure(size: int, threads: int, seconds: float = 1.0) -> float:
    """Bytes a second that threads together read from a buffer of `size` bytes.

    Each thread goes over its own share again and again (the dot product of the share
    with itself reads every number once).
    """
    shares = np.array_split(np.ones(size // 4, np.float32), threads)
    start = threading.Barrier(threads)
    read = [0.0] * threads

    def go_over(i: int) -> None:
        share = shares[i]
        share.dot(share)
        start.wait()
        began = time.perf_counter()
        passes = 0
        while time.perf_counter() - began < seconds:
            share.dot(share)
            passes += 1
        read[i] = passes * share.nbytes / (time.perf_counter() - began)

    workers = [threading.Thread(target=go_over, args=(i,)) for i in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return sum(read)


def in_fresh_process(size: int, threads: int) -> float:
    """`measure`, where NumPy's own threads can be held to one each."""
    done = subprocess.run(
        [sys.executable, __file__, str(size), str(threads)],
        env=dict(os.environ, OPENBLAS_NUM_THREADS="1"),
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", type=int, help="bytes")
    parser.add_argument("threads", type=int)
    asked = parser.parse_args()
    print(measure(asked.size, asked.threads))
