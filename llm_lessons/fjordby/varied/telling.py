"""A name that somebody tells, and the question for it.

Serves C4 and C16: what stands in the text is at hand, and nothing else is. The names
are of all kinds (`names`), some with a surname that is made up, and they are told and
asked for in many ways (`told_frames.txt`).
"""

from collections.abc import Collection
from typing import NamedTuple

from llm_lessons.fjordby import inventions
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.turns import Topic, Turn
from llm_lessons.fjordby.varied import names
from llm_lessons.fjordby.varied.aside import Part
from llm_lessons.fjordby.varied.frames import frames

ANSWER = "Your name is {name}."
NOT_TOLD = "You have not told me your name."
_FRAMES = "told_frames.txt"
_USUAL, _USUALLY = "What is my name?", 0.3
_NICE, _NICELY = "Nice to meet you, {name}.", 0.5
_SURNAMES = 0.12  # how often somebody tells a surname as well
_UNTOLD = 0.25  # how often a name is asked for that nobody told


class Telling(NamedTuple):
    """A name that is told, and what is said when it is asked for."""

    now: Turn
    later: Turn


def telling(dice: Dice, aside: Collection[Part] = ()) -> Telling:
    """Draws a name that the user tells, and the question for it."""
    name = names.first_name(dice, "name" in aside)
    if dice.chance(_SURNAMES):
        name = f"{name} {_surname(dice, 'name' in aside)}"
    said = _frame(dice, "tell", aside).format(name=name)
    nice = _NICE if dice.chance(_NICELY) else dice.pick(frames(_FRAMES, "welcome"))
    return Telling(
        Turn(said, nice.format(name=name)),
        Turn(asked(dice, aside), ANSWER.format(name=name)),
    )


def topic(dice: Dice) -> Topic:
    """Returns a name as a topic of small talk: told and asked for later, or untold."""
    if dice.chance(_UNTOLD):
        return Turn(asked(dice), NOT_TOLD), None
    told = telling(dice)
    return told.now, told.later


def asked(dice: Dice, aside: Collection[Part] = ()) -> str:
    """Returns a question for the user's own name."""
    usual = "frame" not in aside and dice.chance(_USUALLY)
    return _USUAL if usual else _frame(dice, "ask", aside)


def of_a_friend(dice: Dice, aside: Collection[Part] = ()) -> Turn:
    """Returns a turn that tells the name of somebody else."""
    name = names.first_name(dice, "name" in aside)
    said = _frame(dice, "tell of a friend", aside).format(name=name)
    answer = dice.pick(frames(_FRAMES, "friend's answer"))
    return Turn(said, answer.format(name=name))


def _surname(dice: Dice, aside: bool) -> str:
    while True:
        name = inventions.name(dice, aside)
        if names.is_aside(name) == aside:
            return name


def _frame(dice: Dice, block: str, aside: Collection[Part]) -> str:
    return dice.pick(frames(_FRAMES, block, "frame" in aside))
