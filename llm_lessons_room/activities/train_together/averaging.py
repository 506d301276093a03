"""One step of a training by phones: aggregate their gradients, and update the weights.

Adam (arXiv 1412.6980) with the numbers of `web/engine/training.js`. The
weights here are float32, whatever is sent (mixed precision, arXiv 1710.03740).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
MAX_TIMES_MEDIAN = 3.0  # the others' median, beyond which nothing counts
CLIP = 1.0  # length of the gradient of a step, all weights together
# What each running mean keeps of itself in a step, and what is never divided by less.
OF_MEAN, OF_SQUARES, EPSILON = 0.9, 0.98, 1e-8


@dataclass(frozen=True)
class Contribution:
    """What a phone calculated on its batch."""

    gradient: Floats  # of its mean loss, [weights]
    loss: float  # nats, the mean of its letters
    letters: int  # that it guessed, 1 or more


@dataclass(frozen=True)
class Aggregate:
    """All contributions as one: what a machine that reads all lines calculates."""

    gradient: Floats  # of the mean loss of all letters, [weights]
    loss: float  # nats
    letters: int  # in all
    shortened: int  # contributions of which not all counted


@dataclass(frozen=True)
class Weights:
    """Weights [count], AdamW's two running means of the gradient, and steps so far."""

    values: Floats
    mean: Floats
    squares: Floats
    steps: int = 0


def limit_to_median(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each value, or TIMES the median of the others where that is less.

    Phones that read other lines of one list find gradients of much the same length:
    what is three times as long and more is hardly luck. It is shortened and not
    dropped, since odd lines may be right. The others' median is what it is held to,
    for a mean moves as far as a single liar likes, and a median stays among the honest
    as long as they are more than half. So one phone that lies has the pull of TIMES
    phones at most, whether it says 5 or 1e6 times too much, and the steps go on
    downhill.
    """
    if len(values) < 2:
        return values
    others = [np.median(np.delete(values, i)) for i in range(len(values))]
    return np.minimum(values, MAX_TIMES_MEDIAN * np.array(others))


def aggregate(contributions: list[Contribution]) -> Aggregate:
    """The mean of all letters' gradients, each phone's limited by `limit_to_median`.

    Args:
        parts: one or more, with finite numbers.
    """
    claims = np.array([[each.letters, each.loss] for each in contributions], np.float64)
    letters, losses = limit_to_median(claims[:, 0]), limit_to_median(claims[:, 1])
    norms = [np.linalg.norm(each.gradient.astype(np.float64)) for each in contributions]
    pulls = letters * np.array(norms)
    held = pulls.copy()
    # Who finds nothing, as where all thumbs agree, says nothing of the others' pull.
    held[pulls > 0] = limit_to_median(pulls[pulls > 0])
    shares = letters * held / np.where(pulls > 0, pulls, 1) / letters.sum()
    gradient = np.zeros_like(contributions[0].gradient)
    for share, each in zip(shares, contributions, strict=True):
        gradient += np.float32(share) * each.gradient
    is_less = (held < pulls) | (letters < claims[:, 0]) | (losses < claims[:, 1])
    loss = float(letters @ losses / letters.sum())
    return Aggregate(gradient, loss, int(letters.sum()), int(is_less.sum()))


def init_weights(values: Floats) -> Weights:
    return Weights(values, np.zeros_like(values), np.zeros_like(values))


def adam_step(weights: Weights, gradient: Floats, rate: float) -> Weights:
    """The weights after a step of Adam.

    The gradient, [count], is shortened to CLIP where it is longer; no weight moves much
    farther than the rate.
    """
    length = float(np.linalg.norm(gradient.astype(np.float64)))
    gradient = gradient * np.float32(min(1.0, CLIP / max(length, EPSILON)))
    steps = weights.steps + 1
    mean = weights.mean + (1 - OF_MEAN) * (gradient - weights.mean)
    squares = weights.squares + (1 - OF_SQUARES) * (gradient**2 - weights.squares)
    # Both means began at zero, and are too small by so much.
    lack, lack_of_squares = 1 - OF_MEAN**steps, 1 - OF_SQUARES**steps
    size = np.sqrt(squares / lack_of_squares) + EPSILON
    values = weights.values - rate * (mean / lack / size)
    values, mean, squares = (x.astype(np.float32) for x in (values, mean, squares))
    return Weights(values, mean, squares, steps)
