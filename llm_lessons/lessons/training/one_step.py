"""One step of training, on one text: how many knobs it moves, and what it is worth.

Claim C3: nobody chooses which knobs to turn. Each has its own slope, that of the loss
on the text, and all of them are turned against it at once.
"""

from dataclasses import dataclass
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Int

from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring import surprise
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import Parameters, count_parameters
from llm_lessons.model.transformer import forward

SIZE = 0.05  # how far a knob goes, for a slope of one bit


@dataclass(frozen=True)
class Step:
    """How many knobs a step moved, and surprise before and after, in bits a token."""

    knobs: int
    moved: int
    before: float
    after: float

    def sentence(self) -> str:
        """How many knobs moved, and how the loss changed."""
        share = 100 * self.moved / self.knobs
        return (
            f"One step on this one sentence moved {self.moved:,} of {self.knobs:,} "
            f"knobs, {share:.0f}\u00a0%. The sentence cost {self.before:.2f} bits a "
            f"token before it, and {self.after:.2f} after."
        )


@checked()
def take(lm: LanguageModel, text: str) -> Step:
    """Take one step downhill on a text, with a copy of the model.

    Raises:
        ValueError: the text is empty, longer than the window, or a single token.
    """
    before = surprise.of(lm, text).mean
    slopes = _slopes(lm.params, jnp.array([lm.encode(text)], jnp.int32), lm.config)
    stepped = jax.tree.map(lambda knob, slope: knob - SIZE * slope, lm.params, slopes)
    moved = jax.tree.map(lambda old, new: np.sum(old != new), lm.params, stepped)
    return Step(
        count_parameters(lm.config),
        int(sum(jax.tree.leaves(moved))),
        before,
        surprise.of(lm.with_params(stepped), text).mean,
    )


@partial(jax.jit, static_argnames="config")
def _slopes(
    params: Parameters, tokens: Int[Array, "1 T"], config: ModelConfig
) -> Parameters:
    """By how many bits a token the loss grows for a turn of each knob."""

    def loss(params):
        scores = forward(params, tokens[:, :-1], config)[0]
        right = jnp.take_along_axis(
            jax.nn.log_softmax(scores), tokens[0, 1:, None], axis=-1
        )
        return -right.mean() / jnp.log(2)

    return jax.grad(loss)(params)
