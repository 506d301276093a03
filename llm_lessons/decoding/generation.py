"""The loop: probabilities, flip, append, feed back, repeat.

`generate` runs the whole loop inside one compiled function; `stream` runs the same step
one token at a time.
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import takewhile
from typing import no_type_check

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Bool, Float, Int

from llm_lessons import allocator
from llm_lessons.decoding.sampling import coin, sample
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.kv_cache import KVCache, decode_step
from llm_lessons.model.prefill import DEEP, cache_bytes, grow, is_large, read_prompts
from llm_lessons.model.transformer import Parameters

STOPS = 4  # tokens that end a text, filled up to so many: any choice runs one program
GROUP_SIZES = (1, 8, 16, 20)  # the only ones compiled; a group is filled up to one
CACHE_BYTES = 24 * 2**20  # of a group: more would not stay in the processor's own cache
DEEP_BYTES = 128 * 2**20  # of a deep model's group: its weights are more to read
WEIGHTS = 4  # rows whose arithmetic takes about as long as a step's reading of weights


@dataclass(frozen=True)
class Settings:
    """How the next token is drawn; see `sampling`. None cuts nothing."""

    temperature: float = 1.0
    top_k: int | None = None
    top_p: float | None = None
    seed: int = 0


@no_type_check
@jax.tree_util.register_dataclass
@dataclass(frozen=True)
class _Draw:
    """`Settings` as arrays, so that changing one never compiles anew."""

    temperature: Float[Array, ""]
    top_k: Int[Array, ""]
    top_p: Float[Array, ""]
    seeds: Int[Array, " B"]


@no_type_check
@jax.tree_util.register_dataclass
@dataclass(frozen=True)
class _Loop:
    """What the compiled loop carries from token to token."""

    step: Int[Array, ""]
    logits: Float[Array, "B V"]
    cache: KVCache
    out: Int[Array, "B room"]
    done: Bool[Array, " B"]


def _draw_settings(settings: Settings, batch: int) -> _Draw:
    everything = np.iinfo(np.int32).max
    # Any whole number is a seed, though only 32 bits of it reach the coin.
    seeds = [(settings.seed + row) % 2**32 for row in range(batch)]
    return _Draw(
        temperature=jnp.float32(settings.temperature),
        top_k=jnp.int32(min(settings.top_k or everything, everything)),
        top_p=jnp.float32(1.0 if settings.top_p is None else settings.top_p),
        seeds=jnp.asarray(np.array(seeds, np.uint32).view(np.int32)),
    )


def _choose(
    logits: Float[Array, "B V"], cache: KVCache, draw: _Draw
) -> Int[Array, " B"]:
    """One flip a row, by a coin that depends on (seed, position in the text) alone."""
    u = coin(draw.seeds, cache.length - cache.start)
    return sample(logits, u, draw.temperature, draw.top_k, draw.top_p)


def _stops(stops: Sequence[int]) -> Int[np.ndarray, " stops"]:
    return np.resize(np.array(stops, np.int32), max(STOPS, len(stops)))


@partial(jax.jit, static_argnames="config", donate_argnums=(1, 2))
def _run(params, logits, cache, draw, done, limits, stops, config):
    """The loop, until the cache is full, or every row has drawn a stop or its limit.

    Returns all that it carries, so that the cache is written in place.
    """
    size = cache.slots

    def unfinished(loop):
        return ~jnp.all(loop.done) & (loop.cache.length < size)

    def advance(loop):
        token = _choose(loop.logits, loop.cache, draw)
        token = jnp.where(loop.done, stops[0], token)
        out = jax.lax.dynamic_update_slice(loop.out, token[:, None], (0, loop.step))
        logits, cache = decode_step(params, token, loop.cache, config)
        step = loop.step + 1
        ended = jnp.isin(token, stops)
        return _Loop(step, logits, cache, out, ended | (step >= limits))

    out = jnp.full((logits.shape[0], size), stops[0], jnp.int32)
    zero = jnp.zeros((), jnp.int32)
    begin = _Loop(zero, logits, cache, out, done | (limits < 1))
    return jax.lax.while_loop(unfinished, advance, begin)


def _generate_group(
    params: Parameters,
    prompts: Sequence[Sequence[int]],
    config: ModelConfig,
    settings: Settings,
    limits: Sequence[int],
    stops: tuple[int, ...],
) -> list[list[int]]:
    """Continue prompts in one loop, filled up with rows that stop at once."""
    count = len(prompts)
    spare = next(size for size in GROUP_SIZES if size >= count) - count
    prompts = [*prompts, *[prompts[0]] * spare]
    limits = [*limits, *[0] * spare]
    logits, cache = read_prompts(params, prompts, config, 1)
    draw, ends = _draw_settings(settings, len(prompts)), _stops(stops)
    left, done = np.array(limits, np.int32), np.zeros(len(prompts), bool)
    parts, large = [], is_large(cache)
    if large:
        allocator.sweep()
    # The cache grows with the text: each step reads all of it, used or not.
    while True:
        end = _run(params, logits, cache, draw, done, left, ends, config)
        drawn, done = int(end.step), np.asarray(end.done)
        parts.append(np.asarray(end.out)[:count, :drawn])
        if done.all():
            break
        logits, cache, left = end.logits, grow(end.cache, config), left - drawn
    del end, logits, cache
    if large:
        allocator.sweep()
    rows = np.concatenate(parts, axis=1).tolist()
    return [list(takewhile(lambda token: token not in stops, row)) for row in rows]


def _group_rows(
    prompts: Sequence[Sequence[int]], config: ModelConfig, workers: int
) -> int:
    """How many rows to draw together: what takes the least time, in even groups."""
    row = cache_bytes(max(map(len, prompts), default=1), config)
    most = DEEP_BYTES if config.n_layers > DEEP else CACHE_BYTES

    def rounds(size: int) -> int:
        return -(-len(prompts) // (workers * size)) or 1

    size = min(
        (size for size in GROUP_SIZES if size == 1 or size * row <= most),
        key=lambda size: rounds(size) * (size + WEIGHTS),
    )
    share = -(-len(prompts) // (rounds(size) * workers))
    # Fewer than the least that a group is filled up to would not be faster.
    return max(share, min(size, GROUP_SIZES[1]))


def generate(
    params: Parameters,
    prompts: Sequence[Sequence[int]],
    config: ModelConfig,
    settings: Settings,
    limits: Sequence[int],
    stops: tuple[int, ...],
) -> list[list[int]]:
    """Continue token prompts together; row i flips with seed + i.

    Many prompts go in groups, one loop a group and one thread a core: XLA reads a
    cache with a single thread, so two loops side by side draw nearly twice as fast. Of
    a deep model the weights are more to read than the cache: one loop reads them once.

    Args:
        limits: most tokens to draw, a row.
        stops: the tokens that end a text, one or more; none is returned.
    """
    workers = (os.cpu_count() or 1) if config.n_layers <= DEEP else 1
    share = _group_rows(prompts, config, workers)

    def continue_from(i: int) -> list[list[int]]:
        rows, ends = prompts[i : i + share], limits[i : i + share]
        own = replace(settings, seed=settings.seed + i)
        return _generate_group(params, rows, config, own, ends, stops)

    with ThreadPoolExecutor(workers) as pool:
        groups = pool.map(continue_from, range(0, len(prompts), share))
        drawn = [row for group in groups for row in group]
    # What compiling for many texts, or for many layers, left behind.
    if len(prompts) > 1 or config.n_layers > DEEP:
        allocator.sweep()
    return drawn


def stream(
    params: Parameters,
    prompt: Sequence[int],
    config: ModelConfig,
    settings: Settings,
    limit: int,
    stops: tuple[int, ...],
) -> Iterator[int]:
    """The same loop, one token at a time, which is handed over as it is drawn."""
    logits, cache = read_prompts(params, [prompt], config, 1)
    draw, ends = _draw_settings(settings, 1), _stops(stops)
    one, going = np.ones(1, np.int32), np.zeros(1, bool)
    drawn = 0
    while drawn < limit:
        end = _run(params, logits, cache, draw, going, one, ends, config)
        logits, cache = end.logits, end.cache
        if not int(end.step):
            cache = grow(cache, config)
            continue
        token = int(end.out[0, 0])
        if token in stops:
            return
        yield token
        drawn += 1
