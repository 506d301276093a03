"""The few sizes that are compiled: each new one costs half a second, once.

Prompts are padded, long ones cut into chunks, and a cache grows by whole sizes, so that
whatever is typed meets a program that is there.
"""

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
