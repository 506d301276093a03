"""One step of a training of which each phone has done a part: add up, and turn.

Adam (arXiv 1412.6980) with the numbers of `web/engine/training.js`. The
weights here are float32, whatever is sent (mixed precision, arXiv 1710.03740).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
TIMES = 3.0  # the others' median, beyond which nothing counts
CLIP = 1.0  # length of the gradient of a step, all weights together
# What each running mean keeps of itself in a step, and what is never divided by less.
OF_MEAN, OF_SQUARES, EPSILON = 0.9, 0.98, 1e-8


@dataclass(frozen=True)
class Part:
    """What a phone found out on its lines."""

    gradient: Floats  # of its mean loss, [weights]
    loss: float  # nats, the mean of its letters
    letters: int  # that it guessed, 1 or more


@dataclass(frozen=True)
class Sum:
    """What all parts are together: what one machine finds that reads all lines."""

    gradient: Floats  # of the mean loss of all letters, [weights]
    loss: float  # nats
    letters: int  # in all
    shortened: int  # parts of which not all counted


@dataclass(frozen=True)
class Weights:
    """Weights [count], AdamW's two running means of the gradient, and steps so far."""

    values: Floats
    mean: Floats
    squares: Floats
    steps: int = 0


def at_most(values: NDArray[np.float64]) -> NDArray[np.float64]:
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
    return np.minimum(values, TIMES * np.array(others))


def added_up(parts: list[Part]) -> Sum:
    """The mean of all letters' gradients; of each phone no more than `at_most` lets by.

    Args:
        parts: one or more, with finite numbers.
    """
    said = np.array([[one.letters, one.loss] for one in parts], np.float64)
    letters, losses = at_most(said[:, 0]), at_most(said[:, 1])
    norms = [np.linalg.norm(one.gradient.astype(np.float64)) for one in parts]
    pulls = letters * np.array(norms)
    held = pulls.copy()
    # Who finds nothing, as where all thumbs agree, says nothing of the others' pull.
    held[pulls > 0] = at_most(pulls[pulls > 0])
    shares = letters * held / np.where(pulls > 0, pulls, 1) / letters.sum()
    gradient = np.zeros_like(parts[0].gradient)
    for share, one in zip(shares, parts, strict=True):
        gradient += np.float32(share) * one.gradient
    is_less = (held < pulls) | (letters < said[:, 0]) | (losses < said[:, 1])
    loss = float(letters @ losses / letters.sum())
    return Sum(gradient, loss, int(letters.sum()), int(is_less.sum()))


def begun(values: Floats) -> Weights:
    """Weights that no step has turned."""
    return Weights(values, np.zeros_like(values), np.zeros_like(values))


def turned(weights: Weights, gradient: Floats, rate: float) -> Weights:
    """The weights a step later.

    The gradient, [count], is shortened to CLIP where it is longer; no weight is turned
    much farther than the rate.
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
    values, mean, squares = (one.astype(np.float32) for one in (values, mean, squares))
    return Weights(values, mean, squares, steps)
