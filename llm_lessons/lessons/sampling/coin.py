"""Sampling is the flip of a biased coin: flips counted against the odds.

Claim C6: the model gives every token a probability, and one token is drawn. Draw the
one next token many times, and each comes up as often as its probability says; a
chi-square test tells whether what is left of a difference is more than chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np
from jax.scipy.stats import chi2
from jaxtyping import Array, Float, Int

from llm_lessons.decoding.sampling import coin, sample
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.text.pieces import visible

FLIPS = 1000
SIDES = 5  # of the coin that are looked at, the likeliest; all others are one more
LEAST_EXPECTED = 5  # flips that a cell of the chi-square test has to expect


@dataclass(frozen=True)
class Flips:
    """Many flips for the same next token.

    Attributes:
        tokens: the token ids drawn, in order.
        favourite: the likeliest token as text.
        probability: of the favourite.
        counted: how many flips fell on it.
        widest: the largest difference between a side's share of the flips and its
            probability.
        p_value: of a test whether the counts fit the probabilities, over the whole
            vocabulary: about how often flips of this very coin differ at least as much.
    """

    tokens: tuple[int, ...]
    favourite: str
    probability: float
    counted: int
    widest: float
    p_value: float

    def sentence(self) -> str:
        """How close the counts come to the probabilities, in numbers."""
        n = len(self.tokens)
        gap = f"{100 * self.widest:.1f}".rstrip("0").rstrip(".")
        return (
            f"Of {n:,} flips, {self.counted:,} fell on “{visible(self.favourite)}”; "
            f"with its probability of {100 * self.probability:.1f}\u00a0%, "
            f"{self.probability * n:,.0f} were to be expected. The widest gap between "
            f"a probability and its count is {gap} percentage points."
        )


@checked(n=range(1, 10_000_001))
def flips(lm: LanguageModel, prompt: str, n: int = FLIPS, seed: int = 0) -> Flips:
    """Draw the token after `prompt` n times, and count.

    The flips are those of the loop: number i is the first that
    `lm.generate(prompt, seed=seed + i)` makes.

    Raises:
        ValueError: a prompt that means nothing, or n below 1.
    """
    logits = lm.logits(prompt)
    # As the loop does: any whole number is a seed, and 32 bits of it reach the coin.
    seeds = (seed % 2**32 + np.arange(n)).astype(np.uint32).view(np.int32)
    tokens = np.asarray(_draw(logits, seeds, len(lm.encode(prompt))))
    odds = np.exp(logits.astype(np.float64) - logits.max())
    odds /= odds.sum()
    counts = np.bincount(tokens, minlength=len(odds))
    gaps = (counts / n - odds)[np.argsort(-odds, kind="stable")]
    sides = [*gaps[:SIDES], gaps[SIDES:].sum()]
    first = int(odds.argmax())
    return Flips(
        tuple(tokens.tolist()),
        lm.tokenizer.pieces[first],
        float(odds[first]),
        int(counts[first]),
        float(np.abs(sides).max()),
        chi_square(counts.tolist(), odds),
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
