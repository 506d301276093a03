"""A tally of one choice among several, in up to two rounds."""

from typing import Any

from llm_lessons_room.parts.moments import TWICE
from llm_lessons_room.parts.step import Step
from llm_lessons_room.parts.tally import Tally
from llm_lessons_room.parts.values import counts, whole


class Choices(Tally):
    """One choice of several, twice."""

    MOMENTS = TWICE
    FIRST = True

    def __init__(self, step: Step):
        super().__init__(step)
        self._size = len(step.shown["choices"])
        self._counts = {1: [0] * self._size, 2: [0] * self._size}

    def checked(self, value: Any) -> int:
        return whole(value, 0, self._size - 1)

    def checked_paper(self, number: int, value: Any) -> Any:
        return counts(value, self._size)

    def on_paper(self, value: Any) -> int:
        return sum(value)

    def _count(self, slot: int, seat: int, value: Any, by: int) -> None:
        self._counts[slot][value] += by

    def counts(self, slot: int) -> list[int]:
        """How many chose each, on phones and on paper."""
        paper = self.typed.get(slot)
        if not isinstance(paper, list):
            return list(self._counts[slot])
        return [a + b for a, b in zip(self._counts[slot], paper, strict=True)]
