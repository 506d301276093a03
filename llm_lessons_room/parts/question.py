"""Questions with choices, asked of phones twice: one question, or several in a row."""

from collections import Counter
from statistics import mean
from typing import Any, ClassVar

from llm_lessons_room.parts.step import OPEN, REVEAL, TWICE, Moment, Step
from llm_lessons_room.parts.tally import Payload, Tally
from llm_lessons_room.parts.values import Bad, whole

type Answers = dict[int, Any]  # by seat


class Question(Tally):
    """Choices before and after something was said, talked about or read.

    An answer is the number of a choice; of several questions, a list of them, with None
    where one is left out. A step shows `question` and `choices`, or `questions` with
    these, and hides the `right` ones: each right choice of one question, or the right
    choice of each of several.
    """

    MOMENTS = TWICE
    FIRST = True
    # whether it is told how many phones had how many right before it is told what is
    SCORED: ClassVar[bool] = False

    def __init__(self, step: Step):
        super().__init__(step)
        right, several = step.hidden["right"], step.shown.get("questions")
        self._is_one = several is None
        self._sizes = [len(one["choices"]) for one in several or [step.shown]]
        self._right = [{*right}] if several is None else [{one} for one in right]

    def checked(self, value: Any) -> Any:
        if self._is_one:
            return whole(value, 0, self._sizes[0] - 1)
        if not isinstance(value, list) or len(value) != len(self._sizes):
            raise Bad("Those are not all questions.")
        return [
            None if one is None else whole(one, 0, size - 1)
            for one, size in zip(value, self._sizes, strict=True)
        ]

    def answered(self, slot: int) -> int:
        """How many have come to the last question; each tap sends all answers."""
        answers = self.of(slot).values()
        return sum(self._choices(value)[-1] is not None for value in answers)

    def _choices(self, value: Any) -> list[int | None]:
        return [value] if self._is_one else value

    def _score(self, value: Any) -> int:
        """How many questions an answer has right."""
        pairs = zip(self._choices(value), self._right, strict=True)
        return sum(choice in right for choice, right in pairs)

    def _payload(self, moment: Moment, slot: int) -> Payload:
        if moment.phase == OPEN:
            return {}
        before, after = self.of(1), self.of(2) if slot > 1 else {}
        both = before.keys() & after.keys()
        payload: Payload = {
            "before": self._votes(before),
            "after": self._votes(after),
            "both": len(both),
            "changed": sum(before[seat] != after[seat] for seat in both),
        }
        if self.SCORED or moment.phase == REVEAL:
            payload["before"]["scores"] = self._scores(before)
            payload["after"]["scores"] = self._scores(after)
            gains = [self._score(after[n]) - self._score(before[n]) for n in both]
            payload["gain"] = mean(gains) if gains else None
        if self.HALF is not None and moment.phase == REVEAL:
            payload["halves"] = [self._right_of_half(after, half) for half in (0, 1)]
        return payload

    def _votes(self, answers: Answers) -> Payload:
        """How many phones have answered, and the votes for each choice, by question."""
        votes = zip(*map(self._choices, answers.values()), strict=True)
        counted = [Counter(one) for one in votes] or [Counter() for _ in self._sizes]
        counts = [
            [counter[choice] for choice in range(size)]
            for counter, size in zip(counted, self._sizes, strict=True)
        ]
        return {"n": len(answers), "counts": counts}

    def _scores(self, answers: Answers) -> list[int]:
        """How many phones had 0, 1, ... questions right."""
        counter = Counter(map(self._score, answers.values()))
        return [counter[score] for score in range(len(self._sizes) + 1)]

    def _right_of_half(self, answers: Answers, half: int) -> dict[str, int]:
        scores = [self._score(v) for n, v in answers.items() if self.half(n) == half]
        return {"right": sum(scores), "asked": len(scores)}
