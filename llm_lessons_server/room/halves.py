"""Which half of the room a seat is in: the one that gets something to read or write on.

It is not the same half in each kind of step: who may write steps gets no note.
"""

_GETS = {"marbles": 1, "book": 0}  # the rest of their seats' numbers when halved


def half(kind: str, seat: int) -> int:
    """1 for a seat that may write steps, or gets the note; else 0."""
    return int(seat % 2 == _GETS.get(kind))
