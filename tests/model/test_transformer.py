"""The model against the papers' definitions, written out in NumPy, token by token."""

import random
from dataclasses import replace
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from llm_lessons.model.config import LLAMA3_405B, SMOLLM2_135M, ModelConfig
from llm_lessons.model.kv_cache import decode_step, extend, make_cache, prefill
from llm_lessons.model.parameters import (
    Parameters,
    count_parameters,
)
from llm_lessons.model.transformer import forward
from tests.tiny import FJORD, random_parameters

jitted_forward = jax.jit(forward, static_argnames="config")
jitted_extend = jax.jit(extend, static_argnames="config")

# Multi-head, grouped-query and multi-query attention: heads that ask, heads asked.
HEADS = {"MHA": (3, 3), "GQA": (4, 2), "MQA": (3, 1)}


# What others of the family have, and a plain Llama has not, all at once: of each alone
# tests/weights/test_family.py asks transformers.
FAMILY: dict[str, Any] = {
    "qkv_bias": True,
    "qk_norm": True,
    "n_layers": 3,
    "nope_layers": (0, 2),
    "d_head": 6,
    "rope_stretch": (1.0, 2.0, 8.0),
}


def random_config(kind: str, tied: bool, **more: Any) -> ModelConfig:
    """A tiny configuration whose every size is another number."""
    draw = random.Random(f"{kind} {tied}")
    n_heads, n_kv_heads = HEADS[kind]
    config = ModelConfig(
        vocab_size=draw.randrange(11, 30),
        d_model=draw.randrange(9, 25),
        n_layers=draw.randrange(1, 4),
        n_heads=n_heads,
        n_kv_heads=n_kv_heads,
        d_head=draw.choice([2, 4, 6, 8]),
        d_ff=draw.randrange(5, 40),
        rope_theta=draw.choice([30.0, 10_000.0, 500_000.0]),
        norm_eps=draw.choice([1e-6, 1e-3, 0.1]),
        tie_embeddings=tied,
        max_seq_len=16,
    )
    return replace(config, **more)


def by_hand(params: Parameters, tokens: list[int], config: ModelConfig) -> np.ndarray:
    """Logits [T, V] of one text in float64: loops over layers, positions and heads."""
    p = jax.tree.map(lambda leaf: np.asarray(leaf, np.float64), params)
    half, shared = config.d_head // 2, config.n_heads // config.n_kv_heads

    def norm(x, scale):
        return scale * x / np.sqrt(np.mean(np.square(x)) + config.norm_eps)

    def turn(x, position):
        # A pair is a complex number, turned by an angle of position / wavelength.
        slower = config.rope_stretch or [1.0] * half
        even = 2 * np.arange(half)
        wavelength = np.array(slower) * config.rope_theta ** (even / config.d_head)
        z = (x[:half] + 1j * x[half:]) * np.exp(1j * position / wavelength)
        return np.concatenate([z.real, z.imag])

    def made(x, weight, bias, scale, head):
        """One head's query, key or value, before it is turned."""
        y = x @ weight[:, head]
        y = y if bias is None else y + bias[head]
        return y if scale is None else norm(y, scale)

    def turned(i, y, position):
        return y if i in config.nope_layers else turn(y, position)

    def query_of(layer, i, x, head, position):
        y = made(x, layer.query, layer.query_bias, layer.query_norm, head)
        return turned(i, y, position)

    def key_of(layer, i, x, head, position):
        y = made(x, layer.key, layer.key_bias, layer.key_norm, head)
        return turned(i, y, position)

    stream = [p.embedding[token] for token in tokens]
    for i, layer in enumerate(p.layers):
        normed = [norm(x, layer.attention_norm) for x in stream]
        for position in range(len(tokens)):
            for head in range(config.n_heads):
                asked = head // shared
                query = query_of(layer, i, normed[position], head, position)
                seen = range(position + 1)
                scores = np.array(
                    [query @ key_of(layer, i, normed[s], asked, s) for s in seen]
                ) / np.sqrt(config.d_head)
                weights = np.exp(scores) / np.exp(scores).sum()
                values = (
                    made(normed[s], layer.value, layer.value_bias, None, asked)
                    for s in seen
                )
                mixed = sum(w * value for w, value in zip(weights, values, strict=True))
                stream[position] = stream[position] + mixed @ layer.output[head]
        for position, x in enumerate(stream):
            y = norm(x, layer.mlp_norm)
            gate = y @ layer.gate
            gate = gate / (1 + np.exp(-gate))
            stream[position] = x + (gate * (y @ layer.up)) @ layer.down
    head = p.embedding.T if config.tie_embeddings else p.output_head
    return np.array([norm(x, p.final_norm) @ head for x in stream])


@pytest.mark.parametrize("kind, tied", [("MHA", True), ("GQA", False), ("MQA", True)])
def test_forward_is_the_architecture_of_the_papers(kind: str, tied: bool):
    config = random_config(kind, tied)
    params = random_parameters(config)
    tokens = np.random.default_rng(1).integers(config.vocab_size, size=(2, 7))
    logits = jitted_forward(params, jnp.asarray(tokens, jnp.int32), config)
    expected = [by_hand(params, row, config) for row in tokens.tolist()]
    np.testing.assert_allclose(logits, expected, rtol=1e-5, atol=1e-5)


def test_forward_is_what_others_of_the_family_do():
    """Read whole, and once more through a cache: three tokens, then one by one."""
    config = random_config("GQA", tied=False, **FAMILY)
    params = random_parameters(config)
    tokens = np.random.default_rng(1).integers(config.vocab_size, size=(1, 7))
    tokens = jnp.asarray(tokens, jnp.int32)
    expected = by_hand(params, tokens[0].tolist(), config)
    logits = jitted_forward(params, tokens, config)
    np.testing.assert_allclose(logits[0], expected, rtol=1e-5, atol=1e-5)
    for plain in ({"rope_stretch": ()}, {"nope_layers": ()}):  # each field counts
        other = jitted_forward(params, tokens, replace(config, **plain))[0]
        assert np.abs(other - expected).max() > 1e-3
    start = jnp.zeros(1, jnp.int32)
    scores, cache = prefill(params, tokens[:, :3], start, 9, config)
    for t in range(3, 8):
        np.testing.assert_allclose(scores[0], expected[t - 1], rtol=1e-5, atol=1e-5)
        if t < 7:
            scores, cache = decode_step(params, tokens[:, t], cache, config)


def test_no_output_depends_on_a_later_token():
    config = random_config("GQA", tied=False)
    params = random_parameters(config)
    tokens = jnp.array([[5, 2, 8, 1, 9]], jnp.int32)

    def logits_of(embedding):
        return forward(replace(params, embedding=embedding), tokens, config)[0]

    # Untied, the table is only read; each token here has a row of its own.
    slope = np.asarray(jax.jit(jax.jacrev(logits_of))(params.embedding))
    for t in range(5):
        for s in range(5):
            towards = slope[t, :, tokens[0, s]]
            assert (towards == 0).all() if s > t else (towards != 0).all(), (t, s)


@pytest.mark.parametrize(
    "kind, begun", [("MHA", True), ("GQA", True), ("GQA", False), ("MQA", False)]
)
def test_prefill_and_decode_agree_with_forward(kind: str, begun: bool):
    """Three texts of different lengths, read in two chunks, then token by token."""
    config = random_config(kind, tied=False)
    params = random_parameters(config)
    rng = np.random.default_rng(2)
    lengths, chunk, steps = np.array([9, 5, 7]), 3, 4
    texts = rng.integers(config.vocab_size, size=(3, 9)).astype(np.int32)
    whole = jitted_forward(params, jnp.asarray(texts), config)

    # In front of every text stands padding: tokens that nothing may look at.
    padded = rng.integers(config.vocab_size, size=(3, 2 * chunk + steps))
    start = padded.shape[1] - lengths
    for row, text, length in zip(padded, texts, lengths, strict=True):
        row[-length:] = text[:length]
    padded = jnp.asarray(padded, jnp.int32)
    start = jnp.asarray(start, jnp.int32)
    first = padded[:, :chunk]
    if begun:
        jitted = jax.jit(prefill, static_argnames=("capacity", "config"))
        _, cache = jitted(params, first, start, 13, config)
    else:
        _, cache = jitted_extend(params, first, make_cache(config, start, 13), config)
    logits, cache = jitted_extend(params, padded[:, chunk : 2 * chunk], cache, config)
    step = jax.jit(decode_step, static_argnames="config")
    for read in range(2 * chunk, padded.shape[1] + 1):
        expected = whole[np.arange(3), read - start - 1]
        np.testing.assert_allclose(logits, expected, rtol=1e-5, atol=1e-5)
        if read < padded.shape[1]:
            logits, cache = step(params, padded[:, read], cache, config)
    assert int(cache.length) == padded.shape[1]


def test_parameters_are_counted_as_published_and_nothing_is_allocated():
    def allocated():
        return sum(array.nbytes for array in jax.live_arrays())

    before = allocated()
    assert count_parameters(SMOLLM2_135M) == 134_515_008
    assert count_parameters(LLAMA3_405B) == 405_853_388_800
    assert allocated() - before < 1_000_000


@pytest.mark.parametrize(
    "sizes, sentence",
    [
        ({"n_kv_heads": 2}, r"n_heads \(3\) must be a multiple of n_kv_heads \(2\)\."),
        ({"d_head": 63}, r"d_head \(63\) must be even:"),
        ({"nope_layers": (6,)}, "a layer in nope_layers must be .* from 0 to 5"),
        ({"rope_stretch": (1.0,)}, "rope_stretch has 1 numbers, .* 32 pairs"),
        ({"rope_stretch": (0.0,) * 32}, "a number in rope_stretch must be"),
    ],
)
def test_impossible_sizes_are_refused(sizes: dict, sentence: str):
    with pytest.raises(ValueError, match=sentence):
        replace(FJORD, **sizes)
