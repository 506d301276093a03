"""Prompts of any lengths into a cache: padded, cut into chunks, read.

Rows of a batch end together: shorter prompts are padded in front, and nothing looks at
the padding.
"""

from collections.abc import Sequence
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int

from llm_lessons import allocator
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.kv_cache import (
    KVCache,
    Stages,
    begin,
    enter,
    leave,
    prefill,
    widen,
)
from llm_lessons.model.transformer import Parameters, block, read, rms_norm, unembed

CHUNK = 64  # tokens read at once, and the least that a cache grows by
PART = 16  # what a batch is padded to: of 64, half may be padding
SHORT = (8, 16, 24, 40, 64)  # what a short prompt is padded to: each a good half more
LONG_CHUNK = 256  # of a long text that is read alone: the weights are fetched once
DOUBLING = 320  # slots from which on a cache doubles: 256 tokens, padding, and room
DEEP = 12  # more layers make a large program, to which a small cache would add little
LARGE_KEYS = 10 * 2**20  # bytes of the keys of a cache that is large
BATCHED = 128  # slots of a deep model's smallest cache for a batch, which isn't small


def whole_chunks(length: int) -> int:
    """So many tokens, rounded up to whole chunks: then few sizes are compiled."""
    return -(-length // CHUNK) * CHUNK


def capacity(slots: int, config: ModelConfig, rows: int = 1) -> int:
    """Slots of the smallest cache that holds so many tokens of so many rows."""
    if config.n_layers > DEEP:
        slots = max(slots, BATCHED if rows > 1 and slots <= BATCHED else DOUBLING)
    if slots <= DOUBLING:
        return whole_chunks(slots)
    return 1 << (slots - 1).bit_length()


# A text is read by one small program a stage, run for every layer: whatever the length,
# little is compiled and little stays in memory (one for all layers of SmolLM2 would
# take seconds and 40 MB a length). Only the loop that draws is one program of them all.
_STAGES = Stages(
    jax.jit(enter, static_argnames=("capacity", "config")),
    jax.jit(block, static_argnames="config", donate_argnames=("keys", "values")),
    jax.jit(widen, static_argnames="slots"),
    jax.jit(leave, static_argnames=("rows", "config")),
)
_norm = jax.jit(rms_norm, static_argnames="eps")


@partial(jax.jit, static_argnames="config")
def _read_short(
    params: Parameters,
    tokens: Int[Array, "1 T"],
    length: Int[Array, ""],
    config: ModelConfig,
) -> Float[Array, " V"]:
    stream = read(params, tokens, config).stream
    return unembed(params, stream[:, length - 1])[0]


def scores(
    params: Parameters,
    prompt: Sequence[int],
    config: ModelConfig,
) -> Float[Array, " V"]:
    """The scores for the token after one prompt.

    A short one is read in one program by a model that is not deep: a keystroke in a
    prompt then costs half as much, and five sizes are compiled at the most.
    """
    if len(prompt) > SHORT[-1] or config.n_layers > DEEP:
        return read_prompts(params, [prompt], config, 0)[0][0]
    width = next(size for size in SHORT if len(prompt) <= size)
    tokens = np.zeros((1, width), np.int32)
    tokens[0, : len(prompt)] = prompt  # nothing looks ahead at what fills it up
    return _read_short(params, tokens, np.int32(len(prompt)), config)


def _ends(length: int, alone: bool) -> list[int]:
    """Where a text of so many tokens is cut, to be read in as few sizes as possible."""
    ends = [0]
    for size in (LONG_CHUNK, CHUNK) if alone else (CHUNK,):
        ends += range(ends[-1] + size, length + 1, size)
    return [end for end in ends if 0 < end < length]


def read_prompts(
    params: Parameters,
    prompts: Sequence[Sequence[int]],
    config: ModelConfig,
    room: int,
) -> tuple[Float[Array, "B V"], KVCache]:
    """Read prompts of any lengths into a cache with `room` for more tokens.

    Returns the scores after each prompt's last token, and the cache.
    """
    # Alone, a prompt is soon read, and typing it on should compile nothing.
    longest, alone = max(map(len, prompts)), len(prompts) == 1
    least = CHUNK if alone else PART
    padded = -(-longest // least) * least
    start = np.array([padded - len(prompt) for prompt in prompts], np.int32)
    tokens = np.zeros((len(prompts), padded), np.int32)
    for row, prompt in zip(tokens, prompts, strict=True):
        row[padded - len(prompt) :] = prompt
    slots = capacity(whole_chunks(longest) + room, config, len(prompts))
    first, *others = map(jnp.asarray, np.split(tokens, _ends(padded, alone), axis=1))
    logits, cache = begin(params, first, jnp.asarray(start), slots, config, _STAGES)
    for chunk in others:
        logits, cache = prefill(params, chunk, cache, config, _STAGES)
    return logits, cache


@partial(jax.jit, static_argnames="config")
def _stream(
    params: Parameters, tokens: Int[Array, "B T"], config: ModelConfig
) -> Float[Array, "B T D"]:
    return read(params, tokens, config).stream


def stream_of(
    params: Parameters, tokens: Int[np.ndarray, "B T"], config: ModelConfig
) -> Float[Array, "B T D"]:
    """What the last layer makes of whole texts, normed: what `unembed` takes.

    The same as of `read`, but a deep model is read layer by layer, by one program.
    """
    if config.n_layers <= DEEP:
        return _stream(params, tokens, config)
    start, zero = np.zeros(len(tokens), np.int32), np.int32(0)
    width = tokens.shape[1]
    x, place, _ = _STAGES.enter(params.embedding, tokens, start, zero, width, config)
    for layer in params.layers:
        x = _STAGES.block(layer, x, place, config).stream
    normed = _norm(x, params.final_norm, config.norm_eps)
    return normed.reshape(*tokens.shape, -1)


def grow(cache: KVCache, config: ModelConfig) -> KVCache:
    """The same cache in the next size; this one is given up, array by array.

    So hardly more than the larger one is ever held.
    """
    slots = capacity(cache.slots + 1, config, len(cache.start))

    def longer(x: Float[Array, "BK S H"]) -> Float[Array, "BK slots H"]:
        larger = _STAGES.widen(x, slots).block_until_ready()
        x.delete()
        return larger

    large, made = is_large(cache), []
    for arrays in (cache.keys, cache.values):
        made.append(tuple(map(longer, arrays)))
        if large:
            allocator.sweep()
    keys, values = made
    return KVCache(keys, values, cache.start, cache.length)


def is_large(cache: KVCache) -> bool:
    """Whether it leaves enough behind that sweeping up is worth the time."""
    return sum(x.nbytes for x in cache.keys) >= LARGE_KEYS


def cache_bytes(length: int, config: ModelConfig) -> int:
    """Bytes of the cache that a prompt of so many tokens, alone, is read into."""
    numbers = 2 * config.n_layers * config.n_kv_heads * config.d_head
    return 4 * numbers * capacity(whole_chunks(length) + 1, config)
