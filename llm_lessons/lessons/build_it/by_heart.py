"""Does it write, or recite: a text of one's own, read again and again.

Serves C17, and C12 once more: a small model that reads a short text many times learns
it by heart. Two things show it: the loss on a part that it never learns from begins to
rise, while that on the rest still falls.
"""

from collections.abc import Sequence
from dataclasses import dataclass

CLEAR = 0.05  # bits a token, by which a rise is more than a wobble

type Point = Sequence[float]  # step, tokens read, bits a token


@dataclass(frozen=True)
class ByHeart:
    """The end of a training, and the best moment on text that was held out.

    Attributes:
        learned: bits a token at the end, on the text that it learns from, just before
            it learns from it.
        best, last: bits a token on the held-out text, at their lowest and at the end.
        readings, all_readings: how often it had read the text by then, about.
    """

    learned: float
    best: float
    last: float
    readings: float
    all_readings: float

    @property
    def has_begun(self) -> bool:
        """Whether the loss on held-out text has risen again."""
        return self.last > self.best + CLEAR

    def sentence(self) -> str:
        """Both losses, and where they part, in numbers."""
        end = (
            f"At the end, after {_times(self.all_readings)}, a token costs "
            f"{self.learned:.2f} bits in the text that it learns from, and "
            f"{self.last:.2f} in the part that it never learned from."
        )
        if not self.has_begun:
            return f"{end} That loss has not risen yet: no learning by heart is to see."
        return (
            f"{end} That loss was lowest, {self.best:.2f} bits, after "
            f"{_times(self.readings)}. What came later helps with this one text alone: "
            "from there on, the model learns by heart."
        )


def by_heart(
    points: Sequence[Point], held_out: Sequence[Point], tokens: int
) -> ByHeart | None:
    """What two curves of one training show; None where nothing was held out.

    Args:
        points: the curve on the text that is learned from, as `TrainingCurve` has it.
        held_out: the one on the rest.
        tokens: of the text that is learned from, read once.
    """
    if not held_out:
        return None
    best, last = min(held_out, key=lambda point: point[2]), held_out[-1]
    return ByHeart(
        learned=points[-1][2],
        best=best[2],
        last=last[2],
        readings=best[1] / tokens,
        all_readings=last[1] / tokens,
    )


def _times(readings: float) -> str:
    return "one reading" if round(readings) <= 1 else f"{round(readings)} readings"
