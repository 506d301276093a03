"""Parameters from a file's matrices: transposed, cut into heads, and checked.

Such files store a matrix [outputs, inputs]; here it is [inputs, outputs], by heads.
"""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import jax.numpy as jnp
import numpy as np
from jaxtyping import Float
from tqdm import tqdm

from llm_lessons.foundation import allocator, machine
from llm_lessons.foundation.checks import Refusal
from llm_lessons.foundation.waiting import AFTER, Waiting, heed_a_stop
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import Layer, Parameters

type Array = Float[np.ndarray, "..."]


def parameters_of(
    read: Callable[..., Array],
    config: ModelConfig,
    name: str,
    interleaved: bool = False,
) -> Parameters:
    """Read every matrix by llama.cpp's name for it.

    Shows its progress where it takes long.

    Args:
        read: called with a name and a shape [outputs, inputs], from several threads;
            returns the matrix.
        config: the model's sizes.
        name: of the model, to be shown.
        interleaved: whether rotary positions turn neighbouring rows of a head, which
            here lie in its two halves.
    """
    c = config
    with _progress(name, c.n_layers) as done:
        heed_a_stop()
        # the largest first, while there is little else in memory
        embedding = jnp.asarray(read("token_embd.weight", c.vocab_size, c.d_model))
        head = None
        if not c.tie_embeddings:
            head = jnp.asarray(read("output.weight", c.vocab_size, c.d_model).T)

        def layer(i: int) -> Layer:
            if i % 4 == 0:
                allocator.sweep()
            made = _layer(read, c, i, interleaved)
            done()
            return made

        with ThreadPoolExecutor(machine.processors()) as pool:
            layers = tuple(pool.map(layer, range(c.n_layers)))
        heed_a_stop()
        final_norm = jnp.asarray(read("output_norm.weight", c.d_model))
    return Parameters(embedding, layers, final_norm, head)


def _layer(
    read: Callable[..., Array], c: ModelConfig, i: int, interleaved: bool
) -> Layer:
    def matrix(name: str, *shape: int) -> jnp.ndarray:
        return jnp.asarray(read(f"blk.{i}.{name}.weight", *shape).T)

    output = matrix("attn_output", c.d_model, c.n_heads * c.d_head)
    return Layer(
        attention_norm=matrix("attn_norm", c.d_model),
        output=output.reshape(c.n_heads, c.d_head, c.d_model),
        mlp_norm=matrix("ffn_norm", c.d_model),
        gate=matrix("ffn_gate", c.d_ff, c.d_model),
        up=matrix("ffn_up", c.d_ff, c.d_model),
        down=matrix("ffn_down", c.d_model, c.d_ff),
        **_heads(read, c, i, interleaved),
    )


def _heads(
    read: Callable[..., Array], c: ModelConfig, i: int, interleaved: bool
) -> dict[str, jnp.ndarray]:
    """The fields of a layer that make its queries, keys and values."""
    fields = dict[str, jnp.ndarray]()

    def rows(name: str, heads: int, rotated: bool, *inputs: int) -> Array:
        matrix = read(f"blk.{i}.{name}", heads * c.d_head, *inputs)
        if not rotated or not interleaved:
            return matrix
        pairs = matrix.reshape(heads, c.d_head // 2, 2, *inputs)
        return pairs.swapaxes(1, 2).reshape(matrix.shape)

    all_heads = {"query": c.n_heads, "key": c.n_kv_heads, "value": c.n_kv_heads}
    for ours, heads in all_heads.items():
        theirs, rotated = f"attn_{ours[0]}", ours != "value"
        matrix = jnp.asarray(rows(f"{theirs}.weight", heads, rotated, c.d_model).T)
        fields[ours] = matrix.reshape(c.d_model, heads, c.d_head)
        if c.qkv_bias:
            bias = jnp.asarray(rows(f"{theirs}.bias", heads, rotated))
            fields[f"{ours}_bias"] = bias.reshape(heads, c.d_head)
        if c.qk_norm and rotated:
            scale = rows(f"{theirs}_norm.weight", 1, rotated)
            fields[f"{ours}_norm"] = jnp.asarray(scale)
    return fields


def finite(weights: Array) -> Array:
    """A matrix as it is, if all of it is finite.

    The sum is quicker than a look at each: it is no finite number if one of them isn't.

    Raises:
        Refusal: it holds infinity, or nan.
    """
    with np.errstate(all="ignore"):
        doubtful = not np.isfinite(weights.sum())
    if doubtful and not np.isfinite(weights).all():
        raise Refusal("some of its weights are infinite or no numbers. Fetch it anew.")
    return weights


@contextmanager
def _progress(name: str, layers: int) -> Iterator[Callable[[], None]]:
    """Yields what is to be called once a layer; shows something if it takes long."""
    with (
        Waiting(f"opening {name}", layers) as wait,
        tqdm(
            total=layers,
            desc=name,
            unit="layer",
            delay=AFTER,
            mininterval=0.5,
            leave=False,
            file=sys.stdout,
            disable=wait.is_shown,
        ) as bar,
    ):

        def done() -> None:
            bar.update()
            wait.done()

        yield done
