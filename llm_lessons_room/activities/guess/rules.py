"""The rules of a guess: a question, and once more after talking."""

from collections.abc import Mapping
from typing import Any

from llm_lessons_room.parts.question import Question
from llm_lessons_room.parts.step import ONCE, TWICE, Moment


class Guess(Question):
    """One question; its two rounds may be two steps with others between."""

    @classmethod
    def moments(cls, shown: Mapping[str, Any], part: str | None) -> tuple[Moment, ...]:
        if part is None:
            return cls.MOMENTS
        return ONCE if part == "first" else TWICE[len(ONCE) :]


KINDS = {"guess": Guess}
