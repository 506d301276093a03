"""How a model found a text, token by token: the probability of each that came.

Surprise is -log2 of that probability, in bits: 0 where the model was certain, 1 for a
fair coin, one more for each halving. All of a text is read in one pass.
"""

import html
import math
from dataclasses import dataclass
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int

from llm_lessons.config import ModelConfig
from llm_lessons.language_model import LanguageModel
from llm_lessons.model import Parameters, forward

TOGETHER = 64  # texts are filled up to so many tokens, so that few sizes are compiled
_FULL_TINT = 12  # bits from which a piece gets no darker
_SIGNS = str.maketrans({"\n": "↵", "\t": "⇥", "\r": "␍"})


@dataclass(frozen=True)
class Surprise:
    """How a model found each token of a text, behind the ones before it.

    Attributes:
        pieces: the text of each token.
        bits: float64 [tokens], -log2 of the probability that the token had.
    """

    pieces: tuple[str, ...]
    bits: Float[np.ndarray, " tokens"]

    @property
    def probabilities(self) -> Float[np.ndarray, " tokens"]:
        """Of each token, when the ones before it had been read: float64 [tokens]."""
        return np.exp2(-self.bits)

    @property
    def mean(self) -> float:
        """Bits a token."""
        return float(self.bits.mean())

    def __repr__(self) -> str:
        rows = zip(self.pieces, self.probabilities, self.bits, strict=True)
        return "\n".join(f"{p!r:<20}{_percent(x):>10}{b:>9.2f}" for p, x, b in rows)

    def _repr_html_(self) -> str:
        # Styled in place: a notebook that is not trusted loses its stylesheets.
        tokens = zip(self.pieces, self.probabilities, self.bits, strict=True)
        items = "".join(_item(*token) for token in tokens)
        return (
            '<ol class="ll-surprise" aria-label="Each token and its probability" '
            'style="display: flex; flex-wrap: wrap; gap: 4px 2px; list-style: none; '
            f'margin: 0; max-width: 46rem; padding: 0">{items}</ol>'
        )


def _item(piece: str, probability: float, bits: float) -> str:
    """A piece over its probability; the more surprising, the darker its ground."""
    tint = round(60 * min(1.0, bits / _FULL_TINT))
    seen = html.escape(piece.translate(_SIGNS)) or "⟨nothing⟩"
    return (
        '<li style="margin: 0; padding: 0 3px; text-align: center; background: '
        f'color-mix(in srgb, #d55e00 {tint}%, transparent)">'
        f'<code style="background: none; white-space: pre">{seen}</code><br>'
        f"<small>{html.escape(_percent(probability))}</small></li>"
    )


def _percent(probability: float) -> str:
    """Two digits, also where hardly anything is left."""
    percent = 100 * probability
    if percent < 0.01:
        return "<0.01\u00a0%"
    digits = 0 if percent >= 9.95 else 1 if percent >= 0.995 else 2
    return f"{percent:.{digits}f}\u00a0%"


def of(lm: LanguageModel, text: str) -> Surprise:
    """Read a text once; returns each token with the probability that it had.

    The first token is the one behind the model's start token.

    Raises:
        ValueError: the text is empty, or longer than the model's window.
    """
    ids = lm.encode(text)
    filled = -(-(len(ids) - 1) // TOGETHER) * TOGETHER + 1
    row = np.full((1, min(filled, lm.config.max_seq_len)), -1, np.int32)
    row[0, : len(ids)] = ids
    bits = np.asarray(bits_of_rows(lm.params, row, lm.config), float)[0]
    pieces = tuple(lm.tokenizer.pieces[i] for i in ids[1:])
    return Surprise(pieces, bits[: len(pieces)])


@partial(jax.jit, static_argnames="config")
def bits_of_rows(
    params: Parameters, rows: Int[Array, "B T"], config: ModelConfig
) -> Float[Array, "B T-1"]:
    """Bits that each token of a row costs behind those before it.

    Args:
        params, config: the model.
        rows: int32 [B, T] token ids; -1 fills a row up, and costs nothing.
    """
    tokens = jnp.maximum(rows, 0)
    odds = jax.nn.log_softmax(forward(params, tokens[:, :-1], config))
    said = jnp.take_along_axis(odds, tokens[:, 1:, None], axis=-1)[..., 0]
    return jnp.where(rows[:, 1:] >= 0, -said, 0.0) / math.log(2)
