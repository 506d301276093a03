"""The rules of a guess: one choice of several, and another one after talking."""

from collections.abc import Mapping
from typing import Any

from llm_lessons_room.parts.step import ONCE, OPEN, TWICE, Moment, Step
from llm_lessons_room.parts.tally import Choices, Told


class Guess(Choices):
    """A guess, and another one after talking; `Choices` checks and counts it."""

    def __init__(self, step: Step):
        super().__init__(step)
        self._both = self._changed = 0

    @classmethod
    def moments(cls, shown: Mapping[str, Any], part: str | None) -> tuple[Moment, ...]:
        if part is None:
            return cls.MOMENTS
        return ONCE if part == "first" else TWICE[len(ONCE) :]

    def _pair(self, seat: int, by: int) -> None:
        first, second = self.of(1).get(seat), self.of(2).get(seat)
        if first is not None and second is not None:
            self._both += by
            self._changed += by * (first != second)

    def _told(self, moment: Moment) -> Told:
        if moment.phase == OPEN:
            return {}
        second = moment.round > 1
        return {
            "before": self.counts(1),
            "after": self.counts(2) if second else [0] * self._size,
            "both": self._both if second else 0,
            "changed": self._changed if second else 0,
        }


KINDS = {"guess": Guess}
