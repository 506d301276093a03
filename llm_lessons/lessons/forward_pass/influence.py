"""Which of all the knobs matter here: the slope of the favourite's odds by each weight.

Claim C2: what a model knows is spread over its weights. For one text, most of them move
next to nothing, and a few move a lot.
"""

from functools import lru_cache, partial

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Int

from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.forward_pass.knobs import (
    Weight,
    at,
    field,
    filled_up,
    matrices,
)
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import Parameters
from llm_lessons.model.transformer import forward


@partial(jax.jit, static_argnames="config")
def _slopes(
    params: Parameters, tokens: Int[Array, "1 T"], last: int, config: ModelConfig
) -> Parameters:
    def favourite(params):
        return jax.nn.log_softmax(forward(params, tokens, config)[0, last]).max()

    return jax.tree.map(jnp.abs, jax.grad(favourite)(params))


@checked()
@lru_cache(maxsize=4)
def influence(lm: LanguageModel, text: str) -> dict[str, np.ndarray]:
    """How strongly every single weight of the model moves the favourite next token.

    Returns, for each matrix, the size of the slope at the trained value: by how much
    the natural logarithm of the favourite's probability changes for a small turn, by
    the turn. All of them come from one run backwards through the model.

    Raises:
        ValueError: the text is empty or too long.
    """
    slopes = matrices(_slopes(lm.params, *filled_up(lm, text), lm.config))
    return {name: np.asarray(slope) for name, slope in slopes.items()}


def strongest(lm: LanguageModel, text: str, kind: str) -> Weight:
    """The weight of one kind of matrix, in any layer, that moves the favourite most.

    Args:
        kind: such as "down"; see `field`.
    """
    slopes = influence(lm, text)
    own = {name: slope for name, slope in slopes.items() if field(name) == kind}
    name = max(own, key=lambda name: own[name].max())
    return at(name, own[name].shape, int(own[name].argmax()))


def typical(lm: LanguageModel, text: str) -> Weight:
    """The weight in the middle: half of all weights move the favourite less."""
    slopes = influence(lm, text)
    everything = np.concatenate([slope.ravel() for slope in slopes.values()])
    half = everything.size // 2
    middle = int(np.argpartition(everything, half)[half])
    for name, slope in slopes.items():
        if middle < slope.size:
            return at(name, slope.shape, middle)
        middle -= slope.size
    raise AssertionError("a middle within")
