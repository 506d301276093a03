"""Here for speed alone: each function gives what its plain formula gives, but sooner.

The figures are ratios of one run each, on two cores of an Intel Xeon with AVX-512.
"""

import math

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

BFLOAT16 = "bfloat16"  # JAX's own name, of the number format and of its setting
LARGE = 256  # rows from which a product in bfloat16 is worth its rounding
HALVED = 100_000  # weights of a matrix, from which two threads read it faster
TALL = 1024  # rows of a matrix: each as many again make two parts more
QUERIES = 64  # whose attention is worked out together where a whole text is read


def in_float32(weight: Array, x: Array) -> tuple[Array, Array]:
    """A matrix of weights as numbers to calculate with, and what it multiplies.

    Weights kept in bfloat16, to save memory, are worked out where they are needed, for
    a CPU multiplies by them as they are ten times more slowly. Both wait for each
    other: XLA would work them out once for all tokens, and keep them all. For a single
    row the product is written as a sum, and XLA then works them out as it reads them,
    with no matrix in float32 anywhere: it takes 1.4 times as long as in float32, not
    five times.
    """
    if weight.dtype == jnp.float32:
        return weight, x
    weight, x = jax.lax.optimization_barrier((weight, x))
    return weight.astype(jnp.float32), x


def matmul(x: Array, weight: Array, axes: int = 1) -> Array:
    """`jnp.tensordot(x, weight, axes)`: the last axes of x by the weight's first.

    As a product of two plain matrices: with a batch of texts it trains a fifth faster.
    """
    inputs = math.prod(weight.shape[:axes])
    product = _product(x.reshape(-1, inputs), weight.reshape(inputs, -1))
    return product.reshape(*x.shape[: x.ndim - axes], *weight.shape[axes:])


def _product(
    x: Float[Array, "rows inputs"], weight: Float[Array, "inputs outputs"]
) -> Float[Array, "rows outputs"]:
    """`x @ weight`; for a single row as the sum of two parts or more.

    Decoding reads a matrix for one row: XLA gives a product of a megabyte to a single
    thread, but two of half the size to two. SmolLM2 decodes 1.5 times as fast by it.
    A tall matrix it reads column after column, a long way down each: in parts of 512
    rows or more, one of 8192 by 2048 takes 0.6 times as long as in halves.
    """
    if len(x) >= LARGE and is_rounding():
        return rounded_product(x, weight)
    is_kept_small, inputs = weight.dtype != jnp.float32, weight.shape[0]
    weight, x = in_float32(weight, x)
    if len(x) == 1 and is_kept_small:
        return jnp.sum(weight * x[0][:, None], axis=0, keepdims=True)
    if len(x) > 1 or weight.size < HALVED or inputs % 2:
        return x @ weight
    parts = max(2, inputs // TALL * 2)
    while inputs % parts:
        parts -= 2
    cut = weight.reshape(parts, inputs // parts, -1)
    return jnp.einsum("pi,pio->po", x.reshape(parts, -1), cut).sum(0, keepdims=True)


def is_rounding() -> bool:
    """Whether products may round to bfloat16: JAX's setting `default_matmul_precision`.

    XLA heeds it on accelerators only; on a CPU `rounded_product` does it.
    """
    return jax.config.jax_default_matmul_precision == BFLOAT16


@jax.custom_vjp
def rounded_product(
    x: Float[Array, "rows inputs"], weight: Float[Array, "inputs outputs"]
) -> Float[Array, "rows outputs"]:
    """`x @ weight` of numbers rounded to bfloat16, summed in float32; and its gradient.

    Where the processor has units for it (AMX), three times as fast as in float32.
    """
    return _rounded_product(x, weight)[0]


def _rounded_product(x: Array, weight: Array) -> tuple[Array, tuple[Array, Array]]:
    x, weight = x.astype(jnp.bfloat16), weight.astype(jnp.bfloat16)
    return _summed(x, weight, 1, 0), (x, weight)


def _rounded_gradient(
    factors: tuple[Array, Array], slope: Array
) -> tuple[Array, Array]:
    (x, weight), slope = factors, slope.astype(jnp.bfloat16)
    is_wide = x.shape[1] <= slope.shape[1]
    first, second = (x, slope) if is_wide else (slope, x)
    # Behind a barrier: of a product that is turned back XLA has none in bfloat16.
    product = jax.lax.optimization_barrier(_summed(_turned(first), second, 1, 0))
    of_weight = product if is_wide else product.T
    return _summed(slope, weight, 1, 1), of_weight


rounded_product.defvjp(_rounded_product, _rounded_gradient)


def _summed(a: Array, b: Array, axis: int, other: int, kind=jnp.float32) -> Array:
    """The product of two matrices over these axes."""
    axes = (((axis,), (other,)), ((), ()))
    return jax.lax.dot_general(a, b, axes, preferred_element_type=kind)


def _turned(x: Array) -> Array:
    """`x.T`, as a product with ones on a diagonal.

    XLA sums over the first axis of two matrices as slowly in bfloat16 as in float32,
    and takes every `.T` back into the product. Turned like this, which changes no
    number, it takes half as long.
    """
    ones = jnp.eye(x.shape[1], dtype=x.dtype)
    return jax.lax.optimization_barrier(_summed(ones, x, 1, 1, x.dtype))


def matmul_transposed(
    x: Float[Array, "*any D"], table: Float[Array, "V D"]
) -> Float[Array, "*any V"]:
    """`x @ table.T`; for a single row as a product with a vector.

    XLA then reads the table as it lies: seven times faster than as two matrices, and
    without a turned copy (113 MB of SmolLM2's).
    """
    is_kept_small, rows = table.dtype != jnp.float32, x.reshape(-1, x.shape[-1])
    if len(rows) >= LARGE and is_rounding():
        return rounded_product(rows, table.T).reshape(*x.shape[:-1], -1)
    table, rows = in_float32(table, rows)
    if len(rows) == 1 and is_kept_small:
        product = jnp.sum(table * rows, axis=1)
    elif len(rows) == 1:
        product = table @ rows[0]
    else:
        product = rows @ table.T
    return product.reshape(*x.shape[:-1], -1)


def write_at(
    slot: Array | int, cache: Float[Array, "B K S H"], new: Float[Array, "B K T H"]
) -> Float[Array, "B K S H"]:
    """The cache with these keys or values from `slot` on.

    Behind a barrier, or XLA writes and reads it in one, and copies all of it for that.
    """
    return jax.lax.optimization_barrier(
        jax.lax.dynamic_update_slice(cache, new, (0, 0, slot, 0))
    )


def attend(
    q: Float[Array, "B N T H"],
    k: Float[Array, "B K S H"],
    v: Float[Array, "B K S H"],
    mask: Float[Array, "#B T S"],
) -> Float[Array, "B N T H"]:
    """`attention.attend`, with batch and key heads as one axis, b.

    So XLA reads a cache where it lies, even where the batch is a single text (it copied
    all of it for every token otherwise). Q are the queries that share a row of it. The
    weights are divided by their sum after the mixing, where there is less to divide.
    """
    k, v = (x.reshape(-1, *x.shape[2:]) for x in (k, v))
    queries = q.reshape(len(k), -1, q.shape[-1]) / math.sqrt(q.shape[-1])
    # The mask of a row, once for each of its key heads and of the heads that share one.
    mask = jnp.tile(mask, (1, queries.shape[1] // mask.shape[1], 1))
    if len(mask) > 1:
        mask = jnp.repeat(mask, len(k) // len(mask), axis=0)
    scores = jnp.einsum("bQH,bSH->bQS", queries, k) + mask
    highest = jax.lax.stop_gradient(scores.max(axis=-1, keepdims=True))
    weights = jnp.exp(scores - highest)
    mixed = jnp.einsum("bQS,bSH->bQH", weights, v)
    return (mixed / weights.sum(axis=-1, keepdims=True)).reshape(q.shape)


def attend_in_parts(
    q: Float[Array, "B N T H"],
    k: Float[Array, "B K T H"],
    v: Float[Array, "B K T H"],
    mask: Float[Array, "#B T T"],
) -> Float[Array, "B N T H"]:
    """`attend`, some queries at a time: none need look at keys after its own.

    Of 256 tokens in parts of 64, three of eight scores are never worked out.
    """
    ends = [*range(QUERIES, q.shape[2], QUERIES), q.shape[2]]
    parts = []
    for start, end in zip([0, *ends], ends, strict=False):
        seen, looks = mask[:, start:end, :end], q[:, :, start:end]
        parts.append(attend(looks, k[:, :, :end], v[:, :, :end], seen))
    return jnp.concatenate(parts, axis=2)
