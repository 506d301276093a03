"""The rules of Trust or check?: answers are judged, asked again, and judged anew.

A phone's answer is a list with the stake of each judgement: 0 to check it, else the
points that it wins if it trusts what is right, and loses if it trusts what is wrong;
null where nothing was chosen. So who checks everything earns nothing.
"""

from collections.abc import Sequence
from typing import Any

from llm_lessons_room.parts.step import OPEN, REVEAL, TWICE, Moment, Step
from llm_lessons_room.parts.tally import Payload, Tally
from llm_lessons_room.parts.values import BadAnswer

STAKES = (0, 1, 3)  # to check it; to trust it a little, and much

type Stakes = list[int | None]  # of one phone, by answer


def points(stakes: Sequence[int | None], right: Sequence[bool]) -> int:
    """What these judgements earn: nothing where something is checked, or left out."""
    return sum(
        (one or 0) * (1 if is_right else -1)
        for one, is_right in zip(stakes, right, strict=True)
    )


class Trust(Tally):
    """Answers of the model's, judged alone (round 1), then beside repetitions (2).

    Who sends nothing in the second round stays with what the first one had.
    """

    MOMENTS = TWICE
    FIRST = True

    def __init__(self, step: Step):
        super().__init__(step)
        self._size = len(step.shown["answers"])
        self._right: list[bool] = step.hidden["right"]

    @classmethod
    def half(cls, seat: int) -> int:
        """All get the repetitions, which are a note of the second round."""
        return 1

    def validate(self, value: Any) -> Stakes:
        if not isinstance(value, list) or len(value) != self._size:
            raise BadAnswer("Those are not all answers.")
        if not all(
            one is None or (type(one) is int and one in STAKES) for one in value
        ):
            raise BadAnswer("That can't be staked.")
        return value

    def answered(self, slot: int) -> int:
        """How many have judged all; each tap sends all judgements."""
        return sum(None not in stakes for stakes in self.answers_in(slot).values())

    def _payload(self, moment: Moment, slot: int) -> Payload:
        payload: Payload = {}
        if slot > 1 and self.step.note:
            payload["again"] = self.step.note["again"]
        if moment.phase == OPEN:
            return payload
        before = self.answers_in(1)
        after = before | self.answers_in(2) if slot > 1 else {}
        payload["before"] = self._trusted(before.values())
        payload["after"] = self._trusted(after.values())
        if moment.phase == REVEAL:
            both = [after[seat] for seat in before]  # in the first round, too
            payload["same"] = {
                "n": len(before),
                "before": self._verdicts([*before.values()]),
                "after": self._verdicts(both),
            }
        return payload

    def _trusted(self, stakes: Any) -> Payload:
        """How many phones judged something, and how many trust each answer."""
        given = [*stakes]
        trusted = [sum(bool(one[n]) for one in given) for n in range(self._size)]
        return {"n": len(given), "trusted": trusted}

    def _verdicts(self, given: Sequence[Stakes]) -> Payload:
        """How often wrong was trusted and right checked, and all points."""
        pairs = [pair for one in given for pair in zip(one, self._right, strict=True)]
        return {
            "wrong": sum(bool(stake) for stake, right in pairs if not right),
            "missed": sum(stake == 0 for stake, right in pairs if right),
            "points": sum(points(one, self._right) for one in given),
        }


KINDS = {"trust": Trust}
