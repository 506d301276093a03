"""How sure one can be of what was measured: a share, a median, a number."""

import math
import statistics
from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np

from llm_lessons.foundation.checks import checked

Z = 1.959964  # standard normal: 95 % lie within this many standard deviations


class Share(NamedTuple):
    """A measured share with its 95 % interval.

    Attributes:
        share: between 0 and 1.
        low, high: the interval.
        n: independent cases that it rests on.
    """

    share: float
    low: float
    high: float
    n: int

    @property
    def value(self) -> float:
        """The share itself."""
        return self.share

    @property
    def percent(self) -> str:
        """The share in whole percent, as a sentence says it."""
        return f"{round(100 * self.share)}\u00a0%"

    def __str__(self) -> str:
        low, high = round(100 * self.low), round(100 * self.high)
        return f"{round(100 * self.share)} % ({low}–{high})"


def share(outcomes: Iterable[float]) -> Share:
    """The mean of outcomes between 0 and 1, with Wilson's interval (JASA 22, 1927).

    An outcome is one independent case: yes or no, or the share of yeses within one
    person or document. For such clusters the interval is at least as wide as it ought
    to be, because a share spreads no more than a yes or no of the same mean.

    Raises:
        ValueError: there is no outcome.
    """
    values = [float(outcome) for outcome in outcomes]
    if not all(0 <= value <= 1 for value in values):
        raise ValueError("A share needs outcomes from 0 (no) to 1 (yes).")
    if not values:
        raise ValueError("A share of nothing: give at least one outcome.")
    n, mean = len(values), sum(values) / len(values)
    centre = (mean + Z * Z / (2 * n)) / (1 + Z * Z / n)
    spread = math.sqrt(mean * (1 - mean) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    low, high = max(0.0, centre - Z * spread), min(1.0, centre + Z * spread)
    return Share(mean, low, high, n)


def over_forms(found: Share, forms: int) -> Share:
    """The same share, with the interval of as many cases as it was asked in forms.

    Two hundred questions in four wordings tell of four wordings: what holds for these
    may not hold for a fifth. So no more cases count than there were forms.

    Args:
        forms: names, nouns, wordings or whatever else it is to hold for.
    """
    return share([found.share] * min(found.n, forms))


def pooled(first: Share, second: Share) -> Share:
    """The share of all cases of two that were counted one after the other."""
    n = first.n + second.n
    mean = (first.share * first.n + second.share * second.n) / n
    return share([mean] * n)


def apart(first: "Share | Median", second: "Share | Median") -> bool:
    """Whether two numbers differ clearly: their intervals don't meet."""
    return first.high < second.low or second.high < first.low


def surely(title: str, first: "Share | Median", second: "Share | Median") -> str:
    """A title about two numbers, with a word of doubt if they are not apart."""
    return title if apart(first, second) else f"{title}\n(may be chance)"


def better(first: Share, second: Share) -> bool:
    """Whether a share is clearly higher than another: its interval lies above."""
    return first.low > second.high


class Median(NamedTuple):
    """The middle of measured values with its 95 % interval.

    Attributes:
        median: as many values lie below it as above.
        low, high: the interval.
        n: independent cases that it rests on.
    """

    median: float
    low: float
    high: float
    n: int

    @property
    def value(self) -> float:
        """The median itself."""
        return self.median

    def __str__(self) -> str:
        return f"{_plain(self.median)} ({_plain(self.low)}–{_plain(self.high)})"


def median(values: Iterable[float]) -> Median:
    """The median with the interval that the sign test gives (JASA 41, 1946).

    The interval reaches from one of the values to another and asks nothing of their
    distribution; infinity may be among them. Five values or fewer are too few for 95 %:
    theirs is the whole range.

    Raises:
        ValueError: there is no value.
    """
    ordered = sorted(values)
    n = len(ordered)
    if not n:
        raise ValueError("A median of nothing: give at least one value.")
    # How many of n values lie below the true median is n flips of a fair coin.
    cut, tail = 0, 1  # of its 2**n ways, those with at most `cut` values below
    while 40 * (tail + math.comb(n, cut + 1)) <= 2**n:
        cut += 1
        tail += math.comb(n, cut)
    return Median(statistics.median(ordered), ordered[cut], ordered[-1 - cut], n)


class Number(NamedTuple):
    """A measured number with its unit, and its 95 % interval where it has one.

    Attributes:
        value: the number; what was counted is exact and has no interval.
        unit: what it is a number of, such as "bits a character".
        low, high: the interval, or None.
    """

    value: float
    unit: str
    low: float | None = None
    high: float | None = None

    def __str__(self) -> str:
        text = _plain(self.value)
        if self.low is not None and self.high is not None:
            text += f" ({_plain(self.low)}–{_plain(self.high)})"
        return f"{text} {self.unit}".rstrip()


def _plain(value: float) -> str:
    """Three digits, and all of a large whole number."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


@checked(cases=range(1, 10_000_001), draws=1)
def bootstrap(
    statistic: Callable[[np.ndarray], float], cases: int, unit: str, draws: int = 1000
) -> Number:
    """A number that rests on cases, with the interval of its bootstrap (Efron, 1979).

    Args:
        statistic: the number for the cases of these indices, int [cases].
        cases: how many independent cases there are: texts, people, documents.
        unit: of the number.
        draws: how often the cases are drawn anew, with replacement.
    """
    rng = np.random.default_rng(0)
    again = [statistic(rng.integers(cases, size=cases)) for _ in range(draws)]
    low, high = np.quantile(again, (0.025, 0.975))
    return Number(statistic(np.arange(cases)), unit, float(low), float(high))
