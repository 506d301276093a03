"""Looking inside shows what the model does, held against a second way to compute it."""

from dataclasses import replace

import jax
import jax.numpy as jnp
import numpy as np

from llm_lessons.model.config import ModelConfig
from llm_lessons.model.inspection import guesses, looks
from llm_lessons.model.speed import QUERIES
from llm_lessons.model.transformer import activations, forward
from tests.each import each_of
from tests.tiny import CONFIG, random_parameters

KINDS = {"MHA": (4, 4), "GQA": (4, 2), "MQA": (4, 1)}
LONG = QUERIES + 6  # tokens, so that attention is worked out in two blocks


def made(kind: str, length: int):
    n_heads, n_kv_heads = KINDS[kind]
    config = replace(CONFIG, n_heads=n_heads, n_kv_heads=n_kv_heads)
    rng = np.random.default_rng(length)
    tokens = jnp.asarray(rng.integers(config.vocab_size, size=length), jnp.int32)
    return random_parameters(config), tokens, config


def norm(x: np.ndarray, scale: np.ndarray, config: ModelConfig) -> np.ndarray:
    return scale * x / np.sqrt(np.square(x).mean(-1, keepdims=True) + config.norm_eps)


def test_a_guess_is_the_answer_of_a_model_without_the_layers_behind():
    params, tokens, config = made("GQA", 7)
    found = guesses(params, tokens, config)
    assert found.shape == (config.n_layers + 1, config.vocab_size)
    for layers in range(config.n_layers + 1):
        shorter = replace(params, layers=params.layers[:layers])
        answer = forward(shorter, tokens[None], replace(config, n_layers=layers))
        np.testing.assert_allclose(found[layers], answer[0, -1], rtol=1e-5, atol=1e-5)


@each_of("kind", KINDS)
def test_looks_make_the_stream_what_it_becomes(kind):
    """Values mixed by these weights, and then the MLP, give the next layer's stream."""
    params, tokens, config = made(kind, LONG)
    weights = np.asarray(looks(params, tokens, config), np.float64)
    found = activations(params, tokens[None], config)
    shared = config.n_heads // config.n_kv_heads
    for i, layer in enumerate(jax.tree.map(np.asarray, params.layers)):
        stream = np.asarray(found.stream[i][0], np.float64)
        for head in range(config.n_heads):
            mixed = weights[i, head] @ np.asarray(found.values[i][0, head // shared])
            stream = stream + mixed @ layer.output[head]
        y = norm(stream, layer.mlp_norm, config)
        gate = y @ layer.gate
        stream = stream + (gate / (1 + np.exp(-gate)) * (y @ layer.up)) @ layer.down
        np.testing.assert_allclose(found.stream[i + 1][0], stream, rtol=1e-4, atol=1e-4)
