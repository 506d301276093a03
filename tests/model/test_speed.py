"""What is there for speed gives what the plain formula gives."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from llm_lessons.model.attention import attend, causal_mask
from llm_lessons.model.speed import (
    BLOCK,
    HALVED,
    attend_in_blocks,
    matmul,
    matmul_transposed,
)


@pytest.mark.parametrize("rows", [1, 2])
@pytest.mark.parametrize("inputs", [2, 320, 321, 640])
@pytest.mark.parametrize("outputs", [1, HALVED // 320, 1 + HALVED // 320])
def test_a_product_is_one_whether_it_is_halved_or_not(rows, inputs, outputs):
    numbers = np.random.default_rng(inputs * outputs)
    x = numbers.standard_normal((rows, inputs), np.float32)
    weight = numbers.standard_normal((inputs, outputs), np.float32)
    found = jax.jit(matmul)(x, weight)
    wanted = x.astype(np.float64) @ weight.astype(np.float64)
    np.testing.assert_allclose(found, wanted, atol=2e-5 * inputs**0.5)


@pytest.mark.parametrize("rows", [1, 2, 5])
def test_a_table_is_read_as_it_lies_or_turned(rows):
    numbers = np.random.default_rng(rows)
    x = numbers.standard_normal((rows, 24), np.float32)
    table = numbers.standard_normal((50, 24), np.float32)
    found = jax.jit(matmul_transposed)(x, table)
    wanted = x.astype(np.float64) @ table.T.astype(np.float64)
    np.testing.assert_allclose(found, wanted, atol=1e-4)


@pytest.mark.parametrize("length", [1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK + 7])
def test_attention_in_blocks_is_attention(length):
    numbers = np.random.default_rng(length)
    q = jnp.asarray(numbers.standard_normal((2, 4, length, 6), np.float32))
    k, v = (
        jnp.asarray(numbers.standard_normal((2 * 2, length, 6), np.float32))
        for _ in range(2)
    )
    slots = jnp.arange(length)
    mask = causal_mask(slots[None, :, None], slots[None, None, :])
    found = attend_in_blocks(q, k, v, mask)
    np.testing.assert_allclose(found, attend(q, k, v, mask), rtol=1e-5, atol=1e-6)
