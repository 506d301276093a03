"""How a model found a text, token by token: the probability of each that came.

Surprise is -log2 of that probability, in bits: 0 where the model was certain, 1 for a
fair coin, one more for each halving. All of a text is read in one pass.
"""

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int

from llm_lessons import figures
from llm_lessons.foundation.checks import checked
from llm_lessons.foundation.waiting import waited
from llm_lessons.language_model import LanguageModel
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import Parameters
from llm_lessons.model.transformer import unembed
from llm_lessons.serving.prefill import final_activations
from llm_lessons.text.pieces import visible

TOGETHER = 64  # texts are filled up to so many tokens, so that few sizes are compiled
_ROWS = 8  # texts read at once, where there are as many
_SCORES = 8_000_000  # that are held at once: with a large vocabulary, of fewer texts
_FULL_TINT = 12  # bits from which a piece gets no darker


@dataclass(frozen=True)
class Surprise:
    """How a model found each token of a text, behind the ones before it.

    Attributes:
        pieces: the text of each token.
        bits: float64 [tokens], -log2 of the probability that the token had.
        given: the first token's text, where the model has no start token and so nothing
            to guess it from; otherwise empty.
    """

    pieces: tuple[str, ...]
    bits: Float[np.ndarray, " tokens"]
    given: str = ""

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
        lines = [f"{visible(self.given):<20}     given"] * bool(self.given)
        lines += [f"{visible(p):<20}{_percent(x):>10}{b:>9.2f}" for p, x, b in rows]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        # Styled in place: a notebook that is not trusted loses its stylesheets.
        below = map(_percent, self.probabilities)
        tokens = zip(self.pieces, below, self.bits, strict=True)
        items = [_item(self.given, "given", 0.0)] * bool(self.given)
        items += [_item(*token) for token in tokens]
        return (
            '<ol class="ll-surprise" aria-label="Each token and its probability" '
            'style="display: flex; flex-wrap: wrap; gap: 4px 2px; list-style: none; '
            f'margin: 0 0 0.6em; max-width: 46rem; padding: 0">{"".join(items)}</ol>'
        )


def _item(piece: str, below: str, bits: float) -> str:
    """A piece over its probability; the more surprising, the darker its ground."""
    tint = round(60 * min(1.0, bits / _FULL_TINT))
    seen = html.escape(visible(piece))
    return (
        '<li style="margin: 0; padding: 0 3px; text-align: center; background: '
        f'color-mix(in srgb, {figures.WRONG} {tint}%, transparent)">'
        f'<code style="background: none; white-space: pre">{seen}</code><br>'
        f"<small>{html.escape(below)}</small></li>"
    )


def _percent(probability: float) -> str:
    """Two digits, also where hardly anything is left."""
    percent = 100 * probability
    if percent < 0.01:
        return "<0.01\u00a0%"
    digits = 0 if percent >= 9.95 else 1 if percent >= 0.995 else 2
    return f"{percent:.{digits}f}\u00a0%"


@checked()
def of(lm: LanguageModel, text: str) -> Surprise:
    """Read a text once; returns each token with the probability that it had.

    Raises:
        ValueError: the text is empty, or longer than the model's window, or nothing
            in it can be guessed from anything before it.
    """
    ids = lm.encode(text)
    if len(ids) < 2:
        raise ValueError("Nothing comes before this one token: write a longer text.")
    filled = -(-(len(ids) - 1) // TOGETHER) * TOGETHER + 1
    row = np.full((1, min(filled, lm.config.max_seq_len)), -1, np.int32)
    row[0, : len(ids)] = ids
    bits = np.asarray(bits_of_rows(lm.params, row, lm.config), float)[0]
    first, *pieces = (lm.tokenizer.pieces[i] for i in ids)
    given = "" if ids[0] in lm.tokenizer.prefix else first
    return Surprise(tuple(pieces), bits[: len(pieces)], given)


@checked()
def chances(
    lm: LanguageModel, prompts: Sequence[str], endings: Sequence[str]
) -> list[float]:
    """The probability of each ending behind its prompt, over all of its tokens.

    An empty ending stands for the end of the text.

    Raises:
        ValueError: a prompt that is empty, or with its ending longer than the window.
    """
    begun = [lm.encode(prompt) for prompt in prompts]
    whole = [
        lm.encode(prompt + ending) if ending else [*start, lm.tokenizer.stops[0]]
        for prompt, ending, start in zip(prompts, endings, begun, strict=True)
    ]
    width = -(-max(map(len, whole)) // TOGETHER) * TOGETHER + 1
    # halving or doubling, so that few sizes are ever compiled
    group = min(_ROWS, 1 << (len(whole) - 1).bit_length())
    while group > 1 and group * width * lm.config.vocab_size > _SCORES:
        group //= 2
    rows = np.full((-(-len(whole) // group) * group, width), -1, np.int32)
    for row, ids in zip(rows, whole, strict=False):
        row[: len(ids)] = ids
    parts = np.split(rows, len(rows) // group)
    scored = waited(parts, "looking at the chances")
    bits = np.concatenate([bits_of_rows(lm.params, p, lm.config) for p in scored])
    # where the two part; the bits of a row's token i stand in place i - 1
    first = [
        next(i for i, token in enumerate(ids) if [token] != start[i : i + 1])
        for ids, start in zip(whole, begun, strict=True)
    ]
    return [
        float(np.exp2(-row[i - 1 :].astype(float).sum()))
        for i, row in zip(first, bits, strict=False)
    ]


def bits_of_rows(
    params: Parameters, rows: Int[np.ndarray, "B T"], config: ModelConfig
) -> Float[Array, "B T-1"]:
    """Bits that each token of a row costs behind those before it.

    Args:
        params, config: the model.
        rows: int32 [B, T] token ids; -1 fills a row up, and costs nothing.
    """
    tokens = np.maximum(rows, 0)
    final = final_activations(params, tokens[:, :-1], config)
    return _bits(params, final, rows)


@jax.jit
def _bits(
    params: Parameters, final: Float[Array, "B T-1 D"], rows: Int[Array, "B T"]
) -> Float[Array, "B T-1"]:
    scores = unembed(params, final.reshape(-1, final.shape[-1]))
    scores = scores.reshape(*final.shape[:2], -1)
    # a softmax's logarithm, but of these tokens alone: all of it would be large
    highest = scores.max(axis=-1, keepdims=True)
    whole = jnp.log(jnp.exp(scores - highest).sum(axis=-1))
    right = jnp.maximum(rows[:, 1:, None], 0)
    said = jnp.take_along_axis(scores, right, axis=-1) - highest
    return jnp.where(rows[:, 1:] >= 0, whole - said[..., 0], 0.0) / math.log(2)
