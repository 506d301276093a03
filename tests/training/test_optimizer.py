"""Muon turns the matrices and AdamW the rest, at a rate that rises, holds and falls."""

from dataclasses import replace

import jax
import numpy as np
import pytest

from llm_lessons.training.optimizer import (
    MATRICES,
    learning_rate,
    make_optimizer,
    stack,
    unstack,
)
from tests import tiny

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("tied, more", [(True, False), (False, True)])
def test_unstack_undoes_stack(tied: bool, more: bool):
    config = replace(tiny.TRAINED, tie_embeddings=tied, qkv_bias=more, qk_norm=more)
    params = tiny.random_parameters(config)
    weights = stack(params)
    jax.tree.map(np.testing.assert_array_equal, unstack(weights, config), params)
    assert weights["layers.query"].shape == (2, 16, 2, 8)
    assert ("output_head" in weights) != tied
    assert ("layers.key_bias" in weights) == ("layers.key_norm" in weights) == more


def test_the_learning_rate_rises_holds_and_falls():
    rate = learning_rate(peak=0.5, steps=1000)
    points = {0: 0, 10: 0.25, 20: 0.5, 300: 0.5, 600: 0.5, 800: 0.25, 1000: 0}
    assert {t: np.asarray(rate(t)).item() for t in points} == pytest.approx(points)
    rates = np.array([rate(t) for t in range(1001)])
    assert rates.max() == pytest.approx(0.5) and rates.min() >= 0
    assert (np.diff(rates)[:20] > 0).all() and (np.diff(rates)[600:] < 0).all()
    for steps in (1, 2, 3, 10):  # the shortest runs have one, too
        rates = np.array([learning_rate(0.5, steps)(t) for t in range(steps)])
        assert (rates >= 0).all() and (rates <= 0.5).all()


def updates(weight_decay: float) -> tuple[dict, dict]:
    """Weights, and the step that a thrice repeated gradient leads to."""
    optimizer = make_optimizer(
        peak=0.02, embedding_share=0.15, weight_decay=weight_decay, steps=100
    )
    weights = stack(tiny.random_parameters(tiny.TRAINED))
    gradient = stack(tiny.random_parameters(tiny.TRAINED, seed=1))
    state, step = optimizer.init(weights), None
    update = jax.jit(optimizer.update)
    for _ in range(3):  # the third is the first at the full rate
        step, state = update(gradient, state, weights)
    assert step is not None
    return weights, step


def test_muon_orthogonalises_each_matrix_and_adam_steps_evenly():
    weights, step = updates(weight_decay=0.0)
    matrices = {name for name, weight in weights.items() if weight.ndim > 2}
    assert set(MATRICES) == matrices
    for name in matrices:
        for layer in step[name]:
            inputs = layer.shape[0] * (layer.shape[1] if name == "layers.output" else 1)
            matrix = np.asarray(layer).reshape(inputs, -1)
            stretch = np.linalg.svd(matrix, compute_uv=False)
            # Five Newton-Schulz steps bring every singular value near one.
            stretch /= 0.02 * np.sqrt(max(1, matrix.shape[1] / matrix.shape[0]))
            assert stretch.min() > 0.6 and stretch.max() < 1.3, name
    for name in set(weights) - matrices:
        # The same gradient each time: every number moves by about the learning rate
        # (Nesterov's momentum adds a little), however large its gradient is.
        size = np.abs(np.asarray(step[name]))
        np.testing.assert_allclose(size, size.mean(), rtol=1e-3, err_msg=name)
        assert size.mean() == pytest.approx(0.02 * 0.15, rel=0.1), name


def test_weight_decay_pulls_every_weight_towards_zero():
    weights, free = updates(weight_decay=0.0)
    _, pulled = updates(weight_decay=0.05)
    for name, weight in weights.items():
        rate = 0.02 if name in MATRICES else 0.02 * 0.15
        np.testing.assert_allclose(
            pulled[name] - free[name], -rate * 0.05 * weight, atol=1e-7, err_msg=name
        )
