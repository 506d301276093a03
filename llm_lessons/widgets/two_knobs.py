"""A model of two knobs, to be turned by hand, or downhill by its own slope."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import traitlets

from llm_lessons.foundation.checks import checked
from llm_lessons.widgets.assets import assets
from llm_lessons.widgets.base import Control

LOWEST, HIGHEST = -4.0, 4.0  # of a knob


class TwoKnobs(Control):
    """Two scores, the odds that they make, and how badly these fit, as a landscape.

    Of three things that may come, the first two have a knob each, and the score of the
    third is 0. A softmax makes odds of the scores; the loss is the mean surprise, in
    bits, at what comes as often as the shares say. It is drawn over both knobs, as a
    map on which a ball is dragged, and over each of them, as a cut. A button takes a
    step downhill: each knob is turned by its slope, `size` times, against it.

    Args:
        shares: three names, and how often each comes; together 1.

    Attributes:
        knobs: the two scores.
        steps: how many steps downhill were taken since a knob was turned by hand.
        size: how far a step goes, for a slope of one bit.

    Raises:
        ValueError: there are not three shares above 0 that add to 1.
    """

    _esm, _css = assets("two_knobs")

    knobs = traitlets.List([0.0, 0.0]).tag(sync=True)
    steps = traitlets.Int(0).tag(sync=True)
    size = traitlets.Float(1.0, min=0.0).tag(sync=True)

    _names = traitlets.List().tag(sync=True)
    _shares = traitlets.List().tag(sync=True)
    _trail = traitlets.List().tag(sync=True)  # the knobs before each of the steps
    _range = traitlets.List([LOWEST, HIGHEST]).tag(sync=True)

    @checked()
    def __init__(self, shares: Mapping[str, float]):
        values = list(shares.values())
        if len(values) != 3 or min(values) <= 0 or abs(sum(values) - 1) > 1e-6:
            raise ValueError(
                "Give three shares above 0 that add to 1; these are "
                f"{', '.join(f'{value:g}' for value in values)}."
            )
        super().__init__(_names=list(shares), _shares=values)

    def __repr__(self) -> str:
        first, second = self.knobs
        settings = f"knobs {first:.2f} and {second:.2f}"
        return f"TwoKnobs({settings}, loss {self.loss:.3f} bits)"

    @property
    def loss(self) -> float:
        """Mean surprise at what comes, in bits, with the knobs as they are."""
        scores = np.array([*self.knobs, 0.0])
        log_odds = scores - np.log(np.exp(scores).sum())
        return float(-np.dot(self._shares, log_odds) / np.log(2))

    @traitlets.validate("knobs")
    def _check_knobs(self, proposal: Any) -> list[float]:
        try:
            first, second = (float(value) for value in proposal.value)
        except (TypeError, ValueError):
            raise ValueError(
                f"There are two knobs, two numbers; got {proposal.value!r}."
            ) from None
        return [min(HIGHEST, max(LOWEST, value)) for value in (first, second)]
