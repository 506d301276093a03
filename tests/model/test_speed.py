"""What is there for speed gives what the plain formula gives."""

from dataclasses import replace
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from llm_lessons.decoding.loop import loop, stop_tokens
from llm_lessons.decoding.sampling import Settings
from llm_lessons.model import attention
from llm_lessons.model.attention import causal_mask
from llm_lessons.model.kv_cache import make_cache
from llm_lessons.model.parameters import init_parameters
from llm_lessons.model.speed import (
    BFLOAT16,
    HALVED,
    LARGE,
    QUERIES,
    attend,
    attend_in_parts,
    matmul,
    matmul_transposed,
)
from llm_lessons.training.number_format import has_units
from tests.tiny import FJORD


@pytest.mark.parametrize("rows", [1, 2])
@pytest.mark.parametrize("inputs", [2, 320, 321, 3074, 8192])
@pytest.mark.parametrize("outputs", [1, HALVED // 320, 1 + HALVED // 320])
def test_a_product_is_one_however_it_is_cut(rows, inputs, outputs):
    numbers = np.random.default_rng(inputs * outputs)
    x = numbers.standard_normal((rows, inputs), np.float32)
    weight = numbers.standard_normal((inputs, outputs), np.float32)
    found = jax.jit(matmul)(x, weight)
    wanted = x.astype(np.float64) @ weight.astype(np.float64)
    np.testing.assert_allclose(found, wanted, atol=2e-5 * inputs**0.5)


@pytest.mark.parametrize("rows", [1, 2, 5])
def test_a_table_is_read_as_it_lies_and_bfloat16_as_float32(rows):
    numbers = np.random.default_rng(rows)
    x = jnp.asarray(numbers.standard_normal((rows, 320), np.float32))
    weight = jnp.asarray(numbers.standard_normal((320, 500), np.float32))
    for kept in (weight, weight.astype(jnp.bfloat16)):
        wanted = np.asarray(x, np.float64) @ np.asarray(kept, np.float64)
        for found in (
            jax.jit(matmul)(x, kept),
            jax.jit(matmul_transposed)(x, kept.T),
        ):
            assert found.dtype == jnp.float32
            np.testing.assert_allclose(found, wanted, atol=1e-4)


@pytest.mark.skipif(not has_units(), reason="no units for products in bfloat16")
@pytest.mark.parametrize(("inputs", "outputs"), [(40, 72), (72, 40), (64, 64)])
@pytest.mark.parametrize("rows", [LARGE - 1, LARGE])
def test_training_rounds_large_products_and_their_gradients(rows, inputs, outputs):
    numbers = np.random.default_rng(rows)
    shapes = (rows, inputs), (inputs, outputs), (rows, outputs)
    x, weight, slope = (
        jnp.asarray(numbers.standard_normal(shape, np.float32)) for shape in shapes
    )

    def gradients(x, weight):
        product, back = jax.vjp(matmul, x, weight)
        table, of_table = jax.vjp(matmul_transposed, x, weight.T)
        of_x, of_turned = of_table(slope)
        return product, *back(slope), table, of_x, of_turned.T

    with jax.default_matmul_precision(BFLOAT16):
        found = jax.jit(gradients)(x, weight)
    if rows >= LARGE:
        x, weight, slope = (
            np.asarray(jnp.bfloat16(a), np.float64) for a in (x, weight, slope)
        )
    wanted = x @ weight, slope @ weight.T, x.T @ slope
    for one, other in zip(found, wanted * 2, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-4, atol=2e-4)
    assert np.any(np.asarray(jax.jit(gradients)(x, weight)[0]) != found[0]) == (
        rows >= LARGE
    )


def test_no_weights_in_float32_lie_beside_those_in_bfloat16():
    """XLA would like to work them out once, before the loop over the tokens."""
    config = replace(FJORD, d_model=256, d_ff=1024, n_layers=3, vocab_size=2000)
    shapes = jax.eval_shape(partial(init_parameters, config=config), jax.random.key(0))

    params = jax.tree.map(lambda x: jax.ShapeDtypeStruct(x.shape, "bfloat16"), shapes)
    cache = make_cache(config, jnp.zeros(1, jnp.int32), 64)
    given = (jnp.zeros((1, 2000)), cache, Settings().arrays())
    ends = (np.zeros(1, bool), np.ones(1, np.int32), stop_tokens((1,)))
    memory = loop.lower(params, *given, *ends, config).compile().memory_analysis()
    assert memory is not None
    assert memory.temp_size_in_bytes < config.d_model * config.d_ff


@pytest.mark.parametrize("length", [1, QUERIES, QUERIES + 1, 2 * QUERIES + 7])
def test_attention_in_blocks_is_attention(length):
    numbers = np.random.default_rng(length)
    q = jnp.asarray(numbers.standard_normal((2, 4, length, 6), np.float32))
    k, v = (
        jnp.asarray(numbers.standard_normal((2, 2, length, 6), np.float32))
        for _ in range(2)
    )
    slots = jnp.arange(length)
    starts = jnp.asarray([0, length // 2])[:, None, None]  # each row has a mask
    mask = causal_mask(slots[None, :, None], slots[None, None, :], starts)
    plain = jax.jit(attention.attend)(q, k, v, mask)
    looks = (slots >= starts[:, 0])[:, None, :, None]  # who stands before sees nothing
    for quick in (attend, attend_in_parts):
        found = jax.jit(quick)(q, k, v, mask)
        np.testing.assert_allclose(found * looks, plain * looks, rtol=1e-5, atol=1e-6)
