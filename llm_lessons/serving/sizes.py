"""The few sizes that are compiled, and how many texts are drawn together.

Each new size costs half a second, once. So prompts are padded, long ones cut into
chunks, and a cache grows by whole sizes: whatever is typed meets a program that is
there.

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

CHUNK = 64  # tokens read at once, and the least that a cache grows by
PART = 16  # what a batch is padded to: of 64, half may be padding
SHORT = (8, 16, 24, 40, 64)  # what a short prompt is padded to: each a good half more
LONG_CHUNK = 256  # of a long text that is read alone: a quarter faster than by 64
DOUBLING = 320  # slots from which on a cache doubles: 256 tokens, padding, and room
# More layers make a large program, to which a small cache would add little: one for all
# layers of SmolLM2 takes seconds and 40 MB a size.
DEEP = 12
BATCHED = 128  # slots of a deep model's smallest cache for a batch, which isn't small

SIZES = (1, 8, 16, 20)  # the only ones compiled; a group is filled up to one
CACHE_BYTES = 24 * 2**20  # of a group: more would not stay in the processor's own cache
DEEP_BYTES = 128 * 2**20  # of a deep model's group: its weights are more to read
WEIGHTS = 4  # rows whose arithmetic takes about as long as a step's reading of weights


def whole_chunks(length: int, chunk: int = CHUNK) -> int:
    """So many tokens, rounded up to whole chunks."""
    return -(-length // chunk) * chunk


def capacity(slots: int, config: ModelConfig, rows: int = 1) -> int:
    """Slots of the smallest cache that holds so many tokens of so many rows.

    It grows with the text, for each step reads all of it, used or not.
    """
    if config.n_layers > DEEP:
        slots = max(slots, BATCHED if rows > 1 and slots <= BATCHED else DOUBLING)
    if slots <= DOUBLING:
        return whole_chunks(slots)
    return 1 << (slots - 1).bit_length()


def cache_bytes(length: int, config: ModelConfig) -> int:
    """Bytes of the cache that a prompt of so many tokens, alone, is read into."""
    numbers = 2 * config.n_layers * config.n_kv_heads * config.d_head
    return 4 * numbers * capacity(whole_chunks(length) + 1, config)


def chunk_ends(length: int, alone: bool) -> list[int]:
    """Where a text of so many tokens is cut, to be read in as few sizes as possible."""
    ends = [0]
    for size in (LONG_CHUNK, CHUNK) if alone else (CHUNK,):
        ends += range(ends[-1] + size, length + 1, size)
    return [end for end in ends if 0 < end < length]


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
