"""The compiled loop against the loop of the lessons, written out in five lines."""

import json
import math
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from llm_lessons import FJORD, SMOLLM2_135M
from llm_lessons.decoding import generation, sampling
from llm_lessons.decoding.generation import Settings
from llm_lessons.model import prefill as reading
from llm_lessons.model.kv_cache import make_cache
from llm_lessons.model.transformer import forward, init_parameters, read, unembed
from tests import tiny

STOP = 1
SETTINGS = [
    Settings(seed=3),
    Settings(temperature=0.0),
    Settings(temperature=1.4, top_k=20, top_p=0.95, seed=8),
    Settings(temperature=0.7, top_p=0.8, seed=2**31 - 1),
]
PROMPTS = [[1, 42, 300, 299, 7], [1], [1, *range(200, 262)], [1, *range(20, 84)]]

jitted_forward = jax.jit(forward, static_argnames="config")
coin, sample = jax.jit(sampling.coin), jax.jit(sampling.sample)


def by_hand(prompt: list[int], settings: Settings, limit: int, stop: int) -> list[int]:
    """The loop without a cache, without padding in front, one text alone."""
    ids = list(prompt)
    s = settings
    while len(ids) < len(prompt) + limit:
        # Padding behind changes nothing before it, and keeps to one compiled size.
        padded = jnp.array([ids + [0] * (100 - len(ids))], jnp.int32)
        logits = jitted_forward(tiny.model().params, padded, tiny.CONFIG)
        u = coin(jnp.array([s.seed]), jnp.array([len(ids)]))
        scores = logits[:, len(ids) - 1]
        token = int(sample(scores, u, s.temperature, s.top_k, s.top_p)[0])
        if token == stop:
            break
        ids.append(token)
    return ids[len(prompt) :]


def generate(
    prompts: list[list[int]],
    settings: Settings,
    limits: list[int],
    stop: int = STOP,
) -> list[list[int]]:
    params = tiny.model().params
    return generation.generate(params, prompts, tiny.CONFIG, settings, limits, (stop,))


def stream(
    prompt: list[int], settings: Settings, limit: int, stop: int = STOP
) -> list[int]:
    params = tiny.model().params
    return list(
        generation.stream(params, prompt, tiny.CONFIG, settings, limit, (stop,))
    )


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_the_compiled_loop_is_the_loop_by_hand(settings: Settings):
    expected = by_hand(PROMPTS[0], settings, 12, STOP)
    assert len(set(expected)) > 1  # the prompt matters, not its last token alone
    assert generate([PROMPTS[0]], settings, [12]) == [expected]
    assert stream(PROMPTS[0], settings, 12) == expected


def test_each_row_of_a_batch_is_a_text_alone_with_the_next_seed():
    settings, limits = Settings(temperature=1.2, seed=5), [20, 0, 9, 15]
    together = generate(PROMPTS, settings, limits)
    for i, (prompt, limit) in enumerate(zip(PROMPTS, limits, strict=True)):
        seeded = Settings(temperature=1.2, seed=5 + i)
        assert together[i] == by_hand(prompt, seeded, limit, STOP), i
    assert [len(row) for row in together] == limits


def test_a_text_stops_at_the_stop_token_and_the_others_go_on():
    settings = Settings(seed=2)
    free = generate(PROMPTS[:2], settings, [30, 30])
    stop = free[0][6]
    ended = generate(PROMPTS[:2], settings, [30, 30], stop)
    assert ended[0] == free[0][: free[0].index(stop)]
    assert stop not in free[1]
    assert ended[1] == free[1]
    assert stream(PROMPTS[0], settings, 30, stop) == ended[0]


@pytest.mark.parametrize("prompt", [PROMPTS[0], PROMPTS[2]], ids=["short", "long"])
def test_a_text_goes_on_where_it_was_left(prompt: list[int]):
    settings = Settings(seed=11)
    [whole] = generate([prompt], settings, [20])
    [first] = generate([prompt], settings, [10])
    [then] = generate([prompt + first], settings, [10])
    assert first + then == whole


def test_a_stream_goes_on_in_the_next_size_of_the_cache():
    settings, nothing = Settings(seed=4), -1
    drawn = stream(PROMPTS[3], settings, 150, nothing)
    assert len(drawn) == 150
    assert generate([PROMPTS[3]], settings, [150], nothing) == [drawn]


@pytest.mark.parametrize("length", [1, 8, 9, 40, 41, 64, 65, 100, 255, 256, 257, 500])
def test_a_prompt_of_any_length_is_read_as_by_the_full_pass(length: int):
    prompt = [1, *np.random.default_rng(length).integers(300, size=length - 1).tolist()]
    params = tiny.model().params
    scores, cache = reading.read_prompts(params, [prompt], tiny.CONFIG, 1)
    assert int(cache.length - cache.start[0]) == length
    whole = jitted_forward(params, jnp.array([prompt]), tiny.CONFIG)[0, -1]
    assert np.abs(scores[0] - whole).max() < 1e-5
    # a batch is padded and cut in another way
    rows, _ = reading.read_prompts(params, [prompt, [1]], tiny.CONFIG, 1)
    assert np.abs(rows[0] - whole).max() < 1e-5
    # and a short one, for its scores alone, in one program
    alone = reading.scores(params, prompt, tiny.CONFIG)
    assert np.abs(alone - whole).max() < 1e-5


def test_typing_a_prompt_compiles_five_sizes_for_its_scores(monkeypatch):
    compiled = []

    def traced(params, tokens, config):
        compiled.append(tokens.shape)
        return read(params, tokens, config)

    monkeypatch.setattr(reading, "read", traced)
    # a configuration of its own: no other test has compiled for it
    config, params = replace(tiny.CONFIG, max_seq_len=777), tiny.model().params
    for length in range(1, 65):
        reading.scores(params, [1] * length, config)
    assert compiled == [(1, 8), (1, 16), (1, 24), (1, 40), (1, 64)]


@pytest.mark.parametrize("deep", [False, True])
@pytest.mark.parametrize("kind", ["tied", "untied"])
def test_whole_texts_are_read_layer_by_layer_as_at_once(monkeypatch, deep, kind):
    config = replace(tiny.CONFIG, tie_embeddings=kind == "tied")
    params = tiny.random_parameters(config)
    tokens = np.random.default_rng(0).integers(300, size=(3, 20)).astype(np.int32)
    monkeypatch.setattr(reading, "DEEP", 0 if deep else config.n_layers)
    stream = reading.stream_of(params, tokens, config)
    whole = read(params, jnp.asarray(tokens), config).stream
    np.testing.assert_allclose(stream, whole, rtol=1e-5, atol=1e-5)
    logits = unembed(params, stream[:, -1])
    alone = unembed(params, stream[:1, -1])  # as a vector
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
def test_a_prompt_is_read_in_as_few_chunks_as_possible(monkeypatch, length, chunks):
    read, begun = [], []

    def begin(params, tokens, *more):
        begun.append(tokens.shape[1])
        return prefill(params, tokens, *more)

    def prefill(params, tokens, *more):
        read.append(tokens.shape[1])
        start = jnp.zeros(1, jnp.int32)
        return params.embedding[:1], make_cache(tiny.CONFIG, start, 64)

    monkeypatch.setattr(reading, "begin", begin)
    monkeypatch.setattr(reading, "prefill", prefill)
    params = tiny.model().params
    reading.read_prompts(params, [[1] * length], tiny.CONFIG, 1)
    assert read == chunks and begun == chunks[:1]


@pytest.mark.parametrize(
    "config, rows, most",
    [(FJORD, 1, 9), (FJORD, 8, 9), (SMOLLM2_135M, 1, 5), (SMOLLM2_135M, 8, 6)],
)
def test_a_cache_holds_what_it_is_asked_for_and_few_sizes_are_compiled(
    config, rows, most
):
    sizes = [reading.capacity(slots, config, rows) for slots in range(1, 4097)]
    assert all(size >= slots for slots, size in enumerate(sizes, 1))
    assert sizes == sorted(sizes) and len({*sizes}) <= most


def test_a_cache_of_the_class_model_has_room_for_its_window_and_no_more():
    window = FJORD.max_seq_len + reading.CHUNK  # padded in front, and room
    assert reading.capacity(window, FJORD) == window


def test_a_cache_that_grows_is_given_up_and_keeps_what_it_holds():
    params = tiny.model().params
    _, cache = reading.read_prompts(params, [PROMPTS[0], PROMPTS[3]], tiny.CONFIG, 1)
    before = [np.array(x) for x in (*cache.keys, *cache.values)]
    larger = reading.grow(cache, tiny.CONFIG)
    assert all(x.is_deleted() for x in (*cache.keys, *cache.values))
    assert larger.slots == reading.capacity(before[0].shape[1] + 1, tiny.CONFIG)
    for new, old in zip((*larger.keys, *larger.values), before, strict=True):
        np.testing.assert_array_equal(new[:, : old.shape[1]], old)
        assert not new[:, old.shape[1] :].any()


@pytest.mark.parametrize("config", [FJORD, SMOLLM2_135M], ids=["fjord", "smollm2"])
@pytest.mark.parametrize("length", [1, 64, 100, 250, 2000])
def test_no_group_is_larger_than_its_cache_may_be(config, length: int):
    scores, cache = jax.eval_shape(
        lambda params: reading.read_prompts(params, [[1] * length], config, 1),
        jax.eval_shape(lambda key: init_parameters(key, config), jax.random.key(0)),
    )
    assert scores.shape == (1, config.vocab_size)
    row = 4 * sum(math.prod(x.shape) for x in (*cache.keys, *cache.values))
    assert row == reading.cache_bytes(length, config)
    deep = config == SMOLLM2_135M
    most = generation.DEEP_BYTES if deep else generation.CACHE_BYTES
    for count in (*range(1, 70), 128, 200, 1000):
        rows = generation._group_rows([[1] * length] * count, config, 2)
        filled = next(size for size in generation.GROUP_SIZES if size >= rows)
        assert filled == 1 or filled * row <= most


@pytest.mark.parametrize(
    ("count", "length", "workers", "rows"),
    [
        (0, 40, 2, 1),
        (1, 40, 2, 1),
        (2, 40, 2, 1),  # side by side: a row alone is drawn far faster than eight
        (4, 40, 2, 1),
        (8, 40, 2, 8),
        (8, 40, 8, 1),
        (40, 40, 2, 20),
        (64, 40, 2, 16),
        (128, 40, 2, 16),  # groups of 20 would be filled up to 140 rows
        (200, 40, 2, 20),
        (200, 150, 2, 8),  # a larger cache
    ],
)
def test_groups_waste_little_and_keep_every_core_busy(
    count: int, length: int, workers: int, rows: int
):
    assert generation._group_rows([[1] * length] * count, FJORD, workers) == rows


def test_a_seed_decides_and_any_whole_number_is_one():
    texts = [
        generate([PROMPTS[0]], Settings(seed=seed), [10])[0]
        for seed in (0, 1, -1, 2**40 + 1)
    ]
    assert texts[0] != texts[1] != texts[2]
    assert texts[3] == texts[1]  # only the last 32 bits count


def test_neither_settings_nor_typing_compile_anew():
    compiled = [*reading._STAGES, generation._run]

    def sizes() -> list[int]:
        return [function._cache_size() for function in compiled]  # pyright: ignore

    def use(prompt: list[int], settings: Settings, limit: int) -> None:
        generate([prompt], settings, [limit])
        stream(prompt, settings, limit)

    use([1, 5], Settings(), 3)
    before = sizes()
    for length in (1, 7, 63):
        use([1, *range(50, 50 + length)], Settings(0.3, length, 0.9, length), 5)
    use([1, 5], Settings(temperature=0.0), 40)
    assert sizes() == before


def test_a_fresh_process_writes_the_same_tokens():
    settings = Settings(temperature=1.1, top_k=50, top_p=0.95, seed=21)
    script = (
        "import json; from tests.decoding.test_generation import *;"
        f"print(json.dumps(generate(PROMPTS, {settings}, [15] * 4)))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == generate(PROMPTS, settings, [15] * 4)
