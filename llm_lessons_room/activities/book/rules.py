"""The rules of the book: a question, closed; then open for one half of the room."""

from llm_lessons_room.parts.step import OPEN, REVEAL, Moment
from llm_lessons_room.parts.tally import Choices, Told

HALVES = ("without", "with")  # the note


class Book(Choices):
    """A question with the book closed, then with it open for one half of the room."""

    HALF = 0  # who may write steps of the marbles gets no note

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
            found[name] = {"right": sum(own), "asked": len(own)}
        return found


KINDS = {"book": Book}
