"""The rules where a room listens, talks or has a break: nothing is asked."""

from llm_lessons_room.parts.tally import Tally


class Talk(Tally):
    """Nothing is asked."""


class Break(Tally):
    """Nothing is asked, and a countdown says when it is over."""

    TIMED = True


KINDS = {"say": Talk, "remember": Talk, "figure": Talk, "break": Break}
