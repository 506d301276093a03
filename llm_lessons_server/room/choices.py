"""The tallies of questions that have right answers."""

from typing import Any

from llm_lessons_server.room import typed
from llm_lessons_server.room.content import Step
from llm_lessons_server.room.moments import OPEN, REVEAL, Moment
from llm_lessons_server.room.seats import half
from llm_lessons_server.room.tally import Tally, Told


class _Choices(Tally):
    """One choice of several, twice."""

    def __init__(self, step: Step):
        super().__init__(step)
        self._size = len(step.shown["choices"])
        self._counts = {1: [0] * self._size, 2: [0] * self._size}

    def _count(self, slot: int, seat: int, value: Any, by: int) -> None:
        self._counts[slot][value] += by

    def counts(self, slot: int) -> list[int]:
        """How many chose each, on phones and on paper."""
        paper = self.typed.get(slot)
        if not isinstance(paper, list):
            return list(self._counts[slot])
        return [a + b for a, b in zip(self._counts[slot], paper, strict=True)]


class Guess(_Choices):
    """A guess, and another one after talking."""

    def __init__(self, step: Step):
        super().__init__(step)
        self._both = self._changed = 0

    def _pair(self, seat: int, by: int) -> None:
        first, second = self.of(1).get(seat), self.of(2).get(seat)
        if first is not None and second is not None:
            self._both += by
            self._changed += by * (first != second)

    def _told(self, moment: Moment) -> Told:
        if moment.phase == OPEN:
            return {}
        second = moment.round > 1
        return {
            "before": self.counts(1),
            "after": self.counts(2) if second else [0] * self._size,
            "both": self._both if second else 0,
            "changed": self._changed if second else 0,
        }


class Book(_Choices):
    """A question with the book closed, then with it open for one half of the room."""

    def __init__(self, step: Step):
        super().__init__(step)
        self._halves = [[0, 0], [0, 0]]  # of the second round: right of asked

    def _count(self, slot: int, seat: int, value: Any, by: int) -> None:
        super()._count(slot, seat, value, by)
        if slot == 2:
            counts = self._halves[half("book", seat)]
            counts[0] += by * (value in self.step.hidden["right"])
            counts[1] += by

    def _told(self, moment: Moment) -> Told:
        if moment.phase == OPEN:
            return {}
        before = self.counts(1)
        if moment.phase != REVEAL:
            return {"counts": before}
        right = sum(before[one] for one in self.step.hidden["right"])
        found: Told = {"closed": {"right": right, "asked": sum(before)}}
        for name, pair in zip(typed.HALVES, self._halves, strict=True):
            more = self.typed.get(2, {}).get(name, (0, 0))
            found[name] = {"right": pair[0] + more[0], "asked": pair[1] + more[1]}
        return found | {"before": before, "counts": self.counts(2)}


class Marbles(Tally):
    """Sums of marbles: half of the room answers at once, the others write steps."""

    def __init__(self, step: Step):
        super().__init__(step)
        self._size = len(step.hidden["answers"])
        self._right = [[0] * self._size for _ in range(2)]
        self._asked = [[0] * self._size for _ in range(2)]

    def _count(self, slot: int, seat: int, value: Any, by: int) -> None:
        own, right = half("marbles", seat), self.step.hidden["answers"][slot - 1]
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


class Ten(Tally):
    """Ten questions before the evening (slot 1) and after it (slot 2)."""

    def __init__(self, step: Step):
        super().__init__(step)
        right = step.hidden["right"]
        self._right, size = right, len(right)
        self._scores = {slot: [0] * (size + 1) for slot in (1, 2)}
        self._each = {slot: [0] * size for slot in (1, 2)}
        self._done = {1: 0, 2: 0}
        self._paired = self._gain = 0

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
