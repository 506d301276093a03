"""A number of one's own, said before it is measured, and drawn into the figure."""

from collections.abc import Sequence
from typing import Any

import traitlets

from llm_lessons.foundation.checks import Refusal, checked
from llm_lessons.widgets.assets import assets
from llm_lessons.widgets.base import Control

MOST = 12  # places of a curve: more handles than that can't be told apart on a phone


class Guess(Control):
    """A number on a scale, or points of a curve, to be dragged to where one thinks.

    Nobody has to guess: a lesson's figure takes `value` or `curve`, and where they hold
    nothing it is the plain one.

    Args:
        question: what is to be guessed.
        lowest, highest: the ends of the scale, whole numbers.
        unit: how a number is said, with {} in its place: such as "token {}".
        at: the places of a curve from left to right, at each of which a number is to be
            guessed; none for a single number.
        along: what these places count.

    Attributes:
        values: the numbers, one for each place; None where nothing was said.

    Raises:
        ValueError: the scale is empty, there are too many places, or the unit has no
            place for the number.
    """

    _esm, _css = assets("guess")

    values = traitlets.List().tag(sync=True)

    _question = traitlets.Unicode().tag(sync=True)
    _range = traitlets.List().tag(sync=True)
    _unit = traitlets.Unicode().tag(sync=True)
    _at = traitlets.List().tag(sync=True)
    _along = traitlets.Unicode().tag(sync=True)
    _heard = traitlets.List().tag(sync=True)  # the values that came to the kernel last

    @checked()
    def __init__(
        self,
        question: str,
        lowest: int = 0,
        highest: int = 100,
        unit: str = "{}\u00a0%",
        *,
        at: Sequence[int] = (),
        along: str = "",
    ):
        if highest <= lowest:
            raise Refusal(
                f"highest must be above lowest; they are {highest} and {lowest}."
            )
        if unit.count("{}") != 1:
            raise Refusal(f'unit needs {{}} where the number stands; it is "{unit}".')
        if len(at) > MOST:
            raise Refusal(f"at has {len(at)} places; {MOST} fit.")
        nothing = [None] * max(1, len(at))
        super().__init__(
            _question=question,
            _range=[lowest, highest],
            _unit=unit,
            _at=list(at),
            _along=along,
            _heard=nothing,
            values=nothing,
        )
        self.observe(self._on_values, "values")

    def __repr__(self) -> str:
        said = ", ".join(self._said(*one) for one in self.curve.items())
        if not self._at and self.value is not None:
            said = self._said(None, self.value)
        return f"{self._question}\n  {said or '...'}"

    @property
    def value(self) -> int | None:
        """The number that was said (for a curve, at its first place), or None."""
        return self.values[0]

    @property
    def curve(self) -> dict[int, int]:
        """What was said of a curve, by its places; empty if nothing was."""
        pairs = zip(self._at, self.values, strict=False)
        return {place: value for place, value in pairs if value is not None}

    def _said(self, place: int | None, value: int) -> str:
        said = self._unit.format(value)
        return said if place is None else f"{place}: {said}"

    @traitlets.validate("values")
    def _check_values(self, proposal: Any) -> list[int | None]:
        low, high = self._range
        try:
            values = [
                None if one is None else min(high, max(low, round(one)))
                for one in proposal.value
            ]
        except (TypeError, ValueError, OverflowError):
            values = []
        if len(values) != max(1, len(self._at)):
            raise ValueError(
                f"values are {max(1, len(self._at))} numbers or None; "
                f"got {proposal.value!r}."
            )
        return values

    def _on_values(self, change: Any) -> None:
        self._heard = change.new
