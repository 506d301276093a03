"""How tokens look at each other: rotary positions, the causal mask, attention.

Letters in the einsums and the shapes, as in `transformer`:
    B batch, T tokens read now, S tokens attended to, N n_heads, K n_kv_heads, H d_head;
    BK batch and key heads as one axis, Q the queries that share a row of it:
    n_heads // n_kv_heads heads of T tokens; W width of what is mixed, H in the model
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


def attend(
    q: Float[Array, "B N T H"],
    k: Float[Array, "BK S H"],
    v: Float[Array, "BK S W"],
    mask: Float[Array, "#B T S"],
) -> Float[Array, "B N T W"]:
    """Mix the values of the tokens that each query looks at (arXiv 2305.13245).

    It is softmax(q k / sqrt(H) + mask) v; the rest of it shares and shapes.

    `mask` is added to the scores: 0 where a token may look, very negative elsewhere.
    Batch and key heads are one axis, BK or b: so XLA reads a cache where it lies, even
    where the batch is a single text (it copied all of it for every token otherwise).
    """
    queries = q.reshape(k.shape[0], -1, q.shape[-1]) / math.sqrt(q.shape[-1])
    # The mask of a row, once for each of its key heads and of the heads that share one.
    shared = queries.shape[1] // mask.shape[1]
    mask = jnp.tile(mask, (1, shared, 1))
    if mask.shape[0] > 1:
        mask = jnp.repeat(mask, len(k) // len(mask), axis=0)
    scores = jnp.einsum("bQH,bSH->bQS", queries, k) + mask
    # A softmax, but divided by its sum after the mixing, where there is less to divide.
    highest = jax.lax.stop_gradient(scores.max(axis=-1, keepdims=True))
    weights = jnp.exp(scores - highest)
    mixed = jnp.einsum("bQS,bSW->bQW", weights, v)
    mixed = mixed / weights.sum(axis=-1, keepdims=True)
    return mixed.reshape(*q.shape[:-1], v.shape[-1])


def attention_weights(
    q: Float[Array, "B N T H"], k: Float[Array, "BK S H"], mask: Float[Array, "#B T S"]
) -> Float[Array, "B N T S"]:
    """How much each query looks at each token; a query's weights add to one.

    `attend` itself, where every token's value is its own number and nothing else: what
    comes out of the mixing then says how much of whom went in.
    """
    everyone = jnp.eye(k.shape[1])
    return attend(q, k, jnp.broadcast_to(everyone, (len(k), *everyone.shape)), mask)


def causal_mask(query_slot: Array, key_slot: Array, start: Array | int = 0) -> Array:
    """0 where a key stands within the text and not after the query, else -1e30."""
    visible = (key_slot <= query_slot) & (key_slot >= start)
    return jnp.where(visible, 0.0, -1e30)
