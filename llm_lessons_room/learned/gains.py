"""How much more was right the second time, and how sure one can be of it."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy import stats

CONFIDENCE = 0.95

type Pairs = Sequence[tuple[float, float]]  # of people: the first time, and the second


class Gain(NamedTuple):
    """A gain with its 95 % interval.

    Attributes:
        before, after: means of the people who answered both times.
        gain: of all people; where there are several evenings, their mean, so that a
            large one counts no more than a small one.
        low, high: the interval.
        error, freedom: standard error, and degrees of freedom of Student's t.
    """

    before: float
    after: float
    gain: float
    low: float
    high: float
    error: float
    freedom: float
    people: int
    evenings: int


def half_width(error: float, freedom: float) -> float:
    quantile = stats.t.ppf(0.5 + CONFIDENCE / 2, freedom)
    return float(quantile * error)


def gain(by_evening: Mapping[int, Pairs]) -> Gain | None:
    """The gain over evenings; None where nobody answered both times.

    People of one evening heard the same leader, so they are no independent cases. With
    several evenings, the evenings' means are: Student's t of these holds also where
    they differ in size and spread (Ibragimov and Müller, 2010). With one, the interval
    is that of paired shares with two people added, one of whom gained half of the time
    and one of whom stayed (after Agresti and Min, 2005), and says nothing of other
    evenings. The wider of the two counts.
    """
    evenings = [np.array(pairs, float) for pairs in by_evening.values() if len(pairs)]
    if not evenings:
        return None
    everybody = np.concatenate(evenings)
    before, after = map(float, everybody.mean(0))
    gained = everybody[:, 1] - everybody[:, 0]
    n = len(gained) + 2
    mean = centre = float(gained.mean())
    shrunk = float(gained.sum()) / n
    error = math.sqrt(((gained**2).sum() + 1) / n - shrunk**2) / math.sqrt(n)
    freedom = n - 1.0
    if len(evenings) == 1:
        centre = shrunk
    else:
        means = [float(np.mean(pairs[:, 1] - pairs[:, 0])) for pairs in evenings]
        mean = centre = float(np.mean(means))
        spread = float(np.std(means, ddof=1) / math.sqrt(len(means)))
        if half_width(spread, len(means) - 1.0) > half_width(error, freedom):
            error, freedom = spread, len(means) - 1.0
    half = half_width(error, freedom)
    low, high = max(-1.0, centre - half), min(1.0, centre + half)
    return Gain(
        before, after, mean, low, high, error, freedom, len(gained), len(evenings)
    )


def difference(taught: Gain, others: Gain) -> tuple[float, float, float]:
    """How much more was gained than by others, with its interval (Welch, 1947)."""
    errors = [one.error**2 for one in (taught, others)]
    parts = [
        error**2 / one.freedom
        for error, one in zip(errors, (taught, others), strict=True)
    ]
    freedom = sum(errors) ** 2 / sum(parts) if sum(parts) else math.inf
    more = taught.gain - others.gain
    half = half_width(math.sqrt(sum(errors)), freedom)
    return more, more - half, more + half
