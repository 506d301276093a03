"""Keys and values kept from token to token: less work, and the same scores.

`prefill`, `extend` and `decode_step` run the very same block as `forward`. Each of the
programs that they call is compiled for itself: outside of jit a text is read layer by
layer, whatever the model's depth; inside, all of it becomes one program. Letters in the
shapes as in `transformer`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import no_type_check

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, Int

from llm_lessons.model.attention import Rope, causal_mask, rope_at, rope_in
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import Parameters
from llm_lessons.model.transformer import block, embed, rms_norm, unembed


# Exempt from run-time checks, as the trees of `parameters` are.
@no_type_check
@jax.tree_util.register_dataclass
@dataclass(frozen=True)
class KVCache:
    """Keys and values already computed.

    Rows of a batch end together: row b's text begins at slot `start[b]`, and all rows
    have `length` slots filled, so that one step writes one slot for every row.
    """

    keys: tuple[Float[Array, "B K S H"], ...]
    values: tuple[Float[Array, "B K S H"], ...]
    start: Int[Array, " B"]
    length: Int[Array, ""]

    @property
    def slots(self) -> int:
        """Room for so many tokens a row, filled or not."""
        return self.keys[0].shape[2]


def make_cache(config: ModelConfig, start: Int[Array, " B"], capacity: int) -> KVCache:
    """An empty cache with room for `capacity` tokens; row b begins at `start[b]`."""
    shape = (start.shape[0], config.n_kv_heads, capacity, config.d_head)
    keys = tuple(jnp.zeros(shape) for _ in range(config.n_layers))
    values = tuple(jnp.zeros(shape) for _ in range(config.n_layers))
    return KVCache(keys, values, start, jnp.zeros((), jnp.int32))


@partial(jax.jit, static_argnames=("seen", "config"))
def before_layers(
    embedding: Float[Array, "V D"],
    tokens: Int[Array, "B T"],
    start: Int[Array, " B"],
    length: Int[Array, ""] | int,
    seen: int,
    config: ModelConfig,
) -> tuple[Float[Array, "B T D"], Rope, Float[Array, "B T S"]]:
    """Before the layers: the stream of tokens behind `length` others, and their mask.

    They look at the first S slots, as many as `seen` says. Slots before a row's start
    are padding: no token of the text looks at them.
    """
    own = length + jnp.arange(tokens.shape[1])  # the slots of these tokens
    mask = causal_mask(
        own[None, :, None],
        jnp.arange(seen)[None, None, :],
        start[:, None, None],
    )
    rope = rope_at(own[None, :] - start[:, None], config)
    return embed(embedding, tokens), rope, mask


# JAX writes into the cache that it is given: nobody may use that afterwards.
jitted_block = jax.jit(
    block, static_argnames="config", donate_argnames=("keys", "values")
)


@partial(jax.jit, static_argnames="config")
def unembed_last(
    params: Parameters, x: Float[Array, "B T D"], config: ModelConfig
) -> Float[Array, "B V"]:
    """After the layers: the scores behind the last token of each text."""
    return unembed(params, rms_norm(x[:, -1], params.final_norm, config.norm_eps))


@partial(jax.jit, static_argnames="capacity")
def grow(arrays, capacity: int):
    """Keys and values, any tree of [B K S H], with room for so many tokens."""
    return jax.tree.map(
        lambda x: jnp.pad(x, ((0, 0), (0, 0), (0, capacity - x.shape[2]), (0, 0))),
        arrays,
    )


def prefill(
    params: Parameters,
    tokens: Int[Array, "B T"],
    start: Int[Array, " B"],
    capacity: int,
    config: ModelConfig,
) -> tuple[Float[Array, "B V"], KVCache]:
    """Read texts from their beginning; returns the scores after them, and a cache.

    The same as `extend` for an empty cache, which looks at every slot of it: here the
    tokens look at one another only, and a prompt is read an eighth faster.
    """
    length = tokens.shape[1]
    x, rope, mask = before_layers(
        params.embedding, tokens, start, length=0, seen=length, config=config
    )
    nothing_kept = [()] * config.n_layers
    x, keys, values = _layers(params, x, rope, mask, config, nothing_kept)
    keys, values = grow((keys, values), capacity)
    logits = unembed_last(params, x, config)
    return logits, KVCache(keys, values, start, jnp.full((), length, jnp.int32))


def extend(
    params: Parameters, tokens: Int[Array, "B T"], cache: KVCache, config: ModelConfig
) -> tuple[Float[Array, "B V"], KVCache]:
    """Read on behind a cache, which is given up; returns scores and a longer cache."""
    start, length = cache.start, cache.length
    x, rope, mask = before_layers(
        params.embedding, tokens, start, length, cache.slots, config
    )
    cached = ((k, v, length) for k, v in zip(cache.keys, cache.values, strict=True))
    x, keys, values = _layers(params, x, rope, mask, config, cached)
    logits = unembed_last(params, x, config)
    return logits, KVCache(keys, values, start, length + tokens.shape[1])


def decode_step(
    params: Parameters, token: Int[Array, " B"], cache: KVCache, config: ModelConfig
) -> tuple[Float[Array, "B V"], KVCache]:
    """Read one more token a row."""
    return extend(params, token[:, None], cache, config)


def _layers(
    params: Parameters,
    x: Float[Array, "B T D"],
    rope: Rope,
    mask: Float[Array, "B T S"],
    config: ModelConfig,
    cached: Iterable[tuple[Array, ...]],
):
    """The stream after all layers, and the keys and values of each of them."""
    keys, values = [], []
    for i, (layer, kept) in enumerate(zip(params.layers, cached, strict=True)):
        turns = rope_in(i, rope, config)
        x, _, k, v = jitted_block(layer, x, turns, mask, config, *kept)
        keys.append(k)
        values.append(v)
    return x, tuple(keys), tuple(values)
