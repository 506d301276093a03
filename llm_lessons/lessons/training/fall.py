"""How fast a loss falls, and what the learning rate has to do with it.

Claim C3, from a curve alone. The learning rate of the recipe stays at its peak for 60 %
of the steps, and then falls to nothing (`optimizer.learning_rate`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from llm_lessons.training.optimizer import decay_steps

PEAK = 1 - decay_steps(1000) / 1000  # share of the steps until the rate begins to fall
BEFORE = 0.4  # share from which on the fall at the peak is told: most is over by then

type Curve = Sequence[tuple[int, float]]  # tokens read, bits a token


@dataclass(frozen=True)
class Fall:
    """How fast a loss falls late in a training, in bits a token for a million tokens.

    Attributes:
        at_peak: between 40 and 60 % of the way, while the learning rate is at its peak.
        after: over the rest, while it falls to nothing.
    """

    at_peak: float
    after: float

    @classmethod
    def of(cls, curve: Curve) -> Self:
        """Slopes of straight lines through the points of either part."""
        read, bits = np.array(curve).T
        share = read / read[-1]

        def slope(part: np.ndarray) -> float:
            return -float(np.polyfit(read[part] / 1e6, bits[part], 1)[0])

        return cls(slope((share >= BEFORE) & (share <= PEAK)), slope(share >= PEAK))

    @property
    def is_steeper(self) -> bool:
        """Whether the loss falls faster once the learning rate falls, too."""
        return self.after > self.at_peak

    def sentence(self) -> str:
        """Both parts in numbers, and what the learning rate has to do with it."""
        peak, after = (f"{1000 * slope:.0f}" for slope in (self.at_peak, self.after))
        start = (
            f"While its steps were large, from {BEFORE:.0%} of its reading to "
            f"{PEAK:.0%}, Fjord's loss fell by {peak} thousandths of a bit for each "
            f"million tokens. Then the steps were made smaller and smaller, and it "
            f"fell by {after}"
        ).replace("%", "\u00a0%")
        if self.is_steeper:
            return (
                f"{start}. Large steps get far, and jump over the bottom of the "
                "valley. Small ones get down to it."
            )
        return f"{start}: here, smaller steps did not help."


def around(curve: Curve, tokens: float) -> float:
    """The mean loss of the points near some place, for single points wobble."""
    read, bits = np.array(curve).T
    near = np.abs(read - tokens) <= 0.1 * tokens
    if near.sum() < 3:
        return float(np.interp(tokens, read, bits))
    return float(bits[near].mean())
