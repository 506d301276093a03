"""Training with a pencil: three words, a knob for each, and the gradient between them.

Each step of a knob doubles its word's weight, and a word's chance is its weight among
all weights: a softmax to the base of 2. So the surprise of a text, in bits, grows with
a step of a knob by as much as its word was guessed too often: what was guessed, less
what came.
"""

from collections.abc import Sequence
from itertools import product
from math import floor, log2
from typing import NamedTuple

LOWEST, HIGHEST = 1, 6  # settings of a knob: those of a die
LONGEST = 50  # rounds, after which knobs that still turn will never rest


class Round(NamedTuple):
    """Where the knobs stand, and what they guess.

    Attributes:
        knobs: their settings.
        guesses: how often each word is expected to come.
        bits: mean surprise of a word of the text.
    """

    knobs: tuple[int, ...]
    guesses: tuple[float, ...]
    bits: float


def guess(came: Sequence[int], knobs: Sequence[int]) -> Round:
    """What these knobs guess of a text, in which each word comes so often."""
    weights = [2.0**knob for knob in knobs]
    whole, length = sum(weights), sum(came)
    bits = [log2(whole / weight) for weight in weights]
    mean = sum(n * one for n, one in zip(came, bits, strict=True)) / length
    return Round((*knobs,), tuple(length * weight / whole for weight in weights), mean)


def rounds(came: Sequence[int], knobs: Sequence[int], size: float) -> list[Round]:
    """All rounds until no knob turns, or LONGEST of them.

    Args:
        size: how many steps a knob goes for a slope of one, to the nearest whole step.
    """
    all_rounds = [guess(came, knobs)]
    while len(all_rounds) < LONGEST:
        last = all_rounds[-1]
        slopes = [a - b for a, b in zip(last.guesses, came, strict=True)]
        turned = [
            min(HIGHEST, max(LOWEST, knob - _steps(size * slope)))
            for knob, slope in zip(last.knobs, slopes, strict=True)
        ]
        if turned == [*last.knobs]:
            break
        all_rounds.append(guess(came, turned))
    return all_rounds


def _steps(turn: float) -> int:
    """Whole steps, a half one rounded away from zero."""
    return floor(abs(turn) + 0.5) * (1 if turn > 0 else -1)


def at_rest(came: Sequence[int], size: float) -> tuple[int, int]:
    """From how many settings of the knobs they come to rest, and how many there are."""
    settings = product(range(LOWEST, HIGHEST + 1), repeat=len(came))
    found = [len(rounds(came, knobs, size)) < LONGEST for knobs in settings]
    return sum(found), len(found)
