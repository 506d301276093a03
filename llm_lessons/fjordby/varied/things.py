"""Things that one can count, where they lie, and invented ones.

Serves C15: a procedure that was practised on marbles alone holds for marbles alone.
`things.txt` has a noun a line, its plural where that is not one with "s", and where
such things lie: "egg: in a box, in a basket".
"""

from functools import cache
from typing import NamedTuple

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.varied import aside as kept
from llm_lessons.fjordby.varied import coined
from llm_lessons.fjordby.varied.lists import blocks

INVENTED = 0.12  # of all things
FOOD = "to eat"  # the block of what can be eaten
_ANYWHERE = (
    "in a bag",
    "in a basket",
    "in a box",
    "in a chest",
    "in a drawer",
    "in a sack",
    "in a shed",
    "on a shelf",
    "on a table",
)


class Thing(NamedTuple):
    """What is counted in a problem."""

    one: str  # "egg"
    many: str  # "eggs"
    places: tuple[str, ...] = _ANYWHERE  # where such things lie: "in a box"
    food: bool = False  # whether it can be eaten

    def called(self, number: int) -> str:
        """Returns the noun as it stands behind a number."""
        return self.one if number == 1 else self.many


def plural(noun: str) -> str:
    """Returns the plural of a noun that forms it with "s" or "es"."""
    return noun + ("es" if noun.endswith(("x", "sh", "ch")) else "s")


@cache
def listed(aside: bool = False) -> tuple[Thing, ...]:
    """Returns the things that pages count, or those that are kept aside."""
    found: list[Thing] = []
    for title, lines in blocks("things.txt").items():
        for line in lines:
            nouns, places = line.split(": ")
            one, _, many = nouns.partition(" = ")
            thing = Thing(
                one, many or plural(one), tuple(places.split(", ")), title == FOOD
            )
            if kept.is_aside("thing", one) == aside:
                found.append(thing)
    return tuple(found)


def invented(dice: Dice, aside: bool = False) -> Thing:
    """Returns a thing with a made-up name: "sneemp", in the plural "sneemps"."""
    return dice.pick(_made_up(aside))


@cache
def _made_up(aside: bool) -> tuple[Thing, ...]:
    return tuple(Thing(one, plural(one)) for one in coined.pool("noun", aside))


def thing(dice: Dice, aside: bool = False) -> Thing:
    """Returns a thing, listed or invented, that pages count or that is kept aside."""
    if dice.chance(INVENTED):
        return invented(dice, aside)
    return dice.pick(listed(aside))
