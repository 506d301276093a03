"""The sizes that are compiled: few, and large enough; how many texts go together."""

import math

import jax
import pytest

from llm_lessons import SMOLLM2_135M
from llm_lessons.model.parameters import init_parameters
from llm_lessons.serving import sizes
from llm_lessons.serving.prefill import prefill_prompts
from llm_lessons.serving.sizes import CHUNK, cache_bytes, capacity
from tests.tiny import FJORD


@pytest.mark.parametrize("config", [FJORD, SMOLLM2_135M])
@pytest.mark.parametrize("length", [1, 64, 100, 250, 2000])
def test_no_group_is_larger_than_its_cache_may_be(config, length: int):
    scores, cache = jax.eval_shape(
        lambda params: prefill_prompts(params, [[1] * length], config, 1),
        jax.eval_shape(lambda key: init_parameters(key, config), jax.random.key(0)),
    )
    assert scores.shape == (1, config.vocab_size)
    row = 4 * sum(math.prod(x.shape) for x in (*cache.keys, *cache.values))
    assert row == cache_bytes(length, config)
    deep = config == SMOLLM2_135M
    most = sizes.DEEP_BYTES if deep else sizes.CACHE_BYTES
    for count in (*range(1, 70), 128, 200, 1000):
        rows = sizes.group_rows([[1] * length] * count, config, 2)
        filled = sizes.filled_up(rows)
        assert filled == 1 or filled * row <= most


@pytest.mark.parametrize(
    "config, rows, most",
    [(FJORD, 1, 9), (FJORD, 8, 9), (SMOLLM2_135M, 1, 5), (SMOLLM2_135M, 8, 6)],
)
def test_a_cache_holds_what_it_is_asked_for_and_few_sizes_are_compiled(
    config, rows, most
):
    found = [capacity(slots, config, rows) for slots in range(1, 4097)]
    assert all(size >= slots for slots, size in enumerate(found, 1))
    assert found == sorted(found) and len({*found}) <= most
    window = FJORD.max_seq_len + CHUNK  # padded in front, and room, and no more
    assert capacity(window, FJORD) == window
