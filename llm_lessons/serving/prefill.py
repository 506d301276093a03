"""Prompts of any lengths into a cache: padded, cut into chunks, read.

Rows of a batch end together: shorter prompts are padded in front, and nothing looks at
the padding. What all prompts begin with, worked examples for instance, is read once for
all of them. Letters in the shapes as in `transformer`.
"""

from collections.abc import Sequence
from functools import partial
from itertools import takewhile

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int

from llm_lessons.foundation import allocator, machine
from llm_lessons.foundation.waiting import heed_a_stop
from llm_lessons.model import kv_cache
from llm_lessons.model.attention import rope_in
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.kv_cache import (
    KVCache,
    before_layers,
    extend,
    jitted_block,
    prefill,
)
from llm_lessons.model.parameters import Parameters
from llm_lessons.model.transformer import activations, rms_norm, unembed
from llm_lessons.serving.sizes import (
    CHUNK,
    DEEP,
    PART,
    SHORT,
    capacity,
    chunk_ends,
    whole_chunks,
)

LARGE_KEYS = 10 * 2**20  # bytes of the keys of a cache that is large
_norm = jax.jit(rms_norm, static_argnames="eps")


def prefill_prompts(
    params: Parameters,
    prompts: Sequence[Sequence[int]],
    config: ModelConfig,
    room: int,
    head: KVCache | None = None,
) -> tuple[Float[Array, "B V"], KVCache]:
    """Read prompts of any lengths into a cache with `room` for more tokens.

    Args:
        head: what `read_head` has read of these prompts, or of more of them.

    Returns the scores after each prompt's last token, and the cache.
    """
    machine.check_process()
    # Alone, a prompt is soon read, and typing it on should compile nothing.
    longest, alone = max(map(len, prompts)), len(prompts) == 1
    least = CHUNK if alone else PART
    padded = whole_chunks(longest, least)
    start = np.array([padded - len(prompt) for prompt in prompts], np.int32)
    tokens = np.zeros((len(prompts), padded), np.int32)
    for row, prompt in zip(tokens, prompts, strict=True):
        row[padded - len(prompt) :] = prompt
    slots = capacity(whole_chunks(longest) + room, config, len(prompts))
    known = 0 if head is None else padded - whole_chunks(longest - _length(head), least)
    ends = chunk_ends(padded - known, alone)
    chunks = map(jnp.asarray, np.split(tokens[:, known:], ends, axis=1))
    if head is not None and known > 0:
        cache = _spread(head, start, known, slots)
        logits, cache = extend(params, next(chunks), cache, config)
    else:
        first = next(chunks)
        logits, cache = prefill(params, first, jnp.asarray(start), slots, config)
    for chunk in chunks:
        if config.n_layers > DEEP:  # each takes its time, and none waits for the last
            jax.block_until_ready(logits)
            heed_a_stop()
        logits, cache = extend(params, chunk, cache, config)
    return logits, cache


def read_head(
    params: Parameters, prompts: Sequence[Sequence[int]], config: ModelConfig
) -> KVCache | None:
    """What all prompts begin with, read once for all; None where that is too little.

    One token at least is left to each of them.
    """
    columns = takewhile(lambda column: len({*column}) == 1, zip(*prompts, strict=False))
    shared = min(sum(1 for _ in columns), min(map(len, prompts), default=0) - 1)
    if len(prompts) < 2 or shared < CHUNK:
        return None
    return prefill_prompts(params, [prompts[0][:shared]], config, 0)[1]


def _length(cache: KVCache) -> int:
    """Tokens of the one text in a cache."""
    return int(cache.length - cache.start[0])


def _spread(
    one: KVCache, start: Int[np.ndarray, " B"], length: int, slots: int
) -> KVCache:
    """The cache of one text as the beginning of many rows, `length` slots of each.

    Args:
        one: of the text; keys stand for places in it, so they serve wherever it begins.
        start: where it begins in each row; one that begins later gets nothing of it.
    """
    begin = one.start[0]
    keys, values = (
        tuple(_in_rows(x, begin, start, slots) for x in arrays)
        for arrays in (one.keys, one.values)
    )
    return KVCache(keys, values, jnp.asarray(start), jnp.asarray(length, jnp.int32))


@partial(jax.jit, static_argnames="slots")
def _in_rows(
    x: Float[Array, "1 K S H"],
    begin: Int[Array, ""],
    start: Int[Array, " B"],
    slots: int,
) -> Float[Array, "B K slots H"]:
    """What stands in `x` from `begin` on, in each row from its start on."""
    places = begin + jnp.arange(slots)[None, :] - start[:, None]
    # beside the text whatever is at hand: masked, or soon written over
    return x[0][:, jnp.clip(places, 0, x.shape[2] - 1)].swapaxes(0, 1)


def next_logits(
    params: Parameters, prompt: Sequence[int], config: ModelConfig
) -> Float[Array, " V"]:
    """The scores for the token after one prompt.

    A short one is read in one program by a model that is not deep: a keystroke in a
    prompt then costs half as much, and five sizes are compiled at the most.
    """
    machine.check_process()
    if len(prompt) > SHORT[-1] or config.n_layers > DEEP:
        return prefill_prompts(params, [prompt], config, 0)[0][0]
    width = next(size for size in SHORT if len(prompt) <= size)
    tokens = np.zeros((1, width), np.int32)
    tokens[0, : len(prompt)] = prompt  # nothing looks ahead at what fills it up
    return _short(params, tokens, np.int32(len(prompt)), config)


@partial(jax.jit, static_argnames="config")
def _short(
    params: Parameters,
    tokens: Int[Array, "1 T"],
    length: Int[Array, ""],
    config: ModelConfig,
) -> Float[Array, " V"]:
    final = activations(params, tokens, config).final
    return unembed(params, final[:, length - 1])[0]


@partial(jax.jit, static_argnames="config")
def _final(
    params: Parameters, tokens: Int[Array, "B T"], config: ModelConfig
) -> Float[Array, "B T D"]:
    return activations(params, tokens, config).final


def final_activations(
    params: Parameters, tokens: Int[np.ndarray, "B T"], config: ModelConfig
) -> Float[Array, "B T D"]:
    """What the last layer makes of whole texts, normed: what `unembed` takes.

    The same as of `activations`, but a deep model is read layer by layer, by one
    program.
    """
    machine.check_process()
    if config.n_layers <= DEEP:
        return _final(params, tokens, config)
    start, width = np.zeros(len(tokens), np.int32), tokens.shape[1]
    x, rope, mask = before_layers(params.embedding, tokens, start, 0, width, config)
    for i, layer in enumerate(params.layers):
        turns = rope_in(i, rope, config)
        x = jitted_block(layer, x, turns, mask, config).stream
    return _norm(x, params.final_norm, config.norm_eps)


def grow_cache(cache: KVCache, config: ModelConfig) -> KVCache:
    """The same cache in the next size; this one is given up, array by array.

    So hardly more than the larger one is ever held.
    """
    slots = capacity(cache.slots + 1, config, len(cache.start))

    def longer(x: Float[Array, "B K S H"]) -> Float[Array, "B K slots H"]:
        larger = kv_cache.grow(x, slots).block_until_ready()
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
    """Whether it leaves enough behind that sweeping up is worth 15 milliseconds."""
    return sum(x.nbytes for x in cache.keys) >= LARGE_KEYS
