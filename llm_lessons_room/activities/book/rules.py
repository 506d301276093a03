"""The rules of the book: a question, closed; then open for one half of the room."""

from typing import Any

from llm_lessons_room.parts.step import OPEN, REVEAL, Moment, Step
from llm_lessons_room.parts.tally import Choices, Told
from llm_lessons_room.parts.values import pairs

HALVES = ("without", "with")  # the note


class Book(Choices):
    """A question with the book closed, then with it open for one half of the room."""

    HALF = 0  # who may write steps of the marbles gets no note

    def __init__(self, step: Step):
        super().__init__(step)
        self._halves = [[0, 0], [0, 0]]  # of the second round: right of asked

    def checked_paper(self, number: int, value: Any) -> Any:
        if number == 1:
            return super().checked_paper(number, value)
        return pairs(value, HALVES)

    def on_paper(self, value: Any) -> int:
        if isinstance(value, list):
            return super().on_paper(value)
        return sum(asked for _, asked in value.values())

    def _count(self, slot: int, seat: int, value: Any, by: int) -> None:
        super()._count(slot, seat, value, by)
        if slot == 2:
            counts = self._halves[self.half(seat)]
            counts[0] += by * (value in self.step.hidden["right"])
            counts[1] += by

    def _told(self, moment: Moment) -> Told:
        if moment.phase == OPEN:
            return {}
        before = self.counts(1)
        if moment.phase != REVEAL:
            return {"counts": before}
        right = sum(before[one] for one in self.step.hidden["right"])
        found: Told = {"closed": {"right": right, "asked": sum(before)}}
        for name, pair in zip(HALVES, self._halves, strict=True):
            more = self.typed.get(2, {}).get(name, (0, 0))
            found[name] = {"right": pair[0] + more[0], "asked": pair[1] + more[1]}
        return found | {"before": before, "counts": self.counts(2)}


KINDS = {"book": Book}
