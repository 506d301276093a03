"""The rules of a game with cards: nothing is asked, and a countdown may end it."""

from llm_lessons_room.parts.tally import Tally


class Game(Tally):
    """Nothing is asked on phones."""

    TIMED = True


KINDS = {"game": Game}
