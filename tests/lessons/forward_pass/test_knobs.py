"""A turned knob changes one number, and the model answers as if trained so."""

from dataclasses import replace

import jax
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llm_lessons.lessons.forward_pass import knobs
from llm_lessons.lessons.forward_pass.knobs import POSITIONS, Weight
from tests import tiny

TEXT = "The fox found a red boat"
LM = tiny.model()
NAMES = list(knobs.matrices(LM.params))


@st.composite
def weights(draw):
    name = draw(st.sampled_from(NAMES))
    rows, columns = knobs.sides(name, knobs.matrices(LM.params)[name].shape)
    place = draw(st.integers(0, rows * columns - 1))
    return Weight(name, *divmod(place, columns))


def test_sides_keep_what_goes_in_and_what_comes_out_apart():
    c = LM.config
    for name, rows, columns in (
        ("layers[0].query", c.d_model, c.n_heads * c.d_head),
        ("layers[0].output", c.n_heads * c.d_head, c.d_model),
        ("final_norm", 1, c.d_model),
    ):
        shape = knobs.matrices(LM.params)[name].shape
        assert knobs.sides(name, shape) == (rows, columns), name


@settings(max_examples=30)
@given(weights())
def test_a_weight_is_where_python_finds_it(weight):
    value = knobs.trained(LM.params, weight)
    assert value == eval(f"LM.params.{knobs.in_python(LM.params, weight)}")
    stops = knobs.stops(LM.params, weight)
    assert stops.size == POSITIONS and stops[POSITIONS // 2] == np.float32(value)
    spread = np.std(np.asarray(knobs.matrices(LM.params)[weight.matrix]))
    assert stops[-1] - stops[0] == pytest.approx(2 * knobs.REACH * spread, rel=1e-4)
    assert (np.diff(stops) > 0).all()


@settings(max_examples=30)
@given(weights(), st.floats(-3, 3, width=32))
def test_turning_changes_one_number_in_a_copy_and_its_scores(weight, value):
    other, own = knobs.with_weight(LM, weight, value), knobs.trained(LM.params, weight)
    assert knobs.trained(other.params, weight) == value
    pairs = zip(jax.tree.leaves(LM.params), jax.tree.leaves(other.params), strict=True)
    changed = sum(int(np.sum(np.asarray(a) != np.asarray(b))) for a, b in pairs)
    assert changed == (value != own)
    found = knobs.turned(LM, TEXT, weight, [value, own])
    expected = [other.logits(TEXT), LM.logits(TEXT)]
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-4)


def test_more_values_than_fit_one_group_and_a_text_longer_than_the_padding():
    weight = Weight("layers[0].down", 3, 5)
    values = np.linspace(-2, 2, POSITIONS + 1)
    text = TEXT * 3
    found = knobs.turned(LM, text, weight, values)
    assert found.shape == (values.size, LM.config.vocab_size)
    for i in (0, POSITIONS):
        expected = knobs.with_weight(LM, weight, float(values[i])).logits(text)
        np.testing.assert_allclose(found[i], expected, rtol=1e-4, atol=1e-4)


def test_a_silenced_head_adds_nothing():
    output = np.array(LM.params.layers[1].output)
    output[2] = 0
    quiet = knobs.silenced(LM, [(1, 2)]).params
    np.testing.assert_array_equal(quiet.layers[1].output, output)
    changed = replace(quiet.layers[1], output=LM.params.layers[1].output)
    whole = replace(quiet, layers=(quiet.layers[0], changed))
    jax.tree.map(np.testing.assert_array_equal, whole, LM.params)


@pytest.mark.parametrize(
    ("weight", "sentence"),
    [
        (Weight("layers[9].down", 0, 0), "There is no matrix"),
        (Weight("layers[0].down", 48, 0), "48 rows and 32 columns, counted from 0"),
        (Weight("layers[0].down", 0, -1), "no row 0 with a column -1"),
        (Weight("final_norm", 1, 0), "1 row and 32 columns"),
    ],
)
def test_what_is_not_there_is_named(weight, sentence):
    with pytest.raises(ValueError, match=sentence):
        knobs.with_weight(LM, weight, 0.0)
