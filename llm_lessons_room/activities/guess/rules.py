"""The rules of a guess: one choice of several, and another one after talking."""

from collections.abc import Mapping
from typing import Any

from llm_lessons_room.parts.step import ONCE, OPEN, TWICE, Moment
from llm_lessons_room.parts.tally import Choices, Told


class Guess(Choices):
    """A guess, and another one after talking; `Choices` checks and counts it."""

    @classmethod
    def moments(cls, shown: Mapping[str, Any], part: str | None) -> tuple[Moment, ...]:
        if part is None:
            return cls.MOMENTS
        return ONCE if part == "first" else TWICE[len(ONCE) :]

    def _told(self, moment: Moment) -> Told:
        if moment.phase == OPEN:
            return {}
        first, second = self.of(1), self.of(2) if moment.round > 1 else {}
        both = first.keys() & second.keys()
        return {
            "before": self.counts(1),
            "after": self.counts(2) if moment.round > 1 else [0] * self._size,
            "both": len(both),
            "changed": sum(first[seat] != second[seat] for seat in both),
        }


KINDS = {"guess": Guess}
