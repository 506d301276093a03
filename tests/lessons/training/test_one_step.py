"""One step: it moves the knobs of a copy, against their slopes, and the loss falls."""

from dataclasses import replace

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from llm_lessons.lessons.training import one_step
from llm_lessons.measuring import surprise
from tests import tiny
from tests.refused import refused

TEXT = "The fox found the red boat."


def test_one_step_moves_nearly_every_knob_and_the_text_surprises_less():
    lm = tiny.model()
    kept = jax.tree.map(np.array, lm.params)
    found = one_step.take(lm, TEXT)
    assert found.knobs == sum(one.size for one in jax.tree.leaves(lm.params))
    assert 0.9 * found.knobs < found.moved <= found.knobs
    assert found.before == surprise.of(lm, TEXT).mean
    assert found.after < found.before
    jax.tree.map(np.testing.assert_array_equal, kept, lm.params)  # only a copy moved
    costs = f"cost {found.before:.2f} bits a token before it, and {found.after:.2f} "
    assert costs in found.sentence()
    assert "empty" in refused(lambda: one_step.take(lm, ""))


def test_a_step_goes_against_the_slope_of_the_loss():
    lm, far = tiny.model(), 0.02
    tokens = jnp.array([lm.encode(TEXT)], jnp.int32)
    slopes = np.asarray(one_step._slopes(lm.params, tokens, lm.config).final_norm)
    i = int(np.abs(slopes).argmax())

    def loss(change: float) -> float:
        norm = lm.params.final_norm.at[i].add(change)
        other = lm.with_params(replace(lm.params, final_norm=norm))
        return surprise.of(other, TEXT).mean

    assert slopes[i] == pytest.approx((loss(far) - loss(-far)) / (2 * far), rel=0.03)
