"""Prompts of any lengths into a cache, against the full pass."""

import threading
from dataclasses import replace
from itertools import pairwise

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from llm_lessons.foundation.waiting import Stopped, stoppable
from llm_lessons.model.kv_cache import extend
from llm_lessons.model.transformer import activations, forward, unembed
from llm_lessons.serving import prefill
from llm_lessons.serving.prefill import prefill_prompts
from llm_lessons.serving.sizes import (
    CHUNK,
    PART,
    capacity,
    chunk_ends,
    whole_chunks,
)
from tests import tiny

jitted_forward = jax.jit(forward, static_argnames="config")


@pytest.mark.parametrize("length", [1, 9, 64, 65, 257, 500])
def test_a_prompt_of_any_length_is_read_as_by_the_full_pass(length: int):
    prompt = [1, *np.random.default_rng(length).integers(300, size=length - 1).tolist()]
    params = tiny.model().params
    scores, cache = prefill_prompts(params, [prompt], tiny.CONFIG, 1)
    assert int(cache.length - cache.start[0]) == length
    # Padding behind changes nothing before it, and keeps to one compiled size.
    padded = jnp.array([prompt + [0] * (500 - length)])
    whole = jitted_forward(params, padded, tiny.CONFIG)[0, length - 1]
    assert np.abs(scores[0] - whole).max() < 1e-5
    # a batch is padded and cut in another way
    rows, _ = prefill_prompts(params, [prompt, [1]], tiny.CONFIG, 1)
    assert np.abs(rows[0] - whole).max() < 1e-5
    # and a short one, for its scores alone, in one program
    alone = prefill.next_logits(params, prompt, tiny.CONFIG)
    assert np.abs(alone - whole).max() < 1e-5


def test_typing_a_prompt_compiles_five_sizes_for_its_scores(monkeypatch):
    compiled = []

    def traced(params, tokens, config):
        compiled.append(tokens.shape)
        return activations(params, tokens, config)

    monkeypatch.setattr(prefill, "activations", traced)
    # a configuration of its own: no other test has compiled for it
    config, params = replace(tiny.CONFIG, max_seq_len=777), tiny.model().params
    for length in range(1, 65):
        prefill.next_logits(params, [1] * length, config)
    assert compiled == [(1, 8), (1, 16), (1, 24), (1, 40), (1, 64)]


@pytest.mark.parametrize("tied", [True, False])
def test_whole_texts_are_read_layer_by_layer_as_at_once(monkeypatch, tied):
    config = replace(tiny.CONFIG, tie_embeddings=tied)
    params = tiny.random_parameters(config)
    tokens = np.random.default_rng(0).integers(300, size=(3, 20)).astype(np.int32)
    monkeypatch.setattr(prefill, "DEEP", 0)
    final = prefill.final_activations(params, tokens, config)
    whole = activations(params, jnp.asarray(tokens), config).final
    np.testing.assert_allclose(final, whole, rtol=1e-5, atol=1e-5)
    logits = unembed(params, final[:, -1])
    alone = unembed(params, final[:1, -1])  # as a vector
    np.testing.assert_allclose(alone, logits[:1], rtol=1e-5, atol=1e-5)
    expected = jitted_forward(params, jnp.asarray(tokens), config)[:, -1]
    np.testing.assert_allclose(logits, expected, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize(
    "length, chunks",
    [
        *[(1, [64]), (64, [64]), (100, [64, 64]), (256, [256]), (257, [256, 64])],
        *[(448, [256, 64, 64, 64]), (500, [256, 256]), (600, [256, 256, 64, 64])],
    ],
)
def test_a_prompt_is_read_in_as_few_chunks_as_possible(length, chunks):
    whole = whole_chunks(length)
    ends = [0, *chunk_ends(whole, alone=True), whole]
    assert [end - start for start, end in pairwise(ends)] == chunks


@pytest.mark.parametrize("alone", [False, True])
@pytest.mark.parametrize(
    ("shared", "own"),
    [
        (70, [5, 5, 5]),
        (100, [0, 150, 3]),  # the first is all that the others begin with
        (300, [400, 1, 90]),  # short rows begin where others have long gone on
    ],
)
def test_what_all_prompts_begin_with_is_read_once(monkeypatch, shared, own, alone):
    rng, read = np.random.default_rng(shared), []

    def tokens(count: int) -> list[int]:
        return rng.integers(300, size=count).tolist()

    def counted(function):
        def call(params, tokens, *more):
            read.append(tokens.size)
            return function(params, tokens, *more)

        return call

    for name in ("prefill", "extend"):
        monkeypatch.setattr(prefill, name, counted(getattr(prefill, name)))
    start = [1, *tokens(shared - 1)]
    prompts = [start + tokens(count) for count in own]
    params = tiny.model().params
    head = prefill.read_head(params, prompts, tiny.CONFIG)
    assert sum(read) < shared + CHUNK
    least = CHUNK if alone else PART
    for rows in [[prompt] for prompt in prompts] if alone else [prompts]:
        read.clear()
        scores, cache = prefill_prompts(params, rows, tiny.CONFIG, 1, head)
        rest = max(map(len, rows)) - min(shared, min(map(len, prompts)) - 1)
        assert sum(read) < len(rows) * (rest + least)
        after, _ = extend(params, jnp.full((len(rows), 1), 7), cache, tiny.CONFIG)
        for row, then, prompt in zip(scores, after, rows, strict=True):
            text, end = [*prompt, 7], len(prompt)
            padded = jnp.array([text + [0] * (800 - len(text))])
            whole = jitted_forward(params, padded, tiny.CONFIG)[0, end - 1 : end + 1]
            assert np.abs(jnp.stack([row, then]) - whole).max() < 1e-5


def test_prompts_that_part_early_have_no_head():
    params, early = tiny.model().params, [1, *range(20, 80)]
    prompts = [[*early, last, *range(90)] for last in (3, 4)]
    for texts in ([], prompts, [prompts[0]], [[1], [1, 2]]):
        assert prefill.read_head(params, texts, tiny.CONFIG) is None


def test_a_cache_that_grows_is_given_up_and_keeps_what_it_holds():
    params = tiny.model().params
    prompts = [[1, 42, 300, 299, 7], [1, *range(20, 84)]]
    _, cache = prefill_prompts(params, prompts, tiny.CONFIG, 1)
    before = [np.array(x) for x in (*cache.keys, *cache.values)]
    larger = prefill.grow_cache(cache, tiny.CONFIG)
    assert all(x.is_deleted() for x in (*cache.keys, *cache.values))
    assert larger.slots == capacity(before[0].shape[2] + 1, tiny.CONFIG)
    for new, old in zip((*larger.keys, *larger.values), before, strict=True):
        np.testing.assert_array_equal(new[:, :, : old.shape[2]], old)
        assert not new[:, :, old.shape[2] :].any()


def test_reading_a_long_prompt_into_a_deep_model_can_be_stopped():
    config, stop = replace(tiny.CONFIG, n_layers=13), threading.Event()
    params = tiny.random_parameters(config)
    stop.set()
    with stoppable(stop):
        prefill_prompts(params, [[1] * CHUNK], config, 1)  # read at once
        with pytest.raises(Stopped):
            prefill_prompts(params, [[1] * 3 * CHUNK], config, 1)
