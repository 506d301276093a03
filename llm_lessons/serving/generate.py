"""Texts from prompts: read them, run the loop; if the cache is full, go on in a larger.

`generate` draws many texts in groups, `stream` hands over one token by token. Both run
the very loop of `decoding.loop`.
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile

import numpy as np
from jaxtyping import Array, Float, Int

from llm_lessons.decoding.loop import loop, stop_tokens
from llm_lessons.decoding.sampling import Settings
from llm_lessons.foundation import allocator, machine
from llm_lessons.foundation.waiting import heed_a_stop
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.kv_cache import KVCache
from llm_lessons.model.parameters import Parameters
from llm_lessons.serving.prefill import (
    grow_cache,
    is_large,
    prefill_prompts,
    read_head,
)
from llm_lessons.serving.sizes import DEEP, filled_up, group_rows, in_groups

# Tokens of a text that are drawn between two looks at whether somebody stops it: as
# many as Fjord reads at most, and few of a deep model, which takes its time for each.
AT_ONCE, DEEP_AT_ONCE = 256, 16


def generate(
    params: Parameters,
    prompts: Sequence[Sequence[int]],
    config: ModelConfig,
    settings: Settings,
    limits: Sequence[int],
    stops: tuple[int, ...],
) -> list[list[int]]:
    """Continue token prompts together; row i flips with seed + i.

    Many prompts go in groups of like length, for all of a group are filled up to its
    longest; one loop a group and one thread a core. Of a deep model the weights are
    more to read than the cache: one loop reads them once.

    Args:
        limits: most tokens to draw, a row.
        stops: the tokens that end a text, one or more; none is returned.
    """
    workers = machine.processors() if config.n_layers <= DEEP else 1
    share = group_rows(prompts, config, workers)
    head = read_head(params, prompts, config)

    def continued(group: Sequence[int]) -> list[list[int]]:
        rows, ends = [prompts[i] for i in group], [limits[i] for i in group]
        return _generate_group(params, rows, config, settings, group, ends, stops, head)

    drawn = in_groups(continued, prompts, share, workers, "writing")
    head = None
    # What compiling for many texts, or for many layers, left behind.
    if len(prompts) > 1 or config.n_layers > DEEP:
        allocator.sweep()
    return drawn


def _generate_group(
    params: Parameters,
    prompts: Sequence[Sequence[int]],
    config: ModelConfig,
    settings: Settings,
    places: Sequence[int],
    limits: Sequence[int],
    stops: tuple[int, ...],
    head: KVCache | None,
) -> list[list[int]]:
    """Continue prompts in one loop, filled up with rows that stop at once.

    Args:
        places: of the rows among all texts; a row flips with the seed and its place.
        head: what `read_head` has read of all texts.
    """
    count = len(prompts)
    spare = filled_up(count) - count
    prompts, places = [*prompts, *[prompts[0]] * spare], [*places, *[0] * spare]
    logits, cache = prefill_prompts(params, prompts, config, 1, head)
    coins, ends = settings.arrays(places), stop_tokens(stops)
    left, large = np.array([*limits, *[0] * spare], np.int32), is_large(cache)
    if large:
        allocator.sweep()
    drawn = _draw(params, logits, cache, coins, left, ends, config)
    del logits, cache
    if large:
        allocator.sweep()
    rows = drawn[:count].tolist()
    return [list(takewhile(lambda token: token not in stops, row)) for row in rows]


def _draw(
    params: Parameters,
    logits: Float[Array, "B V"],
    cache: KVCache,
    coins: Settings,
    left: Int[np.ndarray, " B"],
    ends: Int[np.ndarray, " stops"],
    config: ModelConfig,
) -> Int[np.ndarray, "B T"]:
    """Draw until every row has drawn a token that ends it, or as many as are left.

    Raises:
        Stopped: somebody has stopped it.
    """
    at_once = AT_ONCE if config.n_layers <= DEEP else DEEP_AT_ONCE
    done, parts = np.zeros(len(left), bool), []
    while not done.all():
        heed_a_stop()
        most = np.minimum(left, at_once)
        end = loop(params, logits, cache, coins, done, most, ends, config)
        logits, cache = end.logits, end.cache
        drawn = np.asarray(end.drawn)[:, : int(end.step)]
        parts.append(drawn.copy())  # not all the room for what might be drawn
        left = left - drawn.shape[1]
        done = done | (left < 1) | np.isin(drawn, ends).any(axis=1)
        if not done.all() and int(cache.length) == cache.slots:
            cache = grow_cache(cache, config)
        del end, drawn
    return np.concatenate(parts, axis=1)


def stream(
    params: Parameters,
    prompt: Sequence[int],
    config: ModelConfig,
    settings: Settings,
    limit: int,
    stops: tuple[int, ...],
) -> Iterator[int]:
    """The same loop, one token at a time, which is handed over as it is drawn."""
    logits, cache = prefill_prompts(params, [prompt], config, 1)
    coins, ends = settings.arrays(), stop_tokens(stops)
    row, going = np.ones(1, np.int32), np.zeros(1, bool)
    drawn = 0
    while drawn < limit:
        end = loop(params, logits, cache, coins, going, row, ends, config)
        logits, cache = end.logits, end.cache
        if not int(end.step):
            cache = grow_cache(cache, config)
            continue
        token = int(end.drawn[0, 0])
        if token in stops:
            return
        yield token
        drawn += 1
