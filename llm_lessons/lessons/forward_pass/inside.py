"""All that happens to a text on its way through the machine, in numbers.

Claim C1: nothing else is inside. For every token (a column) and every layer (a row):
where each head looks, and what the model would say if it stopped there (the "logit
lens": nostalgebraist, 2020). Heads can be silenced. The model is never changed.

A text is read layer by layer, by the model's own block: so one small program is
compiled, whatever the model's depth. Letters in the shapes: L layers, N heads, T
tokens, V vocabulary; steps are L + 1, the first is before the first layer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int

from llm_lessons.decoding.sampling import softmax
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.forward_pass.knobs import Head, volumes
from llm_lessons.model.attention import (
    attention_weights,
    causal_mask,
    rope_at,
    rope_in,
)
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import Layer, Parameters
from llm_lessons.model.transformer import block, embed, rms_norm, unembed

_PAD = 16  # texts are filled up to a multiple: few lengths are compiled


@dataclass(frozen=True)
class Inside:
    """What is in the machine behind each token of a text.

    Attributes:
        tokens: ids of the text.
        looks: how much each token (first T) looks at each (second T), [L N T T].
        guesses: the likeliest next token at each step, [T steps].
        chances: its chance.
        answers: a token for each place, which is followed through the layers, [T].
        own: its chance at each step, [T steps].
        ranks: its place among all tokens at each step, 1 for the likeliest, [T steps].
        odds: the chance of every next token at the end, [T V].
    """

    tokens: tuple[int, ...]
    looks: Float[np.ndarray, "L N T T"]
    guesses: Int[np.ndarray, "T steps"]
    chances: Float[np.ndarray, "T steps"]
    answers: Int[np.ndarray, " T"]
    own: Float[np.ndarray, "T steps"]
    ranks: Int[np.ndarray, "T steps"]
    odds: Float[np.ndarray, "T V"]


@checked()
def read(
    lm: LanguageModel,
    text: str,
    silenced: Sequence[Head] = (),
    answers: np.ndarray | None = None,
) -> Inside:
    """Run a text through the machine and keep what there is to see on the way.

    Args:
        silenced: heads that add nothing to the stream, (layer, head) from 0.
        answers: the tokens to follow; by default the likeliest at the end.

    Raises:
        ValueError: the text is empty or too long, or there is no such head.
    """
    ids = lm.encode(text)
    stream, looks = _through_the_layers(lm, ids, silenced)
    ends, eps = replace(lm.params, layers=()), lm.config.norm_eps
    odds = np.asarray(_odds(ends, stream[-1], eps))
    follow = odds.argmax(axis=-1)
    if answers is not None:
        follow[: len(ids)] = answers
    steps = [_step(ends, state, jnp.asarray(follow), eps) for state in stream]
    guesses, chances, own, ranks = (
        np.stack([np.asarray(step[i]) for step in steps], axis=1)[: len(ids)]
        for i in range(4)
    )
    return Inside(
        tokens=tuple(ids),
        looks=looks,
        guesses=guesses,
        chances=chances,
        answers=follow[: len(ids)],
        own=own,
        ranks=ranks,
        odds=odds[: len(ids)],
    )


def _through_the_layers(
    lm: LanguageModel, ids: list[int], silenced: Sequence[Head]
) -> tuple[list[Float[Array, "padded D"]], Float[np.ndarray, "L N T T"]]:
    """The stream at each step, and how much each token looks at each."""
    loud = volumes(lm.config, silenced)
    size = -(-len(ids) // _PAD) * _PAD
    # No token looks at what comes later, so the padding changes nothing.
    x = embed(lm.params.embedding, jnp.array([[*ids, *[0] * (size - len(ids))]]))
    slots = jnp.arange(size)
    mask = causal_mask(slots[None, :, None], slots[None, None, :])
    rope = rope_at(slots[None, :], lm.config)
    stream, looks = [x[0]], []
    for i, (layer, volume) in enumerate(zip(lm.params.layers, loud, strict=True)):
        turns = rope_in(i, rope, lm.config)
        x, look = _layer(layer, x, turns, mask, volume, lm.config)
        stream.append(x[0])
        looks.append(np.asarray(look)[:, : len(ids), : len(ids)])
    return stream, np.stack(looks)


@partial(jax.jit, static_argnames="config")
def _layer(layer: Layer, x, rope, mask, loud, config: ModelConfig):
    """One layer's stream, and how much each token looks at each, [N T T]."""
    quiet = replace(layer, output=layer.output * loud[:, None, None])
    found = block(quiet, x, rope, mask, config)
    return found.stream, attention_weights(found.queries, found.keys, mask)[0]


@partial(jax.jit, static_argnames="eps")
def _odds(ends: Parameters, x: Float[Array, "T D"], eps: float):
    """The chance of every next token, if the model stopped at this stream."""
    return softmax(unembed(ends, rms_norm(x, ends.final_norm, eps)))


@partial(jax.jit, static_argnames="eps")
def _step(ends: Parameters, x: Float[Array, "T D"], follow: Int[Array, " T"], eps):
    """The likeliest token and its chance; chance and place of the one to follow."""
    odds = _odds(ends, x, eps)
    own = jnp.take_along_axis(odds, follow[:, None], axis=1)
    ranks = 1 + (odds > own).sum(axis=-1)
    return odds.argmax(axis=-1), odds.max(axis=-1), own[:, 0], ranks
