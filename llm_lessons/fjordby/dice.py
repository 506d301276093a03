"""The corpus' own source of chance: the same throws on every Python version.

Python promises that `random.Random(seed).random()` never changes; it does not promise
that for `randint`, `choice` or `shuffle`. So this module builds those few from
`random()` alone.
"""

import hashlib
import random
from bisect import bisect_right
from collections.abc import MutableSequence, Sequence
from functools import cache
from itertools import accumulate


class Dice:
    """Throws that depend on the seed and on the purpose, and on nothing else.

    Every section of the corpus throws its own dice, so a change to one section leaves
    the text of all others as it was.

    Args:
        seed: any whole number.
        purpose: what the dice are for; another purpose gives independent throws.
    """

    def __init__(self, seed: int, purpose: str) -> None:
        digest = hashlib.sha256(f"{seed}/{purpose}".encode()).digest()
        self._random = random.Random(int.from_bytes(digest[:8], "big")).random

    def chance(self, probability: float) -> bool:
        """Returns True with this probability."""
        return self._random() < probability

    def fraction(self) -> float:
        """Returns a number from 0 up to 1."""
        return self._random()

    def integer(self, low: int, high: int) -> int:
        """Returns a whole number from `low` to `high`, both included."""
        return low + int(self._random() * (high - low + 1))

    def pick[T](self, choices: Sequence[T]) -> T:
        """Returns one of the choices, each equally likely."""
        return choices[int(self._random() * len(choices))]

    def weighted[T](self, choices: Sequence[T], weights: Sequence[float]) -> T:
        """Returns one of the choices, each as likely as its share of the weights."""
        ends = _ends(tuple(weights))
        return choices[bisect_right(ends, self._random() * ends[-1])]

    def shuffle(self, items: MutableSequence) -> None:
        """Puts the items into a random order, in place."""
        for last in range(len(items) - 1, 0, -1):
            other = int(self._random() * (last + 1))
            items[last], items[other] = items[other], items[last]

    def shuffled[T](self, items: Sequence[T]) -> list[T]:
        """Returns the items as a new list in random order."""
        copy = list(items)
        self.shuffle(copy)
        return copy


@cache
def _ends(weights: tuple[float, ...]) -> tuple[float, ...]:
    """Where each choice's share ends, if all of them lie in a row."""
    return tuple(accumulate(weights))
