"""The machine itself: one pure function from tokens to scores for the next token.

It is the Llama architecture: RMSNorm, rotary positions, grouped-query attention and
a SwiGLU MLP. What others of its family have beside these is None in a plain Llama.
Everything that it knows stands in `Parameters`, a plain tree of arrays; nothing is kept
between two calls. The stream has D numbers for each token, and every layer adds to
them. What begins with `speed.` is a plain product or `attend`, only sooner.

Letters in the shapes:
    B batch, T tokens read now, S tokens attended to, V vocab_size, D d_model,
    N n_heads, K n_kv_heads, H d_head, F d_ff
"""

from typing import NamedTuple

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, Int

from llm_lessons.model import speed
from llm_lessons.model.attention import Rope, causal_mask, rope_at, rope_in, rotate
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import Layer, Parameters


def rms_norm(
    x: Float[Array, "*any D"], scale: Float[Array, " D"], eps: float
) -> Float[Array, "*any D"]:
    """Divide by the root mean square, then scale (arXiv 1910.07467)."""
    return x * jax.lax.rsqrt(jnp.mean(x * x, axis=-1, keepdims=True) + eps) * scale


@jax.checkpoint  # cheaper to do again in training than to remember
def swiglu(
    gate: Float[Array, "*any F"], up: Float[Array, "*any F"]
) -> Float[Array, "*any F"]:
    """What passes each gate: silu is near 0 for a low one (arXiv 2002.05202)."""
    return jax.nn.silu(gate) * up


def mlp(layer: Layer, x: Float[Array, "B T D"]) -> Float[Array, "B T D"]:
    """Each token by itself: F detectors look at it, and write what they found."""
    found = swiglu(speed.matmul(x, layer.gate), speed.matmul(x, layer.up))
    return speed.matmul(found, layer.down)


def heads(
    x: Float[Array, "B T D"],
    weight: Float[Array, "D heads H"],
    bias: Float[Array, "heads H"] | None,
    norm: Float[Array, " H"] | None,
    eps: float,
) -> Float[Array, "B heads T H"]:
    """What each head asks, offers or tells of each token: queries, keys or values."""
    projected = speed.matmul(x, weight)  # [B T heads H]
    if bias is not None:
        projected = projected + bias
    if norm is not None:
        projected = rms_norm(projected, norm, eps)
    return projected.swapaxes(1, 2)


def self_attention(
    layer: Layer,
    x: Float[Array, "B T D"],
    rope: Rope | None,
    mask: Float[Array, "#B T S"],
    config: ModelConfig,
    cache: tuple[Array, Array, Array | int] | None,
) -> tuple[Array, Array, Array, Array]:
    """What each token takes from those that it looks at; and queries, keys, values.

    With a cache (keys, values and a slot), the new keys and values are first written
    into it at the slot; then the queries see all of it.
    """
    eps = config.norm_eps
    q = rotate(heads(x, layer.query, layer.query_bias, layer.query_norm, eps), rope)
    k = rotate(heads(x, layer.key, layer.key_bias, layer.key_norm, eps), rope)
    v = heads(x, layer.value, layer.value_bias, None, eps)
    if cache is None:
        mixed = speed.attend_in_parts(q, k, v, mask)
    else:
        keys, values, slot = cache
        k, v = speed.write_at(slot, keys, k), speed.write_at(slot, values, v)
        mixed = speed.attend(q, k, v, mask)
    # [B T N H] by [N H D] is [B T D]
    return speed.matmul(mixed.swapaxes(1, 2), layer.output, axes=2), q, k, v


class BlockOutput(NamedTuple):
    """What one layer makes of the stream, and what it looked with and at.

    Attributes:
        stream: [B T D].
        queries: [B N T H].
        keys, values: [B K S H]; with a cache, all of it.
    """

    stream: Array
    queries: Array
    keys: Array
    values: Array


def block(
    layer: Layer,
    x: Float[Array, "B T D"],
    rope: Rope | None,
    mask: Float[Array, "#B T S"],
    config: ModelConfig,
    keys: Float[Array, "B K S H"] | None = None,
    values: Float[Array, "B K S H"] | None = None,
    slot: Int[Array, ""] | int = 0,
) -> BlockOutput:
    """One layer: attention, then the MLP, each added to the stream."""
    cache = None if keys is None or values is None else (keys, values, slot)
    y = rms_norm(x, layer.attention_norm, config.norm_eps)
    mixed, q, k, v = self_attention(layer, y, rope, mask, config, cache)
    x = x + mixed
    x = x + mlp(layer, rms_norm(x, layer.mlp_norm, config.norm_eps))
    return BlockOutput(x, q, k, v)


class Activations(NamedTuple):
    """What the blocks make of a text. Inside jit, what nobody asks for is never kept.

    Attributes:
        final: the stream [B T D] after the last layer and the final norm.
        stream: [B T D], before the first layer and after every one.
        queries: of every layer, [B N T H].
        keys, values: of every layer, [B K S H].
    """

    final: Array
    stream: list[Array]
    queries: list[Array]
    keys: list[Array]
    values: list[Array]


def activations(
    params: Parameters,
    tokens: Int[Array, "B T"],
    config: ModelConfig,
    starts: Int[Array, "B T"] | None = None,
) -> Activations:
    """Read whole texts: each token looks at itself and at those before it.

    Where several texts share a row, `starts` says where the text of each token begins,
    and none looks farther back.
    """
    slots = jnp.arange(tokens.shape[1])
    first = 0 if starts is None else starts[:, :, None]
    mask = causal_mask(slots[None, :, None], slots[None, None, :], first)
    rope = rope_at(slots[None, :], config)  # only distances matter, so 0 is anywhere
    x = embed(params.embedding, tokens)
    stream, outputs = [x], []
    for i, layer in enumerate(params.layers):
        outputs.append(block(layer, x, rope_in(i, rope, config), mask, config))
        x = outputs[-1].stream
        stream.append(x)
    final = rms_norm(x, params.final_norm, config.norm_eps)
    return Activations(
        final,
        stream,
        [output.queries for output in outputs],
        [output.keys for output in outputs],
        [output.values for output in outputs],
    )


def embed(
    embedding: Float[Array, "V D"], tokens: Int[Array, "B T"]
) -> Float[Array, "B T D"]:
    """The stream before the first layer: each token's row of the table."""
    return embedding[tokens].astype(jnp.float32)


def unembed(params: Parameters, x: Float[Array, "*any D"]) -> Float[Array, "*any V"]:
    """Turn the stream into scores: a product with every token's column or embedding."""
    if params.output_head is not None:
        return speed.matmul(x, params.output_head)
    return speed.matmul_transposed(x, params.embedding)


def forward(
    params: Parameters,
    tokens: Int[Array, "B T"],
    config: ModelConfig,
    starts: Int[Array, "B T"] | None = None,
) -> Float[Array, "B T V"]:
    """The whole machine: tokens so far in, scores (logits) for every next token out.

    `logits[b, t]` depends on `tokens[b, :t + 1]` and on nothing else; with `starts`, on
    `tokens[b, starts[b, t] : t + 1]`.
    """
    return unembed(params, activations(params, tokens, config, starts).final)
