"""The moments that a step goes through; next and back go from one to the other."""

from typing import NamedTuple

READY, OPEN, SHOWN, REVEAL = "ready", "open", "shown", "reveal"


class Moment(NamedTuple):
    """Where a step is.

    Attributes:
        phase: "open" while phones may answer, "ready" before that, "shown" once what
            they answered is on the screen, "reveal" with the right answer.
        round: of the answers, from 1 on; 0 where there are none.
    """

    phase: str
    round: int


TALK = (Moment(SHOWN, 0),)
ONCE = (Moment(OPEN, 1), Moment(SHOWN, 1))
ASKED = (*ONCE, Moment(REVEAL, 1))
TWICE = (*ONCE, Moment(OPEN, 2), Moment(REVEAL, 2))
