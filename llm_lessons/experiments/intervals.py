"""How sure one can be of a share: its 95 % interval."""

import math
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
