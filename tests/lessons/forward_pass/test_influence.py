"""Slopes against small turns of the same weights."""

import jax
import numpy as np
import pytest

from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.forward_pass import knobs
from llm_lessons.lessons.forward_pass.influence import influence, strongest, typical
from llm_lessons.lessons.forward_pass.knobs import Weight
from tests import tiny

TEXT = "The fox found a red boat"


def surprise(lm: LanguageModel, weight: Weight, turn: float, token: int) -> float:
    value = knobs.trained(lm.params, weight) + turn
    scores = knobs.with_weight(lm, weight, value).logits(TEXT).astype(np.float64)
    return float(np.logaddexp.reduce(scores) - scores[token])


def slope_of(slopes: dict[str, np.ndarray], weight: Weight) -> float:
    own = slopes[weight.matrix]
    rows, columns = knobs.sides(weight.matrix, own.shape)
    assert 0 <= weight.row < rows
    return float(own.ravel()[weight.row * columns + weight.column])


@pytest.mark.parametrize("kind", ["embedding", "output", "final_norm"])
def test_a_slope_is_what_a_small_turn_does_and_the_strongest_of_its_kind(kind):
    lm, turn = tiny.model(), 1e-2
    slopes, weight = influence(lm, TEXT), strongest(lm, TEXT, kind)
    token = int(lm.logits(TEXT).argmax())
    up, down = (surprise(lm, weight, sign * turn, token) for sign in (1, -1))
    found = slope_of(slopes, weight)
    assert abs(up - down) / (2 * turn) == pytest.approx(found, rel=0.05)
    assert found == max(
        own.max() for name, own in slopes.items() if knobs.field(name) == kind
    )


def test_half_of_all_weights_matter_less_than_a_typical_one():
    lm = tiny.model()
    slopes = influence(lm, TEXT)
    own = slope_of(slopes, typical(lm, TEXT))
    less = sum(int((slope < own).sum()) for slope in slopes.values())
    most = sum(int((slope <= own).sum()) for slope in slopes.values())
    count = sum(leaf.size for leaf in jax.tree.leaves(lm.params))
    assert less <= count // 2 < most
