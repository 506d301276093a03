"""How sure one can be of a share or a median: its 95 % interval."""

import math
import statistics
from collections.abc import Iterable
from typing import NamedTuple

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
    if not values:
        raise ValueError("A share of nothing: give at least one outcome.")
    n, mean = len(values), sum(values) / len(values)
    centre = (mean + Z * Z / (2 * n)) / (1 + Z * Z / n)
    spread = math.sqrt(mean * (1 - mean) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    low, high = max(0.0, centre - Z * spread), min(1.0, centre + Z * spread)
    return Share(mean, low, high, n)


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

    def __str__(self) -> str:
        return f"{self.median:g} ({self.low:g}–{self.high:g})"


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
