"""The same prompt, run twice: after how many tokens the two runs part.

Claim C8: the same prompt gives different answers, because one early choice nudges the
next; from an open prompt, two runs have parted within a few tokens. Running it again
is not a change of mind: only the coin fell otherwise. With the same seed the coins fall
the same, and the runs never part. `closed` holds a prompt against it from which they
seldom do.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.sampling.runs import drawn
from llm_lessons.measuring.intervals import Median, Share, median, share

BEGINNING = "Once upon a time"
PAIRS = 200
LENGTH = 40  # tokens of a run


@dataclass(frozen=True)
class Divergence:
    """Where pairs of runs part.

    Attributes:
        parted_at: for each pair the number of the first token that differs, counted
            from 1; infinity for two runs that stay together to the end.
        alike: for each pair that parts, the share of the places behind that token at
            which both have the same token; none where no place is left.
    """

    parted_at: tuple[float, ...]
    alike: tuple[float, ...] = ()

    @property
    def median(self) -> Median:
        """The token by which half of the pairs have parted."""
        return median(self.parted_at)

    def within(self, tokens: int) -> Share:
        """Share of the pairs that part within so many tokens."""
        return share(at <= tokens for at in self.parted_at)

    def sentence(self) -> str:
        """Where the pairs part, in numbers."""
        by_ten = self.within(10)
        together = sum(at == math.inf for at in self.parted_at)
        behind = ""
        if self.alike:
            behind = (
                f" From there on, a text has {share(self.alike).percent} of its "
                "tokens where the other has them, too."
            )
        return (
            f"Of {by_ten.n} pairs of runs, half have parted by "
            f"{token(self.median.median)}, and {by_ten.percent} within 10 tokens "
            f"(95\u00a0% interval {round(100 * by_ten.low)} to "
            f"{round(100 * by_ten.high)}\u00a0%); {together or 'none'} stayed together "
            f"over all {LENGTH} tokens.{behind}"
        )

    def alt(self) -> str:
        """The figure in words."""
        some = (1, 2, 3, 5, 10, 20, LENGTH)
        steps = ", ".join(f"{1 - self.within(n).share:.0%} after {n}" for n in some)
        return (
            "A curve that falls in steps: the share of pairs of runs that are still "
            f"the same, over tokens drawn, from 100% at 0: {steps}."
        ).replace("%", "\u00a0%")


@checked()
def divergence(
    lm: LanguageModel,
    prompts: Sequence[str] = (BEGINNING,) * PAIRS,
    seed: int = 0,
) -> Divergence:
    """Run each prompt twice at temperature 1, and see where the two runs part.

    Prompt number i flips its coins with `seed` + i first, then with a seed that begins
    where those of the first runs end: no two runs share one.

    Raises:
        ValueError: for a prompt that means nothing.
    """
    seeds = (seed, seed + len(prompts))
    first, second = (drawn(lm, prompts, LENGTH, start) for start in seeds)
    pairs = list(zip(first, second, strict=True))
    behind = (alike(one, other) for one, other in pairs)
    return Divergence(
        tuple(parting(one, other) for one, other in pairs),
        tuple(share for share in behind if share is not None),
    )


def token(number: float) -> str:
    """A token by its number, from 1; infinity stands for none."""
    return f"token {math.ceil(number)}" if number < math.inf else "no token at all"


def parting(one: Sequence[int], other: Sequence[int]) -> float:
    """The number of the first token that differs, from 1; infinity if none does.

    Where one run has ended and the other goes on, they part there.
    """
    pairs = enumerate(zip_longest(one, other), start=1)
    return next((i for i, (a, b) in pairs if a != b), math.inf)


def alike(one: Sequence[int], other: Sequence[int]) -> float | None:
    """Of the places behind the parting, the share at which both have the same token.

    None where they don't part, or one of them has no token behind it.
    """
    at = parting(one, other)
    if at >= min(len(one), len(other)):
        return None
    behind = list(zip(one[int(at) :], other[int(at) :], strict=False))
    return sum(a == b for a, b in behind) / len(behind)
