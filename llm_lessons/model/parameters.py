"""All that a model knows: a plain tree of arrays, drawn at random or counted by shape.

Letters in the shapes, as in `transformer`:
    V vocab_size, D d_model, N n_heads, K n_kv_heads, H d_head, F d_ff
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import no_type_check

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from llm_lessons.foundation.checks import one_of
from llm_lessons.model.config import ModelConfig

# The two trees below are exempt from run-time checks: on the way through a JAX
# transformation they hold shapes, shardings or None in the place of arrays.


@no_type_check
@jax.tree_util.register_dataclass
@dataclass(frozen=True)
class Layer:
    """The weights of one layer. The last ones are None in a plain Llama."""

    attention_norm: Float[Array, " D"]
    query: Float[Array, "D N H"]
    key: Float[Array, "D K H"]
    value: Float[Array, "D K H"]
    output: Float[Array, "N H D"]
    mlp_norm: Float[Array, " D"]
    gate: Float[Array, "D F"]
    up: Float[Array, "D F"]
    down: Float[Array, "F D"]
    query_bias: Float[Array, "N H"] | None = None
    key_bias: Float[Array, "K H"] | None = None
    value_bias: Float[Array, "K H"] | None = None
    query_norm: Float[Array, " H"] | None = None
    key_norm: Float[Array, " H"] | None = None


# First what every layer has, then all that there may be.
LAYER_FIELDS = tuple(field.name for field in fields(Layer) if field.default is MISSING)
ALL_LAYER_FIELDS = tuple(field.name for field in fields(Layer))


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
    """Draw random weights: normal, with standard deviation 1/sqrt(inputs).

    Smaller for what is added to the stream, and 0.02 for the embedding.
    """
    c = config
    draws = iter(jax.random.split(key, 2 + 7 * c.n_layers))  # 7 matrices a layer

    def matrix(*shape: int, inputs: int) -> Array:
        return jax.random.normal(next(draws), shape) / math.sqrt(inputs)

    # What a layer adds to the stream, twice, starts small: depth adds no noise.
    additions = 2 * c.n_layers
    layers = tuple(
        Layer(
            attention_norm=jnp.ones(c.d_model),
            query=matrix(c.d_model, c.n_heads, c.d_head, inputs=c.d_model),
            key=matrix(c.d_model, c.n_kv_heads, c.d_head, inputs=c.d_model),
            value=matrix(c.d_model, c.n_kv_heads, c.d_head, inputs=c.d_model),
            output=matrix(
                c.n_heads, c.d_head, c.d_model, inputs=c.n_heads * c.d_head * additions
            ),
            mlp_norm=jnp.ones(c.d_model),
            gate=matrix(c.d_model, c.d_ff, inputs=c.d_model),
            up=matrix(c.d_model, c.d_ff, inputs=c.d_model),
            down=matrix(c.d_ff, c.d_model, inputs=c.d_ff * additions),
            **_optional_weights(c),
        )
        for _ in range(c.n_layers)
    )
    head = None
    if not c.tie_embeddings:
        head = matrix(c.d_model, c.vocab_size, inputs=c.d_model)
    return Parameters(
        # Small, so that a tied output starts out close to even odds.
        embedding=0.02 * jax.random.normal(next(draws), (c.vocab_size, c.d_model)),
        layers=layers,
        final_norm=jnp.ones(c.d_model),
        output_head=head,
    )


def _optional_weights(c: ModelConfig) -> dict[str, Array]:
    """What a plain Llama's layer has not: no bias, and norms that change nothing."""
    shapes = {
        "query_bias": (c.n_heads, c.d_head),
        "key_bias": (c.n_kv_heads, c.d_head),
        "value_bias": (c.n_kv_heads, c.d_head),
    }
    biases = {name: jnp.zeros(shape) for name, shape in shapes.items()}
    norms = {name: jnp.ones(c.d_head) for name in ("query_norm", "key_norm")}
    return (biases if c.qkv_bias else {}) | (norms if c.qk_norm else {})


def count_parameters(config: ModelConfig) -> int:
    """Count a model's weights by shape alone; allocates nothing."""
    one_of("config", config, (ModelConfig,), "a ModelConfig, such as lm.config")
    shapes = jax.eval_shape(lambda key: init_parameters(key, config), jax.random.key(0))
    return sum(math.prod(leaf.shape) for leaf in jax.tree.leaves(shapes))


def assembled(
    weights: Mapping[str, Array], layers: Iterable[Mapping[str, Array]]
) -> Parameters:
    """The tree of these arrays, by the names of its fields."""
    return Parameters(
        embedding=weights["embedding"],
        layers=tuple(Layer(**layer) for layer in layers),
        final_norm=weights["final_norm"],
        output_head=weights.get("output_head"),
    )
