"""A model's weights as llama.cpp names and turns them, made the ones that run here.

There a matrix is stored [outputs, inputs]; here [inputs, outputs], by heads.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from llm_lessons import machine
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import Layer, Parameters
from llm_lessons.serving import allocator

type Array = Float[np.ndarray, "..."]


def parameters_of(read: Callable[..., Array], config: ModelConfig) -> Parameters:
    """Ask for every matrix by llama.cpp's name, and turn it to ours.

    Args:
        read: called with a name and a shape [outputs, inputs], from several threads;
            returns the numbers.
        config: the model's sizes.
    """
    c = config

    def heads(name: str, count: int) -> jnp.ndarray:
        return jnp.asarray(read(name, count * c.d_head, c.d_model).T).reshape(
            c.d_model, count, c.d_head
        )

    def turned(name: str, count: int) -> jnp.ndarray:
        # llama.cpp turns neighbours, so its rows interleave the halves that turn here.
        rows = read(name, count * c.d_head, c.d_model)
        rows = rows.reshape(count, c.d_head // 2, 2, c.d_model).swapaxes(1, 2)
        return jnp.asarray(rows.reshape(-1, c.d_model).T).reshape(
            c.d_model, count, c.d_head
        )

    def layer(i: int) -> Layer:
        if i % 4 == 0:
            allocator.sweep()

        def matrix(name: str, *shape: int) -> jnp.ndarray:
            return jnp.asarray(read(f"blk.{i}.{name}.weight", *shape).T)

        return Layer(
            attention_norm=matrix("attn_norm", c.d_model),
            query=turned(f"blk.{i}.attn_q.weight", c.n_heads),
            key=turned(f"blk.{i}.attn_k.weight", c.n_kv_heads),
            value=heads(f"blk.{i}.attn_v.weight", c.n_kv_heads),
            output=matrix("attn_output", c.d_model, c.n_heads * c.d_head).reshape(
                c.n_heads, c.d_head, c.d_model
            ),
            mlp_norm=matrix("ffn_norm", c.d_model),
            gate=matrix("ffn_gate", c.d_ff, c.d_model),
            up=matrix("ffn_up", c.d_ff, c.d_model),
            down=matrix("ffn_down", c.d_model, c.d_ff),
        )

    # the largest first, while there is little else in memory
    embedding = jnp.asarray(read("token_embd.weight", c.vocab_size, c.d_model))
    head = None
    if not c.tie_embeddings:
        head = jnp.asarray(read("output.weight", c.vocab_size, c.d_model).T)
    with ThreadPoolExecutor(machine.processors()) as pool:
        layers = tuple(pool.map(layer, range(c.n_layers)))
    return Parameters(
        embedding=embedding,
        layers=layers,
        final_norm=jnp.asarray(read("output_norm.weight", c.d_model)),
        output_head=head,
    )
