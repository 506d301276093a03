"""The rules of the marbles: half answers at once, the others write steps."""

from typing import Any

from llm_lessons_room.parts.step import OPEN, READY, REVEAL, Moment, Step
from llm_lessons_room.parts.tally import Tally, Told
from llm_lessons_room.parts.values import clean, field, pairs, whole

CHANGES = 6  # problems, each with one change more
HALVES = ("0", "1")  # at once, by steps
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
        self._size = len(step.hidden["answers"])
        self._right = [[0] * self._size for _ in range(2)]
        self._asked = [[0] * self._size for _ in range(2)]

    def checked(self, value: Any) -> dict[str, Any]:
        answer = whole(field(value, "answer"), -LARGEST, LARGEST)
        found: dict[str, Any] = {"answer": answer}
        if (steps := value.get("steps")) is not None:
            found["steps"] = clean(steps, WORKING, breaks=True)
        return found

    def checked_paper(self, number: int, value: Any) -> dict[str, list[int]]:
        return pairs(value, HALVES)

    def on_paper(self, value: Any) -> int:
        return sum(asked for _, asked in value.values())

    def written(self, value: Any) -> str:
        return value.get("steps") or ""

    def _count(self, slot: int, seat: int, value: Any, by: int) -> None:
        own, right = self.half(seat), self.step.hidden["answers"][slot - 1]
        self._right[own][slot - 1] += by * (value["answer"] == right)
        self._asked[own][slot - 1] += by

    def _told(self, moment: Moment) -> Told:
        if moment.phase != REVEAL:
            return {}
        right = [list(one) for one in self._right]
        asked = [list(one) for one in self._asked]
        for slot, halves in self.typed.items():
            for name, pair in halves.items():
                right[int(name)][slot - 1] += pair[0]
                asked[int(name)][slot - 1] += pair[1]
        halves = zip(right, asked, strict=True)
        return {"halves": [{"right": one, "asked": of} for one, of in halves]}


KINDS = {"marbles": Marbles}
