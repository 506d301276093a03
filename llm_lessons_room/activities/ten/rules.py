"""The rules of the ten questions: the same before the evening and after it."""

from collections.abc import Mapping
from typing import Any

from llm_lessons_room.parts.question import Question
from llm_lessons_room.parts.step import ONCE, OPEN, REVEAL, Moment, Step

AFTERWARDS = (Moment(OPEN, 1), Moment(REVEAL, 1))


class Ten(Question):
    """Several questions before the evening (slot 1) and after it (slot 2)."""

    MOMENTS = ONCE
    SCORED = True

    @classmethod
    def moments(cls, shown: Mapping[str, Any], part: str | None) -> tuple[Moment, ...]:
        return AFTERWARDS if shown.get("when") == "after" else cls.MOMENTS

    @classmethod
    def name(cls, step: Step) -> str:
        return "ten"

    @classmethod
    def slot(cls, step: Step, number: int) -> int:
        return 2 if number and step.shown.get("when") == "after" else number


KINDS = {"ten": Ten}
