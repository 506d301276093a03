"""The rules of the marbles: half answers at once, the others write steps."""

from typing import Any

from llm_lessons_room.parts.step import OPEN, READY, REVEAL, Moment, Step
from llm_lessons_room.parts.tally import Payload, Tally
from llm_lessons_room.parts.values import clean, field, whole

CHANGES = 6  # problems, each with one change more
WORKING = 300  # letters of what somebody wrote down on the way to an answer
LARGEST = 10**6  # marbles


class Marbles(Tally):
    """Sums of marbles: half of the room answers at once, the others write steps."""

    MOMENTS = (
        Moment(READY, 0),
        *(Moment(OPEN, number) for number in range(1, CHANGES + 1)),
        Moment(REVEAL, CHANGES),
    )
    HALF = 1

    def __init__(self, step: Step):
        super().__init__(step)
        self._answers = step.hidden["answers"]

    def checked(self, value: Any) -> dict[str, Any]:
        answer = whole(field(value, "answer"), -LARGEST, LARGEST)
        found: dict[str, Any] = {"answer": answer}
        if (steps := value.get("steps")) is not None:
            found["steps"] = clean(steps, WORKING, breaks=True)
        return found

    def written(self, value: Any) -> str:
        return value.get("steps") or ""

    def _payload(self, moment: Moment, slot: int) -> Payload:
        if moment.phase != REVEAL:
            return {}
        halves = []
        for half in (0, 1):  # at once, by steps
            right, asked = [], []
            for slot, answer in enumerate(self._answers, 1):
                given = self.of(slot).items()
                own = [v["answer"] for seat, v in given if self.half(seat) == half]
                right.append(own.count(answer))
                asked.append(len(own))
            halves.append({"right": right, "asked": asked})
        return {"halves": halves}


KINDS = {"marbles": Marbles}
