"""The rules of the marbles: half answers at once, the others write steps."""

from typing import Any

from llm_lessons_room.parts.step import OPEN, READY, REVEAL, Moment, Step
from llm_lessons_room.parts.tally import Payload, Tally
from llm_lessons_room.parts.values import clean, field_of, integer

CHANGES = 6  # problems, each with one change more
WORKING = 300  # letters of what somebody wrote down on the way to an answer
LARGEST = 10**6  # marbles


class Marbles(Tally):
    MOMENTS = (
        Moment(READY, 0),
        *(Moment(OPEN, number) for number in range(1, CHANGES + 1)),
        Moment(REVEAL, CHANGES),
    )
    HALF = 1

    def __init__(self, step: Step):
        super().__init__(step)
        self._answers = step.hidden["answers"]

    def validate(self, value: Any) -> dict[str, Any]:
        answer = integer(field_of(value, "answer"), -LARGEST, LARGEST)
        answered: dict[str, Any] = {"answer": answer}
        if (steps := value.get("steps")) is not None:
            answered["steps"] = clean(steps, WORKING, breaks=True)
        return answered

    def text_of(self, value: Any) -> str:
        return value.get("steps") or ""

    def _payload(self, moment: Moment, slot: int) -> Payload:
        if moment.phase != REVEAL:
            return {}
        halves = []
        for half in (0, 1):  # at once, by steps
            right, asked = [], []
            for slot, answer in enumerate(self._answers, 1):
                answers = self.answers_in(slot).items()
                own = [v["answer"] for seat, v in answers if self.half(seat) == half]
                right.append(own.count(answer))
                asked.append(len(own))
            halves.append({"right": right, "asked": asked})
        return {"halves": halves}


KINDS = {"marbles": Marbles}
