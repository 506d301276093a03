"""What a model would write at each place of a text that is there: read once, not drawn.

Whether an answer is the one that is expected shows in one reading of both, the prompt
and the answer: the likeliest token at each place is the answer's own. Drawn token by
token, the same takes twice as long.
"""

from collections.abc import Sequence
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int

from llm_lessons.foundation import machine
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import Parameters
from llm_lessons.model.transformer import unembed
from llm_lessons.serving.prefill import final_activations
from llm_lessons.serving.sizes import DEEP, PART, in_groups, whole_chunks

ROWS = 8  # read together: more would be no faster


def likeliest(
    params: Parameters,
    texts: Sequence[Sequence[int]],
    starts: Sequence[int],
    config: ModelConfig,
) -> list[list[int]]:
    """The likeliest token at each place of each text, given all that stands before it.

    Args:
        texts: token ids.
        starts: the place in each text, 1 or later, from which on that is asked.
    """
    workers = machine.processors() if config.n_layers <= DEEP else 1

    def read(group: Sequence[int]) -> list[list[int]]:
        rows, begin = [texts[i] for i in group], [starts[i] for i in group]
        return _read(params, rows, begin, config)

    return in_groups(read, texts, ROWS, workers, "reading")


def _fineness(longest: int) -> int:
    """Of what texts are filled up to whole ones: few sizes, and little waste."""
    return 8 if longest <= 32 else PART if longest <= 96 else 2 * PART


def _read(
    params: Parameters,
    texts: Sequence[Sequence[int]],
    starts: Sequence[int],
    config: ModelConfig,
) -> list[list[int]]:
    longest = max(map(len, texts))
    width = whole_chunks(longest, _fineness(longest))
    tokens, begin = np.zeros((ROWS, width), np.int32), np.ones(ROWS, np.int32)
    begin[: len(starts)] = starts
    for row, text in zip(tokens, texts, strict=False):
        row[: len(text)] = text  # nothing looks ahead at what fills it up
    lengths = [len(text) - start for text, start in zip(texts, starts, strict=True)]
    final = final_activations(params, tokens, config)
    best = _best(params, final, begin, whole_chunks(max(lengths), PART))
    rows = zip(np.asarray(best).tolist(), lengths, strict=False)
    return [row[:length] for row, length in rows]


@partial(jax.jit, static_argnames="places")
def _best(
    params: Parameters,
    final: Float[Array, "B T D"],
    starts: Int[Array, " B"],
    places: int,
) -> Int[Array, "B places"]:
    """The likeliest token at so many places from a start on; behind a text, any."""
    before = starts[:, None] - 1 + jnp.arange(places)
    before = jnp.minimum(before, final.shape[1] - 1)
    seen = jnp.take_along_axis(final, before[:, :, None], axis=1)
    return jnp.argmax(unembed(params, seen), axis=-1)
