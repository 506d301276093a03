"""The rules of the ten questions: the same before the evening and after it."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from llm_lessons_room.parts.step import ONCE, OPEN, REVEAL, Moment, Step
from llm_lessons_room.parts.tally import Tally, Told
from llm_lessons_room.parts.values import Bad, whole

AFTERWARDS = (Moment(OPEN, 1), Moment(REVEAL, 1))


class Ten(Tally):
    """Ten questions before the evening (slot 1) and after it (slot 2)."""

    MOMENTS = ONCE
    FIRST = True

    def __init__(self, step: Step):
        super().__init__(step)
        self._right = step.hidden["right"]

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

    def answered(self, slot: int) -> int:
        """How many have come to the last question; each tap sends all of them."""
        return sum(value[-1] is not None for value in self.of(slot).values())

    def _right_in(self, value: list[int | None]) -> list[bool]:
        return [a == b for a, b in zip(value, self._right, strict=True)]

    def _told(self, moment: Moment) -> Told:
        if moment.phase == OPEN:
            return {}
        before, after = (
            {seat: self._right_in(value) for seat, value in self.of(slot).items()}
            for slot in (1, 2)
        )
        both = before.keys() & after.keys()
        gains = [sum(after[seat]) - sum(before[seat]) for seat in both]
        gain = sum(gains) / len(gains) if gains else None
        found: Told = {"paired": {"n": len(gains), "gain": gain}, "each": []}
        for name, phones in (("before", before), ("after", after)):
            counted = Counter(map(sum, phones.values()))
            scores = [counted[n] for n in range(len(self._right) + 1)]
            found[name] = {"n": len(phones), "scores": scores}
        if moment.phase == REVEAL:
            found["each"] = [
                {"before": _share(before, n), "after": _share(after, n)}
                for n in range(len(self._right))
            ]
        return found


def _share(phones: dict[int, list[bool]], question: int) -> float | None:
    """Which share of the phones has a question right."""
    right = sum(one[question] for one in phones.values())
    return right / len(phones) if phones else None


KINDS = {"ten": Ten}
