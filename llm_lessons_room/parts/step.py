"""A step as it is played, in one language."""

from dataclasses import dataclass
from typing import Any

from llm_lessons_room.parts.moments import Moment


@dataclass(frozen=True)
class Step:
    """One step of a deck, in one language; `shown`, `hidden`, ... as in the file.

    A guess may be in two parts, "first" and "again", with other steps between: the
    second is `of` the first, and counts with it.
    """

    id: str
    kind: str
    title: str
    minutes: float
    seconds: float | None
    lesson: int | None
    optional: bool
    moments: tuple[Moment, ...]
    of: str | None
    shown: dict[str, Any]
    hidden: dict[str, Any]
    note: dict[str, Any] | None
    guide: dict[str, Any]
