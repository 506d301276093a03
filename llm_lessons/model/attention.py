"""How tokens look at each other: rotary positions, the causal mask, attention.

Letters in the shapes, as in `transformer`:
    B batch, T tokens read now, S tokens attended to, N n_heads, K n_kv_heads, H d_head
"""

import math
from typing import NamedTuple

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, Int

from llm_lessons.model.config import ModelConfig


class Rope(NamedTuple):
    """The angles by which positions turn a head (arXiv 2104.09864).

    Attributes:
        cos, sin: of each pair of a head, [#B 1 T half].
    """

    cos: Array
    sin: Array


def rope_at(positions: Int[Array, "#B T"], config: ModelConfig) -> Rope:
    """The angles of tokens at these positions of their text."""
    half = config.d_head // 2
    frequency = config.rope_theta ** (-jnp.arange(half) / half)
    if config.rope_stretch:
        frequency = frequency / jnp.asarray(config.rope_stretch)
    angles = positions[:, None, :, None] * frequency
    # Behind a barrier XLA computes them once, not again wherever a head is turned.
    return Rope(*jax.lax.optimization_barrier((jnp.cos(angles), jnp.sin(angles))))


def rope_in(layer: int, rope: Rope, config: ModelConfig) -> Rope | None:
    """The angles by which a layer turns, or None if it sees no positions."""
    return None if layer in config.nope_layers else rope


def rotate(
    x: Float[Array, "B heads T H"], rope: Rope | None
) -> Float[Array, "B heads T H"]:
    """Mark each token's position by turning pairs (i, i + H/2); None turns nothing."""
    if rope is None:
        return x
    first, second = jnp.split(x, 2, axis=-1)
    return jnp.concatenate(
        [
            first * rope.cos - second * rope.sin,
            second * rope.cos + first * rope.sin,
        ],
        axis=-1,
    )


def attention_weights(
    q: Float[Array, "B N T H"],
    k: Float[Array, "B K S H"],
    mask: Float[Array, "#B T S"],
) -> Float[Array, "B N T S"]:
    """How much each query looks at each token: softmax(q k / sqrt(H) + mask).

    A query's weights add to one. N / K heads of queries share a head of keys (arXiv
    2305.13245). A sum of H products grows like sqrt(H), hence the division.
    """
    k = jnp.repeat(k, q.shape[1] // k.shape[1], axis=1)
    scores = jnp.einsum("BNTH,BNSH->BNTS", q, k) / math.sqrt(q.shape[-1])
    return jax.nn.softmax(scores + mask[:, None], axis=-1)


def attend(
    q: Float[Array, "B N T H"],
    k: Float[Array, "B K S H"],
    v: Float[Array, "B K S H"],
    mask: Float[Array, "#B T S"],
) -> Float[Array, "B N T H"]:
    """Mix the values of the tokens that each query looks at, by its weights.

    This is the formula; `speed.attend` is what runs.
    """
    v = jnp.repeat(v, q.shape[1] // v.shape[1], axis=1)
    return jnp.einsum("BNTS,BNSH->BNTH", attention_weights(q, k, mask), v)


def causal_mask(
    query_slot: Int[Array, "1 T 1"],
    key_slot: Int[Array, "1 1 S"],
    start: Int[Array, "B #T 1"] | int = 0,
) -> Float[Array, "#B T S"]:
    """0 where a key stands within the text and not after the query, else -1e30.

    For three tokens of a text the rows are [0, -1e30, -1e30], [0, 0, -1e30], [0, 0, 0].
    (Minus infinity would make what stands before a text, and sees nothing, no number.)
    """
    visible = (key_slot <= query_slot) & (key_slot >= start)
    return jnp.where(visible, 0.0, -1e30)
