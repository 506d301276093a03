"""A question with choices, asked twice."""

from collections import Counter
from typing import Any

from llm_lessons_room.parts.step import OPEN, REVEAL, TWICE, Moment, Step
from llm_lessons_room.parts.tally import Payload, Tally
from llm_lessons_room.parts.values import integer

type Answers = dict[int, int]  # by seat


class Question(Tally):
    """Choices before and after something was said, talked about or read.

    An answer is the number of a choice. A step shows `question` and `choices`, and
    hides the `right` ones.
    """

    MOMENTS = TWICE
    FIRST = True

    def __init__(self, step: Step):
        super().__init__(step)
        self._size = len(step.shown["choices"])
        self._right = {*step.hidden["right"]}

    def validate(self, value: Any) -> int:
        return integer(value, 0, self._size - 1)

    def _payload(self, moment: Moment, slot: int) -> Payload:
        if moment.phase == OPEN:
            return {}
        before, after = self.answers_in(1), self.answers_in(2) if slot > 1 else {}
        both = before.keys() & after.keys()
        payload: Payload = {
            "before": self._votes(before),
            "after": self._votes(after),
            "both": len(both),
            "changed": sum(before[seat] != after[seat] for seat in both),
        }
        if moment.phase == REVEAL:
            payload["before"]["right"] = self._count_right(before)
            payload["after"]["right"] = self._count_right(after)
        if self.HALF is not None and moment.phase == REVEAL:
            payload["halves"] = [self._right_of_half(after, half) for half in (0, 1)]
        return payload

    def _votes(self, answers: Answers) -> Payload:
        """How many phones have answered, and the votes for each choice."""
        counter = Counter(answers.values())
        counts = [counter[choice] for choice in range(self._size)]
        return {"n": len(answers), "counts": counts}

    def _count_right(self, answers: Answers) -> int:
        return sum(choice in self._right for choice in answers.values())

    def _right_of_half(self, answers: Answers, half: int) -> dict[str, int]:
        asked = {n: choice for n, choice in answers.items() if self.half(n) == half}
        return {"right": self._count_right(asked), "asked": len(asked)}
