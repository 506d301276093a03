"""Runs of the loop told flip by flip: the odds, the coin's number, where it fell.

The loop itself keeps no odds. Its tokens are drawn first; then one pass of the model
over each whole text gives the odds at all of its places.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from llm_lessons.decoding.sampling import Settings, coin_at
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.model.transformer import forward
from llm_lessons.serving.generate import generate
from llm_lessons.serving.sizes import whole_chunks

ROWS = 8  # texts that the model reads at once; always as many, to be compiled once

_forward = jax.jit(forward, static_argnames="config")


class Odds(NamedTuple):
    """Probabilities of the next token.

    Attributes:
        likeliest: (token id, probability), the likeliest first.
        others: how many tokens are not listed.
        rest: their probabilities added up.
    """

    likeliest: list[tuple[int, float]]
    others: int
    rest: float


class Flip(NamedTuple):
    """One flip of the coin.

    All tokens lie end to end on a line from 0 to 1, in the order of their ids, each as
    long as it is likely; the coin is a number on that line.

    Attributes:
        token: the token id that was drawn.
        coin: the number.
        start, end: where the drawn token lies.
        odds: the probabilities of all tokens.
        starts: where each of the likeliest tokens begins, in their order.
    """

    token: int
    coin: float
    start: float
    end: float
    odds: Odds
    starts: list[float]

    @property
    def chance(self) -> float:
        """The probability of the token that was drawn."""
        return self.end - self.start


class Run(NamedTuple):
    """One run of the loop: its seed and its flips, in order."""

    seed: int
    flips: list[Flip]


@checked(length=1)
def drawn(
    lm: LanguageModel, prompts: Sequence[str], length: int, seed: int = 0
) -> list[list[int]]:
    """Continue every prompt at temperature 1, as `lm.batch` does: token ids.

    Ids tell apart what reads the same: two spellings can be one text. The token that
    ends a text is not among them.

    Args:
        length: most tokens of a run; less where the model's window ends.
    """
    encoded = [lm.encode(prompt) for prompt in prompts]
    return generate(
        lm.params,
        encoded,
        lm.config,
        Settings(seed=seed),
        [min(length, lm.config.max_seq_len - len(ids)) for ids in encoded],
        tuple(lm.tokenizer.stops),
    )


@checked(count=range(1, 10_001), length=1, top=1)
def runs(
    lm: LanguageModel, prompt: str, count: int, length: int, seed: int = 0, top: int = 5
) -> list[Run]:
    """Draw `count` runs of one prompt, and tell their flips; run i has seed + i.

    A run that ended has the token that ends a text as its last flip.

    Raises:
        ValueError: a prompt that means nothing.
    """
    start = lm.encode(prompt)
    room = min(length, lm.config.max_seq_len - len(start))
    rows = drawn(lm, [prompt] * count, length, seed)
    texts = [[*start, *row] for row in rows]
    told = []
    for i, (row, odds) in enumerate(zip(rows, odds_along(lm, texts), strict=True)):
        chances = odds[len(start) - 1 :]  # before each flip, and behind the last
        # Of the tokens that end a text, the likeliest.
        end = max(lm.tokenizer.stops, key=chances[-1].__getitem__)
        ends = [end] if len(row) < room else []
        flips = [
            _flip(chances[k], token, coin_at(seed + i, len(start) + k), top)
            for k, token in enumerate([*row, *ends])
        ]
        told.append(Run(seed + i, flips))
    return told


def _flip(chances: np.ndarray, token: int, coin: float, top: int) -> Flip:
    starts = np.cumsum(chances) - chances
    start, odds = float(starts[token]), listed(chances, top)
    begin = [float(starts[likely]) for likely, _ in odds.likeliest]
    return Flip(token, coin, start, start + float(chances[token]), odds, begin)


def listed(chances: np.ndarray, top: int) -> Odds:
    """The `top` likeliest of the probabilities [V], and what is left for all others."""
    order = np.argsort(-chances, kind="stable")[:top]
    likeliest = [(int(token), float(chances[token])) for token in order]
    rest = max(0.0, 1 - sum(chance for _, chance in likeliest))
    return Odds(likeliest, len(chances) - len(likeliest), rest)


@checked()
def odds_along(
    lm: LanguageModel, texts: Sequence[Sequence[int]]
) -> Iterator[np.ndarray]:
    """For each text, the probabilities behind each of its tokens: float64 [tokens, V].

    Args:
        texts: token ids, the start token included.
    """
    for i in range(0, len(texts), ROWS):
        some = texts[i : i + ROWS]
        tokens = np.zeros((ROWS, whole_chunks(max(map(len, some)))), np.int32)
        for row, text in zip(tokens, some, strict=False):
            row[: len(text)] = text
        scores = np.asarray(_forward(lm.params, jnp.asarray(tokens), lm.config))
        for row, text in zip(scores, some, strict=False):
            exact = row[: len(text)].astype(np.float64)
            weights = np.exp(exact - exact.max(axis=-1, keepdims=True))
            yield weights / weights.sum(axis=-1, keepdims=True)
