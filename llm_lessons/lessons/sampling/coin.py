"""Sampling is the flip of a biased coin: flips counted against the odds.

Claim C6: the model gives every token a probability, and one token is drawn. Draw the
one next token many times, and each comes up as often as its probability says; a
chi-square test tells whether what is left of a difference is more than chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax.scipy.stats import chi2
from jaxtyping import Array, Float, Int

from llm_lessons.decoding.sampling import coin, sample
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.sampling.endings import likely_endings
from llm_lessons.measuring.intervals import Share, share
from llm_lessons.text.pieces import visible

FLIPS = 1000
LEAST_EXPECTED = 5  # flips that a cell of the chi-square test has to expect


class Outcome(NamedTuple):
    """One side of the coin.

    Attributes:
        piece: the token as text; for everything else together, an empty one.
        probability: what the model says.
        counted: the share of the flips that fell on it.
        ending: the letters with which the word likely goes on.
    """

    piece: str
    probability: float
    counted: Share
    ending: str = ""

    @property
    def name(self) -> str:
        """The token as people can see it: spaces and line breaks have signs.

        How the word likely goes on stands in brackets.
        """
        more = f"({self.ending})" if self.ending else ""
        return f"“{visible(self.piece)}”{more}" if self.piece else "everything else"


@dataclass(frozen=True)
class Flips:
    """Many flips for the same next token.

    Attributes:
        tokens: the token ids drawn, in order.
        likeliest: the outcomes with the highest probabilities, the likeliest first.
        rest: all other tokens together.
        p_value: of a test whether the counts fit the probabilities, over the whole
            vocabulary: about how often flips of this very coin differ at least as much.
    """

    tokens: tuple[int, ...]
    likeliest: tuple[Outcome, ...]
    rest: Outcome
    p_value: float

    @property
    def widest(self) -> float:
        """The largest difference between a counted share and its probability."""
        return max(abs(x.counted.share - x.probability) for x in self.outcomes)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """All sides of the coin, everything else last."""
        return (*self.likeliest, self.rest)

    @property
    def _gap(self) -> str:
        """The widest gap in percentage points, as a sentence says it."""
        return f"{100 * self.widest:.1f}".rstrip("0").rstrip(".")

    def sentence(self) -> str:
        """How close the counts come to the probabilities, in numbers."""
        first, n = self.likeliest[0], len(self.tokens)
        return (
            f"Of {n:,} flips, {first.counted.share * n:,.0f} fell on {first.name}; "
            f"with its probability of {100 * first.probability:.1f}\u00a0%, "
            f"{first.probability * n:,.0f} were to be expected. The widest gap between "
            f"a probability and its count is {self._gap} percentage points."
        )


@checked(n=range(1, 10_000_001), top=1)
def flips(
    lm: LanguageModel, prompt: str, n: int = FLIPS, seed: int = 0, top: int = 5
) -> Flips:
    """Draw the token after `prompt` n times, and count.

    The flips are those of the loop: number i is the first that
    `lm.generate(prompt, seed=seed + i)` makes.

    Raises:
        ValueError: a prompt that means nothing, or n below 1.
    """
    logits = lm.logits(prompt)
    # As the loop does: any whole number is a seed, and 32 bits of it reach the coin.
    seeds = (seed % 2**32 + np.arange(n)).astype(np.uint32).view(np.int32)
    text = lm.encode(prompt)
    tokens = np.asarray(_draw(logits, seeds, len(text)))
    odds = np.exp(logits.astype(np.float64) - logits.max())
    odds /= odds.sum()
    order = np.argsort(-odds, kind="stable")[:top]
    (endings,) = likely_endings(lm, text, [(len(text), order.tolist())])
    likeliest = tuple(
        Outcome(
            lm.tokenizer.pieces[i],
            float(odds[i]),
            share(tokens == i),
            endings.get(int(i), ""),
        )
        for i in order
    )
    others = max(0.0, 1 - sum(outcome.probability for outcome in likeliest))
    rest = Outcome("", others, share(~np.isin(tokens, order)))
    counts = np.bincount(tokens, minlength=len(odds))
    return Flips(
        tuple(tokens.tolist()), likeliest, rest, chi_square(counts.tolist(), odds)
    )


@jax.jit
def _draw(
    logits: Float[Array, " V"], seeds: Int[Array, " n"], position: Int[Array, ""]
) -> Int[Array, " n"]:
    """One token a seed, a few at a time: a large vocabulary fills the memory."""

    def one(seed):
        u = coin(seed[None], jnp.full(1, position))
        return sample(logits[None], u)[0]

    return jax.lax.map(one, seeds, batch_size=64)


def chi_square(
    counts: Sequence[int], probabilities: Sequence[float] | np.ndarray
) -> float:
    """The p-value of Pearson's test of counts against probabilities that add to one.

    All cells that expect fewer than five are pooled, as the usual rule has it; a pool
    that still expects fewer takes in the smallest of the others. What is pooled hangs
    on the probabilities alone, never on the counts.
    """
    odds = np.asarray(probabilities, np.float64)
    order = np.argsort(-odds, kind="stable")
    expected, counted = odds[order] * sum(counts), np.asarray(counts)[order]
    single = int(np.sum(expected >= LEAST_EXPECTED))
    if single and expected[single:].sum() < LEAST_EXPECTED:
        single -= 1
    cells = range(single + 1)  # where each begins; the last one is the pool
    expected, counted = (np.add.reduceat(x, cells) for x in (expected, counted))
    statistic = float(np.sum((counted - expected) ** 2 / expected))
    # One cell holds every flip, and its statistic is 0.
    return float(chi2.sf(statistic, max(1, len(expected) - 1)))
