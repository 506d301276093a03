"""The moments of each kind of step; next and back go from one to the other."""

from typing import NamedTuple

READY, OPEN, SHOWN, REVEAL = "ready", "open", "shown", "reveal"
CHANGES = 6  # problems of the marbles


class Moment(NamedTuple):
    """Where a step is.

    Attributes:
        phase: "open" while phones may answer, "ready" before that, "shown" once what
            they answered is on the screen, "reveal" with the right answer.
        round: of the answers, from 1 on; 0 where there are none.
    """

    phase: str
    round: int


_TALK = (Moment(SHOWN, 0),)
TIMED = ("break", "game")  # kinds that a countdown may end though nobody answers
_ONCE = (Moment(OPEN, 1), Moment(SHOWN, 1))
_ASKED = (*_ONCE, Moment(REVEAL, 1))
_TWICE = (*_ONCE, Moment(OPEN, 2), Moment(REVEAL, 2))
MOMENTS: dict[str, tuple[Moment, ...]] = {
    **dict.fromkeys(("say", "remember", "figure", "break", "game"), _TALK),
    "guess": _TWICE,
    "coin": _ONCE,
    "next_word": _ASKED,
    # names, the training, its model; and once more by thumbs
    "train_together": (*_ASKED, Moment(SHOWN, 2), Moment(REVEAL, 2)),
    "stories": _ONCE,
    "temperature": _ONCE,
    "marbles": (
        Moment(READY, 0),
        *(Moment(OPEN, number) for number in range(1, CHANGES + 1)),
        Moment(REVEAL, CHANGES),
    ),
    "book": _TWICE,
    "ten": _ONCE,
}
_AFTERWARDS = (Moment(OPEN, 1), Moment(REVEAL, 1))


def moments(
    kind: str, when: object = None, part: object = None, rounds: int = 1
) -> tuple[Moment, ...]:
    """The moments of a step.

    Args:
        kind: one of MOMENTS.
        when: of the ten questions: "before" the evening or "after" it.
        part: of a guess that two steps share, with others between: "first" or "again".
        rounds: of stories that are written again: at so many temperatures.
    """
    if kind == "stories" and rounds > 1:
        return tuple(Moment(OPEN, number) for number in range(1, rounds + 1))
    if kind == "guess" and part in ("first", "again"):
        return _ONCE if part == "first" else _TWICE[len(_ONCE) :]
    return _AFTERWARDS if (kind, when) == ("ten", "after") else MOMENTS[kind]
