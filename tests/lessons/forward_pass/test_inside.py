"""What is read on the way, against the model itself and a second way to compute."""

from functools import partial

import jax.numpy as jnp
import numpy as np
import pytest

from llm_lessons.language_model.loading import load
from llm_lessons.lessons.forward_pass import inside, knobs
from llm_lessons.model.inspection import guesses, looks
from llm_lessons.model.transformer import forward
from tests import tiny

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


def test_looks_are_those_of_the_model():
    found = inside.read(LM, TEXT)
    ids = jnp.array(LM.encode(TEXT), jnp.int32)
    assert found.tokens == tuple(LM.encode(TEXT))
    close(found.looks, looks(LM.params, ids, LM.config))
    close(found.looks[0], weights_by_hand(LM, TEXT))
    close(found.looks.sum(axis=-1), 1, rtol=1e-5)


def test_odds_and_guesses_are_those_of_the_model_behind_every_token():
    found = inside.read(LM, TEXT)
    ids = jnp.array(LM.encode(TEXT), jnp.int32)
    close(found.odds, softmax(forward(LM.params, ids[None], LM.config)[0]))
    for place in range(len(ids)):
        rows = softmax(guesses(LM.params, ids[: place + 1], LM.config))
        assert found.guesses[place].tolist() == rows.argmax(axis=-1).tolist()
        close(found.chances[place], rows.max(axis=-1))
        answer = rows[-1].argmax()
        assert found.answers[place] == answer
        close(found.own[place], rows[:, answer])
        ranks = 1 + (rows > rows[:, [answer]]).sum(axis=-1)
        assert found.ranks[place].tolist() == ranks.tolist()


def test_silence_is_that_of_the_silenced_model():
    off = [(0, 1), (1, 3)]
    answers = inside.read(LM, TEXT).answers
    found = inside.read(LM, TEXT, off, answers)
    other = inside.read(knobs.silenced(LM, off), TEXT, (), answers)
    for name in ("looks", "odds", "chances", "own"):
        close(getattr(found, name), getattr(other, name))
    assert found.guesses.tolist() == other.guesses.tolist()
    assert found.answers.tolist() == answers.tolist()
    before = inside.read(LM, TEXT)
    np.testing.assert_array_equal(found.looks[0], before.looks[0])  # nothing below it
    assert not np.allclose(found.looks[1], before.looks[1])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("",), "empty"),
        ((TEXT, [(2, 0)]), "There is no head"),
        ((TEXT * 40,), "too long"),
    ],
)
def test_what_is_not_there_is_refused(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        inside.read(LM, *arguments)


def test_fjord_finds_the_name_on_its_way_through_the_layers():
    lm, text = load("fjord"), "Once upon a time there was a girl called Julia. One day"
    found = inside.read(lm, text)
    pieces = [lm.tokenizer.pieces[i] for i in found.guesses[-1]]
    assert pieces[0] == " day"  # the token itself
    assert pieces[-1] == " Julia" and found.chances[-1][-1] > 0.95
