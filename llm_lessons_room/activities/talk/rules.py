"""Steps that ask nothing: talk, a sentence to remember, a figure, a break, a game."""

from llm_lessons_room.parts.tally import Tally


class Timed(Tally):
    """Nothing is asked, and a countdown says when it is over."""

    TIMED = True


KINDS = {
    "say": Tally,
    "remember": Tally,
    "figure": Tally,
    "break": Timed,
    "game": Timed,
}
