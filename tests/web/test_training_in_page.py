"""What learns in a page, against the same in JAX: gradients, and the losses of a run.

Both sides are given the same weights and the same batches. JAX's side is the loss that
trains the class model (`training/loop.py`), with optax's Adam.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from llm_lessons.lessons.forward_pass.knobs import sides
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import Parameters, init_parameters
from llm_lessons.training.loop import mean_loss
from llm_lessons.training.optimizer import stack, unstack
from llm_lessons.weights.checkpoints import flatten
from tests import tiny
from tests.rest import rest
from tests.web.in_deno import evaluate

pytestmark = pytest.mark.slow

CLOSE = 1e-5  # what a gradient may differ by, as a share of the largest one
SAME_CURVE = 1e-3  # what the losses of a run may differ by, in nats
STEPS, PEAK, CLIP = 100, 0.01, 1.0
ROWS, ROW_LENGTH = 5, 19
MANY_ROWS, LONG = 9, 40  # more tokens than the page reads at once
# What the page's side is asked: JavaScript, with `data`.
MAKE = """
const trainer = new web.Trainer(data.config, {
  rows: data.rows,
  rowLength: data.rowLength,
  learningRate: (step) => data.rates[step],
});
trainer.values.set(data.weights);
"""
GRADIENT = f"""{MAKE}
const loss = finished(trainer.measureInPieces(data.batches[0]));
return [loss, [...trainer.gradient]];
"""
LOSSES = f"{MAKE} return data.batches.map((batch) => trainer.step(batch));"


def in_the_pages_order(params: Parameters) -> np.ndarray:
    """All numbers as `parameters.js` reads them: a matrix has a row for each output."""

    def turned(name: str, array: np.ndarray) -> np.ndarray:
        if array.ndim == 1 or name == "embedding":
            return array
        return array.reshape(sides(name, array.shape)).T

    arrays = flatten(params).items()
    return np.concatenate([turned(name, array).ravel() for name, array in arrays])


def some_config(seed: int) -> ModelConfig:
    """A small model; every second one has sizes that are no multiples of four."""
    rng = np.random.default_rng(seed)
    unit = 4 if seed % 2 == 0 else 2
    odd = seed % 2

    def some(most: int) -> int:
        return int(rng.integers(1, most + 1))

    kv_heads = some(3)
    return ModelConfig(
        vocab_size=4 + some(40),
        d_model=unit * some(8) + odd,
        n_layers=some(3),
        n_heads=kv_heads * some(3),
        n_kv_heads=kv_heads,
        d_head=unit * some(3),
        d_ff=unit * some(10) + odd,
        rope_theta=float(rng.choice([100.0, 10_000.0])),
        norm_eps=float(rng.choice([1e-5, 1e-6])),
        tie_embeddings=seed % 3 != 2,
        max_seq_len=64,
    )


def some_batch(seed: int, vocab_size: int, rows: int, row_length: int) -> np.ndarray:
    """Rows of random tokens, of which all but the first may end with padding."""
    rng = np.random.default_rng(seed)
    batch = rng.integers(vocab_size, size=(rows, row_length + 1)).astype(np.int32)
    for row in batch[1:]:
        row[rng.integers(row_length + 2) :] = -1
    return batch


def in_page(
    ask: str,
    params: Parameters,
    config: ModelConfig,
    batches: list[np.ndarray],
    rates: np.ndarray,
) -> Any:
    """What the page's side answers."""
    rows, width = batches[0].shape
    data = {
        "config": config.record(),
        "rows": rows,
        "rowLength": width - 1,
        "weights": in_the_pages_order(params).tolist(),
        "batches": [batch.ravel().tolist() for batch in batches],
        "rates": rates.tolist(),
    }
    return evaluate("engine/training.js", ask, data)


@pytest.mark.parametrize("seed", [0, 1, 2, 5, *rest(3, 4)])
def test_gradients_are_jaxs(seed: int):
    config = some_config(seed)
    rows, length = (ROWS, ROW_LENGTH) if seed < 4 else (MANY_ROWS, LONG)
    params = tiny.random_parameters(config, seed)
    batch = some_batch(seed, config.vocab_size, rows, length)
    ask = jax.jit(partial(jax.value_and_grad(mean_loss), config=config))
    loss, gradient = ask(stack(params), jnp.asarray(batch))
    expected = in_the_pages_order(unstack(gradient, config))
    found_loss, found = in_page(GRADIENT, params, config, [batch], np.zeros(1))
    assert found_loss == pytest.approx(float(loss), abs=CLOSE)
    largest = np.abs(expected).max()
    assert largest > 1e-3
    np.testing.assert_allclose(found, expected, rtol=0, atol=CLOSE * largest)


def jax_losses(
    params: Parameters,
    config: ModelConfig,
    batches: list[np.ndarray],
    rates: Sequence[float],
    clip: float = CLIP,
) -> list[float]:
    """The loss before each step, by optax."""
    schedule = jnp.asarray(rates, jnp.float32)
    optimizer = optax.chain(
        optax.clip_by_global_norm(clip),
        optax.adam(lambda count: schedule[count], b1=0.9, b2=0.98),
    )

    @jax.jit
    def advance(weights, state, batch):
        loss, gradient = jax.value_and_grad(mean_loss)(weights, batch, config)
        updates, state = optimizer.update(gradient, state, weights)
        return optax.apply_updates(weights, updates), state, loss

    weights = stack(params)
    state, losses = optimizer.init(weights), []
    for batch in batches:
        weights, state, loss = advance(weights, state, jnp.asarray(batch))
        losses.append(float(loss))
    return losses


@pytest.mark.parametrize("kv_heads", [1, *rest(2)])
def test_a_run_of_a_hundred_steps_is_jaxs(kv_heads: int):
    """From small first weights to a rule that has been learned, with padding."""
    config = replace(tiny.CONFIG, vocab_size=16, d_model=24, d_ff=32, max_seq_len=64)
    config = replace(config, n_heads=2, n_kv_heads=kv_heads)
    params = init_parameters(jax.random.key(kv_heads), config)
    width = ROW_LENGTH + 1
    tokens = tiny.pattern(STEPS * ROWS * width).astype(np.int32)
    batches = list(tokens.reshape(STEPS, ROWS, width))
    for step, batch in enumerate(batches):
        batch[step % ROWS, 2 + step % ROW_LENGTH :] = -1
    steps = np.arange(STEPS)
    rates = PEAK * np.minimum((steps + 1) / 10, (STEPS - steps) / 40).clip(max=1)
    expected = jax_losses(params, config, batches, rates.tolist())
    found = in_page(LOSSES, params, config, batches, rates)
    np.testing.assert_allclose(found, expected, rtol=0, atol=SAME_CURVE)
    assert expected[0] == pytest.approx(np.log(16), abs=0.4)
    assert expected[-1] < 0.5
