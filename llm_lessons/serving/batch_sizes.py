"""How many texts are drawn together, so that all are there soonest.

XLA reads a cache with a single thread, so two loops side by side draw nearly twice as
fast. Few rows are slow: on a processor without AVX-512, eight cost seven times one. So
two to four texts are drawn one by one, side by side: 3.5 to 6.7 times as fast as one
group of 8. Larger groups than these wait for memory: with 24 MB of cache, 128 texts are
a tenth faster than with 128 MB.
"""

from collections.abc import Callable, Sequence
from contextlib import closing

from llm_lessons.foundation.waiting import Waiting, in_threads
from llm_lessons.model.config import ModelConfig
from llm_lessons.serving.compiled_sizes import DEEP, cache_bytes

SIZES = (1, 8, 16, 20)  # the only ones compiled; a group is filled up to one
CACHE_BYTES = 24 * 2**20  # of a group: more would not stay in the processor's own cache
DEEP_BYTES = 128 * 2**20  # of a deep model's group: its weights are more to read
WEIGHTS = 4  # rows whose arithmetic takes about as long as a step's reading of weights


def filled_up(rows: int) -> int:
    """The size that a group of so many rows is filled up to."""
    return next(size for size in SIZES if size >= rows)


def group_rows(
    prompts: Sequence[Sequence[int]], config: ModelConfig, workers: int
) -> int:
    """How many rows to draw together: what takes the least time, in even groups."""
    row = cache_bytes(max(map(len, prompts), default=1), config)
    most = DEEP_BYTES if config.n_layers > DEEP else CACHE_BYTES

    def rounds(size: int) -> int:
        return -(-len(prompts) // (workers * size)) or 1

    size = min(
        (size for size in SIZES if size == 1 or size * row <= most),
        key=lambda size: rounds(size) * (size + WEIGHTS),
    )
    share = -(-len(prompts) // (rounds(size) * workers))
    # Fewer than the least that a group is filled up to would not be faster.
    return max(share, min(size, SIZES[1]))


def in_groups[T](
    work: Callable[[Sequence[int]], Sequence[T]],
    texts: Sequence[Sequence[int]],
    rows: int,
    workers: int,
    what: str,
) -> list[T]:
    """What comes of each text, read in groups of like length, a thread a worker.

    Args:
        work: what comes of the texts in these places.
        rows: how many of them there are at most.
        what: what one waits for, as "writing".
    """
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    groups = [order[i : i + rows] for i in range(0, len(order), rows)]
    found: dict[int, T] = {}
    bar = Waiting(what, len(texts))
    with closing(in_threads(work, groups, workers)) as worked, bar:
        for group, results in zip(groups, worked, strict=True):
            found |= zip(group, results, strict=True)
            bar.done(len(group))
    return [found[i] for i in range(len(texts))]
