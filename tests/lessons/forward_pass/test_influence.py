"""Slopes against small turns of the same weights."""

import jax
import numpy as np
import pytest

from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.forward_pass import knobs
from llm_lessons.lessons.forward_pass.influence import influence, strongest, typical
from llm_lessons.lessons.forward_pass.knobs import Weight
from tests import tiny
from tests.each import each_of

TEXT = "The fox found a red boat"


def surprise(lm: LanguageModel, weight: Weight, turn: float, token: int) -> float:
    value = knobs.trained(lm.params, weight) + turn
    scores = knobs.with_weight(lm, weight, value).logits(TEXT).astype(np.float64)
    return float(np.logaddexp.reduce(scores) - scores[token])


@each_of("kind", ["embedding", "query", "output", "down", "final_norm"])
def test_a_slope_is_what_a_small_turn_does(kind):
    lm = tiny.model()
    weight = strongest(lm, TEXT, kind)
    token = int(lm.logits(TEXT).argmax())
    turn = 1e-2
    up, down = (surprise(lm, weight, sign * turn, token) for sign in (1, -1))
    slope = influence(lm, TEXT)[weight.matrix].ravel()
    rows, columns = knobs.sides(weight.matrix, influence(lm, TEXT)[weight.matrix].shape)
    assert 0 <= weight.row < rows
    found = slope[weight.row * columns + weight.column]
    assert abs(up - down) / (2 * turn) == pytest.approx(found, rel=0.05)


def test_the_strongest_is_the_largest_of_its_kind_in_any_layer():
    lm = tiny.model()
    slopes = influence(lm, TEXT)
    assert set(slopes) == set(knobs.matrices(lm.params))
    best = max(slopes[f"layers[{i}].gate"].max() for i in range(2))
    weight = strongest(lm, TEXT, "gate")
    assert slopes[weight.matrix][weight.row, weight.column] == best


def test_half_of_all_weights_matter_less_than_a_typical_one():
    lm = tiny.model()
    slopes = influence(lm, TEXT)
    weight = typical(lm, TEXT)
    _, columns = knobs.sides(weight.matrix, slopes[weight.matrix].shape)
    own = slopes[weight.matrix].ravel()[weight.row * columns + weight.column]
    less = sum(int((slope < own).sum()) for slope in slopes.values())
    most = sum(int((slope <= own).sum()) for slope in slopes.values())
    count = sum(leaf.size for leaf in jax.tree.leaves(lm.params))
    assert less <= count // 2 < most
