"""A step as it is played, in one language, and the moments that it goes through."""

from dataclasses import dataclass
from typing import Any, NamedTuple

READY, OPEN, SHOWN, REVEAL = "ready", "open", "shown", "reveal"


class Moment(NamedTuple):
    # "open" while phones may answer, "ready" before that, "shown" once what they
    # answered is on the screen, "reveal" with the right answer
    phase: str
    round: int  # of the answers, from 1 on; 0 where there are none


TALK = (Moment(SHOWN, 0),)
ONCE = (Moment(OPEN, 1), Moment(SHOWN, 1))
ASKED = (*ONCE, Moment(REVEAL, 1))
TWICE = (*ONCE, Moment(OPEN, 2), Moment(REVEAL, 2))


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
