"""The rules of the six questions: before the evening, after it, and weeks later.

An answer is `{"code": "lamp-river-oak", "answers": {name: answer}}`: to `source` a
text, to `trust` for each answer whether it would be used as it is, else the number of a
choice; what is left out is null or missing. The code is the phone's own, and is all
that joins what somebody says today with what they say in four weeks.
"""

import re
from collections import Counter
from collections.abc import Mapping
from statistics import mean
from typing import Any

from llm_lessons_room.activities.survey.sources import SOURCES, source_of
from llm_lessons_room.parts.hiding import folded
from llm_lessons_room.parts.step import ONCE, OPEN, REVEAL, Moment, Step
from llm_lessons_room.parts.tally import Payload, Tally
from llm_lessons_room.parts.values import (
    BadAnswer,
    clean,
    field_of,
    integer,
    is_visible,
)

TIMES = ("before", "after", "later")
WRITTEN, TRUST = "source", "trust"
LONGEST = 200  # letters of a sentence
_SOLVED = (Moment(OPEN, 1), Moment(REVEAL, 1))
_CODE = re.compile(r"[a-z]{2,12}(-[a-z]{2,12}){2}")

type Answers = dict[str, Any]  # of one phone, by question


class Survey(Tally):
    """Six questions, before (slot 1), after (slot 2) and later (slot 3)."""

    FIRST = True

    def __init__(self, step: Step):
        super().__init__(step)
        self._questions = {one["name"]: one for one in step.shown["questions"]}
        self._right = step.hidden["right"]

    @classmethod
    def moments(cls, shown: Mapping[str, Any], part: str | None) -> tuple[Moment, ...]:
        return ONCE if shown["when"] == "before" else _SOLVED

    @classmethod
    def name(cls, step: Step) -> str:
        return "survey"

    @classmethod
    def slot(cls, step: Step, number: int) -> int:
        return number and 1 + TIMES.index(step.shown["when"])

    def validate(self, value: Any) -> dict[str, Any]:
        code, answers = field_of(value, "code"), field_of(value, "answers")
        if not isinstance(code, str) or not _CODE.fullmatch(code):
            raise BadAnswer("That is no code.")
        if (
            not isinstance(answers, dict)
            or not answers.keys() <= self._questions.keys()
        ):
            raise BadAnswer("Nobody asked that.")
        return {
            "code": code,
            "answers": {
                name: self._validate_one(name, answers.get(name))
                for name in self._questions
            },
        }

    def _validate_one(self, name: str, value: Any) -> Any:
        if value is None:
            return None
        if name == WRITTEN:
            text = " ".join(clean(value, LONGEST).split())
            return text if is_visible(text) else None
        if name == TRUST:
            wanted = len(self._questions[TRUST]["answers"])
            if not isinstance(value, list) or len(value) != wanted:
                raise BadAnswer("Those are not all answers.")
            if not all(one is None or isinstance(one, bool) for one in value):
                raise BadAnswer("An answer is used or checked.")
            return value
        return integer(value, 0, len(self._questions[name]["choices"]) - 1)

    def text_of(self, value: Any) -> str:
        return value["answers"][WRITTEN] or ""

    def sorted_as(self, text: str) -> str:
        return self.sorted.get(folded(text)) or source_of(text)

    def sort(self, text: str, source: object) -> bool:
        if source not in SOURCES:
            return False
        self.sorted[folded(text)] = str(source)
        return True

    def answered(self, slot: int) -> int:
        """How many have come to the last question; each tap sends all answers."""
        last = [*self._questions][-1]
        return sum(answers[last] is not None for answers in self._given(slot).values())

    def _given(self, slot: int) -> dict[int, Answers]:
        answers = self.answers_in(slot).items()
        return {seat: value["answers"] for seat, value in answers}

    def right_ones(self, answers: Answers) -> dict[str, bool]:
        """Whether each question with a right answer is answered by it."""
        return {name: answers[name] == right for name, right in self._right.items()}

    def _payload(self, moment: Moment, slot: int) -> Payload:
        if moment.phase == OPEN:
            return {}
        rounds = {
            TIMES[number - 1]: self._given(number) for number in range(1, slot + 1)
        }
        payload: Payload = {
            when: self._counts(given, moment.phase == REVEAL)
            for when, given in rounds.items()
        }
        before, now = self._given(1), self._given(slot) if slot > 1 else {}
        gains = [
            sum(self.right_ones(now[seat]).values())
            - sum(self.right_ones(before[seat]).values())
            for seat in before.keys() & now.keys()
        ]
        return payload | {"both": len(gains), "gain": mean(gains) if gains else None}

    def _counts(self, given: dict[int, Answers], is_revealed: bool) -> Payload:
        """How many were right; of each question, once that may be known."""
        right = [self.right_ones(answers) for answers in given.values()]
        scores = Counter(sum(one.values()) for one in right)
        texts = [answers[WRITTEN] for answers in given.values() if answers[WRITTEN]]
        sources = Counter(map(self.sorted_as, texts))
        counts: Payload = {
            "n": len(given),
            "scores": [scores[score] for score in range(len(self._right) + 1)],
        }
        if is_revealed:
            counts["right"] = {n: sum(one[n] for one in right) for n in self._right}
            counts["sources"] = {source: sources[source] for source in SOURCES}
        return counts

    def people(self) -> list[dict[str, Any]]:
        """What each person answered, by their codes and by nothing else."""
        people: dict[str, dict[str, Any]] = {}
        for slot, when in enumerate(TIMES, 1):
            for value in self.answers_in(slot).values():
                answers = value["answers"]
                text = answers[WRITTEN]
                more = {} if text is None else {"sorted": self.sorted_as(text)}
                people.setdefault(value["code"], {})[when] = answers | more
        return [{"code": code} | people[code] for code in sorted(people)]


KINDS = {"survey": Survey}
