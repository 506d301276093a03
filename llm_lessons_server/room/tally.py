"""What all answers to a step add up to, kept up to date with each answer.

An answer costs the same whether it is the first or the three hundredth. Answers lie by
slot, which is the round, but for the ten questions: those of before and after the
evening are one tally with two slots.
"""

from typing import Any

from llm_lessons_server.room import typed, values
from llm_lessons_server.room.content import Step
from llm_lessons_server.room.hiding import Hidden
from llm_lessons_server.room.moments import Moment

Told = dict[str, Any]
TEXTS = 60  # texts of phones that are told, the latest


class Tally:
    """The answers to one step.

    Attributes:
        step: in any language.
        answers: slot → seat number → answer; who answered last stands last.
        typed: slot → what the leader typed in from paper.
        hidden: what of it the leader hid.
    """

    def __init__(self, step: Step):
        self.step = step
        self.answers: dict[int, dict[int, Any]] = {}
        self.typed: dict[int, Any] = {}
        self.hidden = Hidden()

    def of(self, slot: int) -> dict[int, Any]:
        """The answers of a round, by the seats' numbers."""
        return self.answers.setdefault(slot, {})

    def put(self, slot: int, seat: int, value: Any) -> None:
        """Count an answer, instead of the one that came from there before."""
        answers = self.of(slot)
        self._pair(seat, -1)
        if seat in answers:
            self._count(slot, seat, answers.pop(seat), -1)
        answers[seat] = value
        self._count(slot, seat, value, 1)
        self._pair(seat, 1)

    def told(self, moment: Moment, slot: int) -> Told:
        """What the screen gets of it."""
        found: Told = {"answered": self.answered(slot)}
        if slot in self.typed:
            found["typed"] = typed.count(self.step.kind, self.typed[slot])
        return found | self._told(moment)

    def answered(self, slot: int) -> int:
        """How many have answered, and are done with it."""
        return len(self.of(slot))

    def _count(self, slot: int, seat: int, value: Any, by: int) -> None:
        """Add or take away one answer."""

    def _pair(self, seat: int, by: int) -> None:
        """Add or take away what a seat's answers are together."""

    def _told(self, moment: Moment) -> Told:
        return {}


def texts(tally: Tally, slot: int) -> list[dict[str, Any]]:
    """What phones wrote in a round, the latest last, for the leader.

    Where coins fell nobody wrote anything.
    """
    kind, hidden = tally.step.kind, tally.hidden
    return [
        {
            "seat": seat,
            "text": text,
            "hidden": hidden.hides(seat, text),
            "marked": hidden.marks(text),
        }
        for seat, value in list(tally.of(slot).items())[-TEXTS:]
        if kind != "coin" and (text := values.text_of(kind, value))
    ]
