"""The compiled loop against the loop of the lessons, written out in five lines."""

import jax
import jax.numpy as jnp
import numpy as np

from llm_lessons.decoding import sampling
from llm_lessons.decoding.loop import loop, stop_tokens
from llm_lessons.decoding.sampling import Settings
from llm_lessons.model.kv_cache import prefill
from llm_lessons.model.transformer import forward
from tests import tiny
from tests.each import each_of

STOP = 1
SETTINGS = [
    Settings(seed=3),
    Settings(temperature=0.0),
    Settings(temperature=1.4, top_k=20, top_p=0.95, seed=8),
    Settings(temperature=0.7, top_p=0.8, seed=2**31 - 1),
    Settings(temperature=1.4, min_p=0.1, seed=8),
]
PROMPT = [1, 42, 300, 299, 7]

jitted_forward = jax.jit(forward, static_argnames="config")
coin, sample = jax.jit(sampling.coin), jax.jit(sampling.sample)


def by_hand(prompt: list[int], settings: Settings, limit: int, stop: int) -> list[int]:
    """The loop without a cache, without padding in front, one text alone."""
    ids = list(prompt)
    while len(ids) < len(prompt) + limit:
        # Padding behind changes nothing before it, and keeps to one compiled size.
        padded = jnp.array([ids + [0] * (100 - len(ids))], jnp.int32)
        logits = jitted_forward(tiny.model().params, padded, tiny.CONFIG)
        u = coin(jnp.array([settings.seed]), jnp.array([len(ids)]))
        scores = logits[:, len(ids) - 1]
        token = int(sample(scores, u, settings)[0])
        if token == stop:
            break
        ids.append(token)
    return ids[len(prompt) :]


def run(settings: Settings, rows: int, limits: list[int], room: int, stop: int):
    """The loop over so many copies of the prompt, in a cache with so much room."""
    tokens = jnp.array([PROMPT] * rows, jnp.int32)
    start = jnp.zeros(rows, jnp.int32)
    slots = len(PROMPT) + room
    logits, cache = prefill(tiny.model().params, tokens, start, slots, tiny.CONFIG)
    return loop(
        tiny.model().params,
        logits,
        cache,
        settings.arrays(range(rows)),
        np.zeros(rows, bool),
        np.array(limits, np.int32),
        stop_tokens([stop]),
        tiny.CONFIG,
    )


@each_of("settings", SETTINGS)
def test_the_compiled_loop_is_the_loop_by_hand(settings: Settings):
    expected = by_hand(PROMPT, settings, 12, STOP)
    assert len(set(expected)) > 1  # the prompt matters, not its last token alone
    end = run(settings, 1, [12], 20, STOP)
    assert np.asarray(end.drawn)[0, : int(end.step)].tolist() == expected
    assert end.done.all() and int(end.cache.length) == len(PROMPT) + 12


def test_it_ends_where_the_cache_is_full_and_nobody_is_done():
    end = run(Settings(seed=2), 2, [50, 50], 7, stop=-1)
    assert int(end.step) == 7 and not end.done.any()
    assert int(end.cache.length) == end.cache.slots


def test_a_row_that_is_done_draws_nothing_more_and_the_others_go_on():
    free = np.asarray(run(Settings(seed=2), 2, [15, 15], 20, stop=-1).drawn)[:, :15]
    first, stop = next(
        (place, int(token))
        for place, token in enumerate(free[0])
        if place > 2 and token not in free[1] and token not in free[0][:place]
    )
    end = run(Settings(seed=2), 2, [15, 15], 20, stop)
    drawn = np.asarray(end.drawn)[:, : int(end.step)]
    assert drawn[0].tolist() == [*free[0][:first], *[stop] * (15 - first)]
    assert drawn[1].tolist() == free[1].tolist()
