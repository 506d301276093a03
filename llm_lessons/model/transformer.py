"""The machine itself: one pure function from tokens to scores for the next token.

It is the Llama architecture: RMSNorm, rotary positions, grouped-query attention and
a SwiGLU MLP. Everything that it knows stands in `Parameters`, a plain tree of arrays;
nothing is kept between two calls. What saves arithmetic in a loop is `kv_cache`.

Letters in the einsums and the shapes:
    B batch, T tokens read now, S tokens attended to, V vocab_size, D d_model,
    N n_heads, K n_kv_heads, H d_head, F d_ff, BK batch and key heads as one axis
"""

import math
from dataclasses import dataclass
from typing import NamedTuple, no_type_check

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, Int

from llm_lessons.model.attention import (
    attend,
    attend_causally,
    causal_mask,
    rotary_angles,
    rotate,
)
from llm_lessons.model.config import ModelConfig

# The two trees below are exempt from run-time checks: on the way through a JAX
# transformation they hold shapes, shardings or None in the place of arrays.


@no_type_check
@jax.tree_util.register_dataclass
@dataclass(frozen=True)
class Layer:
    """The weights of one block."""

    attention_norm: Float[Array, " D"]
    query: Float[Array, "D N H"]
    key: Float[Array, "D K H"]
    value: Float[Array, "D K H"]
    output: Float[Array, "N H D"]
    mlp_norm: Float[Array, " D"]
    gate: Float[Array, "D F"]
    up: Float[Array, "D F"]
    down: Float[Array, "F D"]


HALVED = 100_000  # weights of a matrix, from which two threads read it faster
LAYER_FIELDS = tuple(Layer.__dataclass_fields__)


@no_type_check
@jax.tree_util.register_dataclass
@dataclass(frozen=True)
class Parameters:
    """All weights of a model. `output_head` is None where the embedding is tied."""

    embedding: Float[Array, "V D"]
    layers: tuple[Layer, ...]
    final_norm: Float[Array, " D"]
    output_head: Float[Array, "D V"] | None


def init_parameters(key: Array, config: ModelConfig) -> Parameters:
    """Draw random weights: normal, with standard deviation 1/sqrt(inputs)."""
    c = config
    keys = iter(jax.random.split(key, 2 + 7 * c.n_layers))

    def matrix(*shape: int, inputs: int) -> Array:
        return jax.random.normal(next(keys), shape) / math.sqrt(inputs)

    # What a block adds to the stream starts small, so that depth adds no noise.
    depth = 2 * c.n_layers
    layers = tuple(
        Layer(
            attention_norm=jnp.ones(c.d_model),
            query=matrix(c.d_model, c.n_heads, c.d_head, inputs=c.d_model),
            key=matrix(c.d_model, c.n_kv_heads, c.d_head, inputs=c.d_model),
            value=matrix(c.d_model, c.n_kv_heads, c.d_head, inputs=c.d_model),
            output=matrix(
                c.n_heads, c.d_head, c.d_model, inputs=c.n_heads * c.d_head * depth
            ),
            mlp_norm=jnp.ones(c.d_model),
            gate=matrix(c.d_model, c.d_ff, inputs=c.d_model),
            up=matrix(c.d_model, c.d_ff, inputs=c.d_model),
            down=matrix(c.d_ff, c.d_model, inputs=c.d_ff * depth),
        )
        for _ in range(c.n_layers)
    )
    head = None
    if not c.tie_embeddings:
        head = matrix(c.d_model, c.vocab_size, inputs=c.d_model)
    return Parameters(
        # Small, so that a tied output starts out close to even odds.
        embedding=0.02 * jax.random.normal(next(keys), (c.vocab_size, c.d_model)),
        layers=layers,
        final_norm=jnp.ones(c.d_model),
        output_head=head,
    )


def count_parameters(config: ModelConfig) -> int:
    """Count a model's weights by shape alone; allocates nothing."""
    shapes = jax.eval_shape(lambda key: init_parameters(key, config), jax.random.key(0))
    return sum(math.prod(leaf.shape) for leaf in jax.tree.leaves(shapes))


def rms_norm(
    x: Float[Array, "rows D"], scale: Float[Array, " D"], eps: float
) -> Float[Array, "rows D"]:
    """Divide by the root mean square, then scale (arXiv 1910.07467)."""
    return x * jax.lax.rsqrt(jnp.mean(x * x, axis=-1, keepdims=True) + eps) * scale


@jax.checkpoint
def gate_up(
    gate: Float[Array, "rows F"], up: Float[Array, "rows F"]
) -> Float[Array, "rows F"]:
    """SwiGLU (arXiv 2002.05202); cheaper to do again in training than to remember."""
    return jax.nn.silu(gate) * up


def product(
    x: Float[Array, "rows inputs"], weight: Float[Array, "inputs outputs"]
) -> Float[Array, "rows outputs"]:
    """`x @ weight`; for a single row as the sum of two halves.

    Decoding reads a matrix for one row: XLA gives a product of a megabyte to a single
    thread, but two of half the size to two.
    """
    inputs = weight.shape[0]
    if len(x) > 1 or weight.size < HALVED or inputs % 2:
        return x @ weight
    halves = weight.reshape(2, inputs // 2, -1)
    return jnp.einsum("hi,hio->ho", x.reshape(2, -1), halves).sum(0, keepdims=True)


class Place(NamedTuple):
    """Where the tokens stand that are read now: the same for every layer.

    Attributes:
        cos, sin: of the angles by which positions turn a head, [#B 1 T half].
        mask: 0 where a token may look, very negative elsewhere, [#B T S].
        slot: the first free one of the cache, if there is one.
    """

    cos: Array
    sin: Array
    mask: Array
    slot: Array | int = 0


def place_at(
    positions: Int[Array, "#B T"],
    mask: Float[Array, "#B T S"],
    config: ModelConfig,
    slot: Int[Array, ""] | int = 0,
) -> Place:
    """The `Place` of tokens at these positions of their text."""
    angles = rotary_angles(positions, config)
    # Behind a barrier XLA computes them once, not again wherever a head is turned.
    cos, sin = jax.lax.optimization_barrier((jnp.cos(angles), jnp.sin(angles)))
    return Place(cos, sin, mask, slot)


class Layered(NamedTuple):
    """What one block makes of the stream, and what it looked with and at.

    Attributes:
        stream: [B*T D], one row a token: plain matrices train a fifth faster than 3-D.
        queries: [B N T H].
        keys, values: [BK S H]; with a cache, all of it.
    """

    stream: Array
    queries: Array
    keys: Array
    values: Array


def block(
    layer: Layer,
    x: Float[Array, "rows D"],
    place: Place,
    config: ModelConfig,
    keys: Float[Array, "BK S H"] | None = None,
    values: Float[Array, "BK S H"] | None = None,
) -> Layered:
    """One layer: attention, then the MLP, each added to the stream.

    With a cache's keys and values, those of these tokens are written into it, and seen.
    """
    steps = place.mask.shape[-2]

    def heads(y: Float[Array, "rows D"], weight: Float[Array, "D heads H"]):
        rows = product(y, weight.reshape(config.d_model, -1))
        return rows.reshape(-1, steps, weight.shape[1], config.d_head).swapaxes(1, 2)

    y = rms_norm(x, layer.attention_norm, config.norm_eps)
    q = rotate(heads(y, layer.query), place.cos, place.sin)
    k = rotate(heads(y, layer.key), place.cos, place.sin)
    v = heads(y, layer.value)
    k, v = (z.reshape(-1, steps, config.d_head) for z in (k, v))
    mix = attend_causally
    if keys is not None and values is not None:
        slot = (0, place.slot, 0)
        k = jax.lax.dynamic_update_slice(keys, k, slot)
        v = jax.lax.dynamic_update_slice(values, v, slot)
        mix = attend
    mixed = mix(q, k, v, place.mask).swapaxes(1, 2).reshape(len(x), -1)
    x = x + product(mixed, layer.output.reshape(-1, config.d_model))

    y = rms_norm(x, layer.mlp_norm, config.norm_eps)
    opened = gate_up(product(y, layer.gate), product(y, layer.up))
    x = x + product(opened, layer.down)
    return Layered(x, q, k, v)


class Reading(NamedTuple):
    """What the blocks make of a text. Inside jit, what nobody asks for is never kept.

    Attributes:
        stream: [B T D], after the last layer and the final norm.
        between: the stream [B*T D] before the first layer and after every one.
        queries: of every layer, [B N T H].
        keys, values: of every layer, [BK S H].
    """

    stream: Array
    between: list[Array]
    queries: list[Array]
    keys: list[Array]
    values: list[Array]


def read(params: Parameters, tokens: Int[Array, "B T"], config: ModelConfig) -> Reading:
    """Read whole texts: each token looks at itself and at those before it."""
    slots = jnp.arange(tokens.shape[1])
    mask = causal_mask(slots[None, :, None], slots[None, None, :])
    place = place_at(slots[None, :], mask, config)
    x = params.embedding[tokens.reshape(-1)]
    between, layers = [x], []
    for layer in params.layers:
        layers.append(block(layer, x, place, config))
        x = layers[-1].stream
        between.append(x)
    x = rms_norm(x, params.final_norm, config.norm_eps)
    queries, keys, values = (
        [getattr(layer, name) for layer in layers]
        for name in ("queries", "keys", "values")
    )
    return Reading(x.reshape(*tokens.shape, -1), between, queries, keys, values)


def unembed(params: Parameters, x: Float[Array, "rows D"]) -> Float[Array, "rows V"]:
    """Turn the stream into scores: a product with every token's column, or embedding.

    A single row goes to a tied table as a vector: XLA reads the table as it lies then,
    seven times faster than for a product of two matrices.
    """
    if params.output_head is not None:
        return x @ params.output_head
    if len(x) == 1:
        return (params.embedding @ x[0])[None]
    return x @ params.embedding.T


def forward(
    params: Parameters, tokens: Int[Array, "B T"], config: ModelConfig
) -> Float[Array, "B T V"]:
    """The whole machine: tokens so far in, scores (logits) for every next token out.

    `logits[b, t]` depends on `tokens[b, :t + 1]` and on nothing else.
    """
    x = read(params, tokens, config).stream
    logits = unembed(params, x.reshape(tokens.size, -1))
    return logits.reshape(*tokens.shape, -1)
