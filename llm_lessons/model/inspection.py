"""Looking inside: what the stream would say after each layer, and who looks at whom.

Both take what the model's own layers leave behind (`transformer.activations`): stream,
queries and keys are its own, and weights follow from them by the formula. Letters as
there; L is n_layers.
"""

from functools import partial

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, Int

from llm_lessons.model.attention import attention_weights, causal_mask
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import Parameters
from llm_lessons.model.transformer import activations, rms_norm, unembed


@partial(jax.jit, static_argnames="config")
def guesses(
    params: Parameters, tokens: Int[Array, " T"], config: ModelConfig
) -> Float[Array, "steps V"]:
    """Scores for the next token as if the layers from here on were left out.

    The first row is taken before the first layer, the next ones after each of the L
    layers; the last is what `forward` says. (The "logit lens": nostalgebraist, 2020;
    section 2 of arXiv 2303.08112.)
    """
    stream = activations(params, tokens[None], config).stream
    last = jnp.stack([x[0, -1] for x in stream])
    return unembed(params, rms_norm(last, params.final_norm, config.norm_eps))


@partial(jax.jit, static_argnames="config")
def looks(
    params: Parameters, tokens: Int[Array, " T"], config: ModelConfig
) -> Float[Array, "L N T T"]:
    """How much each token (first T) looks at each (second T), in every head.

    A row adds to one, and nobody looks at a later token.
    """
    found = activations(params, tokens[None], config)
    slots = jnp.arange(len(tokens))
    mask = causal_mask(slots[None, :, None], slots[None, None, :])
    heads = zip(found.queries, found.keys, strict=True)
    return jnp.stack([attention_weights(q, k, mask)[0] for q, k in heads])
