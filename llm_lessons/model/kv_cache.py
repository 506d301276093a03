"""Keys and values kept from token to token: saved arithmetic, not memory.

`begin`, `prefill` and `decode_step` run the very same block as `forward`. Letters in
the shapes as in `model`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple, no_type_check

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, Int

from llm_lessons.model.attention import causal_mask
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.transformer import (
    Layered,
    Parameters,
    Place,
    block,
    place_at,
    rms_norm,
    unembed,
)


# Exempt from run-time checks, as the trees of `model` are.
@no_type_check
@jax.tree_util.register_dataclass
@dataclass(frozen=True)
class KVCache:
    """Keys and values already computed: saved arithmetic, not memory.

    Rows of a batch end together: row b's text begins at slot `start[b]`, and all rows
    have `length` slots filled, so that one step writes one slot for every row.
    """

    keys: tuple[Float[Array, "BK S H"], ...]
    values: tuple[Float[Array, "BK S H"], ...]
    start: Int[Array, " B"]
    length: Int[Array, ""]

    @property
    def slots(self) -> int:
        """Room for so many tokens a row, filled or not."""
        return self.keys[0].shape[1]


def make_cache(config: ModelConfig, start: Int[Array, " B"], capacity: int) -> KVCache:
    """An empty cache with room for `capacity` tokens; row b begins at `start[b]`."""
    shape = (start.shape[0] * config.n_kv_heads, capacity, config.d_head)
    keys = tuple(jnp.zeros(shape) for _ in range(config.n_layers))
    values = tuple(jnp.zeros(shape) for _ in range(config.n_layers))
    return KVCache(keys, values, start, jnp.zeros((), jnp.int32))


def enter(
    embedding: Float[Array, "V D"],
    tokens: Int[Array, "B T"],
    start: Int[Array, " B"],
    length: Int[Array, ""],
    capacity: int,
    config: ModelConfig,
) -> tuple[Float[Array, "rows D"], Place, Int[Array, ""]]:
    """Before the layers of a `prefill`: the stream, its place, the cache's new length.

    Slots before a row's start are padding: no token of the text looks at them.
    """
    slots = length + jnp.arange(tokens.shape[1])
    mask = causal_mask(
        slots[None, :, None],
        jnp.arange(capacity)[None, None, :],
        start[:, None, None],
    )
    place = place_at(slots[None, :] - start[:, None], mask, config, length)
    return embedding[tokens.reshape(-1)], place, length + tokens.shape[1]


def leave(
    params: Parameters,
    x: Float[Array, "rows D"],
    rows: int,
    config: ModelConfig,
) -> Float[Array, "B V"]:
    """After the layers of a `prefill`: the scores behind each of so many rows."""
    last = x.reshape(rows, -1, config.d_model)[:, -1]
    return unembed(params, rms_norm(last, params.final_norm, config.norm_eps))


def widen(arrays, slots: int):
    """Keys and values, any tree of [BK S H], with room for so many tokens."""
    return jax.tree.map(
        lambda x: jnp.pad(x, ((0, 0), (0, slots - x.shape[1]), (0, 0))), arrays
    )


class Stages(NamedTuple):
    """What reading is made of; each may be compiled for itself."""

    enter: Callable[..., tuple[Array, Place, Array]] = enter
    block: Callable[..., Layered] = block
    widen: Callable[..., Any] = widen
    leave: Callable[..., Array] = leave


# For who compiles a whole `prefill`: JAX then traces the block once, not once a layer.
AS_ONE = Stages(block=jax.jit(block, static_argnames="config"))


def _through(
    params: Parameters,
    x: Float[Array, "rows D"],
    place: Place,
    config: ModelConfig,
    stages: Stages,
    cached: Iterable[tuple[Array, ...]],
):
    """The stream after all layers, and the keys and values of each of them."""
    keys, values = [], []
    for layer, kept in zip(params.layers, cached, strict=True):
        x, _, k, v = stages.block(layer, x, place, config, *kept)
        keys.append(k)
        values.append(v)
    return x, tuple(keys), tuple(values)


def begin(
    params: Parameters,
    tokens: Int[Array, "B T"],
    start: Int[Array, " B"],
    capacity: int,
    config: ModelConfig,
    stages: Stages = AS_ONE,
) -> tuple[Float[Array, "B V"], KVCache]:
    """Read the first chunk of a text; returns the scores after it, and a cache of it.

    The same as a `prefill` of an empty cache, which looks at every slot of it: here the
    tokens look at one another only.
    """
    nothing = jnp.zeros((), jnp.int32)
    x, place, length = stages.enter(
        params.embedding, tokens, start, nothing, tokens.shape[1], config
    )
    x, *made = _through(params, x, place, config, stages, [()] * config.n_layers)
    logits = stages.leave(params, x, len(tokens), config)
    keys, values = stages.widen(made, capacity)
    return logits, KVCache(keys, values, start, length)


def prefill(
    params: Parameters,
    tokens: Int[Array, "B T"],
    cache: KVCache,
    config: ModelConfig,
    stages: Stages = AS_ONE,
) -> tuple[Float[Array, "B V"], KVCache]:
    """Read a chunk of text into the cache; returns the scores after its last token."""
    x, place, length = stages.enter(
        params.embedding, tokens, cache.start, cache.length, cache.slots, config
    )
    cached = zip(cache.keys, cache.values, strict=True)
    x, keys, values = _through(params, x, place, config, stages, cached)
    logits = stages.leave(params, x, len(tokens), config)
    return logits, KVCache(keys, values, cache.start, length)


def decode_step(
    params: Parameters,
    token: Int[Array, " B"],
    cache: KVCache,
    config: ModelConfig,
) -> tuple[Float[Array, "B V"], KVCache]:
    """Read one more token a row: a prefill of length one."""
    return prefill(params, token[:, None], cache, config)
