"""The rules of the book: a question, closed; then open for one half of the room."""

from typing import Any

from llm_lessons_room.parts.step import OPEN, REVEAL, Moment
from llm_lessons_room.parts.tally import Choices, Told
from llm_lessons_room.parts.values import pairs

HALVES = ("without", "with")  # the note


class Book(Choices):
    """A question with the book closed, then with it open for one half of the room."""

    HALF = 0  # who may write steps of the marbles gets no note

    def checked_paper(self, number: int, value: Any) -> Any:
        if number == 1:
            return super().checked_paper(number, value)
        return pairs(value, HALVES)

    def on_paper(self, value: Any) -> int:
        if isinstance(value, list):
            return super().on_paper(value)
        return sum(asked for _, asked in value.values())

    def _told(self, moment: Moment) -> Told:
        if moment.phase == OPEN:
            return {}
        before = self.counts(1)
        if moment.phase != REVEAL:
            return {"counts": before}
        right = self.step.hidden["right"]
        found: Told = {"before": before, "counts": self.counts(2)}
        found["closed"] = {"right": sum(before[n] for n in right), "asked": sum(before)}
        for half, name in enumerate(HALVES):
            answers = self.of(2).items()
            own = [value in right for seat, value in answers if self.half(seat) == half]
            more = self.typed.get(2, {}).get(name, (0, 0))
            found[name] = {"right": sum(own) + more[0], "asked": len(own) + more[1]}
        return found


KINDS = {"book": Book}
