"""What is read on the way, against the model itself and a second way to compute."""

from dataclasses import replace
from functools import partial

import jax.numpy as jnp
import numpy as np

from llm_lessons.lessons.forward_pass import inside, knobs
from llm_lessons.model.transformer import forward
from tests import tiny
from tests.refused import refused

TEXT = "The fox found the red boat"
LM = tiny.model()
close = partial(np.testing.assert_allclose, rtol=1e-4, atol=1e-6)


def softmax(scores) -> np.ndarray:
    weights = np.exp(np.asarray(scores, np.float64))
    return weights / weights.sum(axis=-1, keepdims=True)


def weights_by_hand(lm, text) -> np.ndarray:
    """Where the first layer looks, from its matrices, in NumPy alone: [N T T]."""
    config, layer = lm.config, lm.params.layers[0]
    x = np.asarray(lm.params.embedding, np.float64)[lm.encode(text)]
    size = np.sqrt((x * x).mean(axis=-1, keepdims=True) + config.norm_eps)
    x = x / size * np.asarray(layer.attention_norm)
    half = config.d_head // 2
    frequency = config.rope_theta ** (-np.arange(half) / half)
    turn = np.exp(1j * np.arange(len(x))[:, None] * frequency)

    def turned(matrix) -> np.ndarray:
        rows = np.einsum("td,dnh->nth", x, np.asarray(matrix, np.float64))
        return (rows[..., :half] + 1j * rows[..., half:]) * turn

    q, k = turned(layer.query), turned(layer.key)
    k = np.repeat(k, config.n_heads // config.n_kv_heads, axis=0)
    scores = np.einsum("nth,nsh->nts", q, k.conj()).real / np.sqrt(config.d_head)
    scores[:, *np.triu_indices(len(x), 1)] = -np.inf
    return softmax(scores)


def test_looks_odds_and_guesses_are_those_of_the_model_behind_every_token():
    """After a layer it says what a model would say that had no more of them."""
    found = inside.read(LM, TEXT)
    ids = jnp.array([LM.encode(TEXT)], jnp.int32)
    assert found.tokens == tuple(LM.encode(TEXT))
    close(found.looks[0], weights_by_hand(LM, TEXT))
    close(found.looks.sum(axis=-1), 1)
    odds = softmax(forward(LM.params, ids, LM.config)[0])
    close(found.odds, odds)
    assert found.answers.tolist() == odds.argmax(axis=-1).tolist()
    for step in range(LM.config.n_layers + 1):
        cut = replace(LM.params, layers=LM.params.layers[:step])
        rows = softmax(forward(cut, ids, replace(LM.config, n_layers=max(1, step)))[0])
        assert found.guesses[:, step].tolist() == rows.argmax(axis=-1).tolist()
        close(found.chances[:, step], rows.max(axis=-1))
        own = np.take_along_axis(rows, found.answers[:, None], axis=-1)
        close(found.own[:, step], own[:, 0])
        assert found.ranks[:, step].tolist() == (1 + (rows > own).sum(axis=-1)).tolist()


def test_silence_is_that_of_the_silenced_model():
    off = [(0, 1), (1, 3)]
    before = inside.read(LM, TEXT)
    found = inside.read(LM, TEXT, off, before.answers)
    other = inside.read(knobs.silenced(LM, off), TEXT, (), before.answers)
    for name in ("looks", "odds", "chances", "own", "guesses"):
        close(getattr(found, name), getattr(other, name))
    assert found.answers.tolist() == before.answers.tolist()
    np.testing.assert_array_equal(found.looks[0], before.looks[0])  # nothing below it
    assert not np.allclose(found.looks[1], before.looks[1])
    assert "empty" in refused(lambda: inside.read(LM, ""))
    assert "There is no head" in refused(lambda: inside.read(LM, TEXT, [(2, 0)]))
    assert "too long" in refused(lambda: inside.read(LM, TEXT * 40))
