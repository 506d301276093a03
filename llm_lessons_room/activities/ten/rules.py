"""The rules of the ten questions: the same before the evening and after it."""

from collections.abc import Mapping
from typing import Any

from llm_lessons_room.parts.step import ONCE, OPEN, REVEAL, Moment, Step
from llm_lessons_room.parts.tally import Tally, Told
from llm_lessons_room.parts.values import Bad, counts, whole

AFTERWARDS = (Moment(OPEN, 1), Moment(REVEAL, 1))


class Ten(Tally):
    """Ten questions before the evening (slot 1) and after it (slot 2)."""

    MOMENTS = ONCE
    FIRST = True

    def __init__(self, step: Step):
        super().__init__(step)
        right = step.hidden["right"]
        self._right, size = right, len(right)
        self._scores = {slot: [0] * (size + 1) for slot in (1, 2)}
        self._each = {slot: [0] * size for slot in (1, 2)}
        self._done = {1: 0, 2: 0}
        self._paired = self._gain = 0

    @classmethod
    def moments(cls, shown: Mapping[str, Any], part: str | None) -> tuple[Moment, ...]:
        return AFTERWARDS if shown.get("when") == "after" else cls.MOMENTS

    @classmethod
    def name(cls, step: Step) -> str:
        return "ten"

    @classmethod
    def slot(cls, step: Step, number: int) -> int:
        return 2 if number and step.shown.get("when") == "after" else number

    def checked(self, value: Any) -> list[int | None]:
        questions = self.step.shown["questions"]
        if not isinstance(value, list) or len(value) != len(questions):
            raise Bad("Those are not all questions.")
        return [
            None if one is None else whole(one, 0, len(question["choices"]) - 1)
            for one, question in zip(value, questions, strict=True)
        ]

    def checked_paper(self, number: int, value: Any) -> list[int]:
        """How many had 0, 1, ... right."""
        return counts(value, len(self._scores[1]))

    def on_paper(self, value: Any) -> int:
        return sum(value)

    def answered(self, slot: int) -> int:
        """How many have come to the last question; each tap sends all of them."""
        return self._done[slot]

    def _score(self, value: list[int | None]) -> list[bool]:
        return [a == b for a, b in zip(value, self._right, strict=True)]

    def _count(self, slot: int, seat: int, value: Any, by: int) -> None:
        right = self._score(value)
        self._done[slot] += by * (value[-1] is not None)
        self._scores[slot][sum(right)] += by
        for number, one in enumerate(right):
            self._each[slot][number] += by * one

    def _pair(self, seat: int, by: int) -> None:
        first, second = self.of(1).get(seat), self.of(2).get(seat)
        if first is not None and second is not None:
            self._paired += by
            self._gain += by * (sum(self._score(second)) - sum(self._score(first)))

    def scores(self, slot: int) -> list[int]:
        """How many had 0, 1, ... right, on phones and on paper."""
        paper = self.typed.get(slot, [0] * len(self._scores[slot]))
        return [a + b for a, b in zip(self._scores[slot], paper, strict=True)]

    def _told(self, moment: Moment) -> Told:
        """Paper tells how many were right how often: not who, and not of what."""
        if moment.phase == OPEN:
            return {}
        n = {slot: len(self.of(slot)) for slot in (1, 2)}  # phones
        sides = {
            name: {"n": sum(scores), "scores": scores}
            for name, scores in (("before", self.scores(1)), ("after", self.scores(2)))
        }
        gain = self._gain / self._paired if self._paired else None
        found: Told = sides | {"paired": {"n": self._paired, "gain": gain}, "each": []}
        if moment.phase == REVEAL:
            shares = {
                slot: [one / n[slot] if n[slot] else None for one in self._each[slot]]
                for slot in (1, 2)
            }
            found["each"] = [
                {"before": a, "after": b}
                for a, b in zip(shares[1], shares[2], strict=True)
            ]
        return found


KINDS = {"ten": Ten}
