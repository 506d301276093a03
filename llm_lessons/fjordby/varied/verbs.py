"""What people and things do in a problem, and by how much there are more or fewer.

Serves C15. `verbs.txt` has a verb a line, in its four forms: "give away, gives away,
gave away, given away". A verb that was never read tells by nothing in it whether it
adds or takes away: only the words around it do ("7 more", "3 of them"). So some verbs
are invented, and those always have such words beside them.
"""

from functools import cache
from typing import Literal, NamedTuple

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.varied import aside as kept
from llm_lessons.fjordby.varied import coined
from llm_lessons.fjordby.varied.lists import blocks

_INVENTED = 0.15  # of the verbs that somebody does
Doer = Literal["owner", "things", "food"]


class Verb(NamedTuple):
    """One verb."""

    many: str  # "they give away"
    one: str  # "she gives away"
    past: str  # "she gave away"
    done: str = ""  # "five are given away"; empty for a verb that is never told so
    says: bool = True  # whether the verb itself tells if there are more or fewer
    coined: bool = False  # whether it is made up

    def of(self, subject: str, plural: bool, past: bool) -> str:
        """Returns the verb as it stands behind its subject."""
        if past:
            was = self.past.startswith("was ") and plural and subject != "I"
            return f"were {self.past[4:]}" if was else self.past
        if not plural:
            return self.one
        be = subject == "I" and self.many.startswith("are ")
        return f"am {self.many[4:]}" if be else self.many


@cache
def listed(more: bool, doer: Doer, aside: bool = False) -> tuple[Verb, ...]:
    """Returns verbs that pages use, or those that are kept aside."""
    found: list[Verb] = []
    for line in blocks("verbs.txt")[f"{'more' if more else 'less'}: {doer}"]:
        many, one, past, done = line.split(", ")
        if kept.is_aside("verb", many) == aside:
            found.append(Verb(many, one, past, "" if done == "-" else done))
    return tuple(found)


def invented(dice: Dice, aside: bool = False) -> Verb:
    """Returns a made-up verb: "blorp", "blorps", "blorped"."""
    return dice.pick(_made_up(aside))


@cache
def _made_up(aside: bool) -> tuple[Verb, ...]:
    return tuple(
        Verb(stem, f"{stem}s", f"{stem}ed", f"{stem}ed", says=False, coined=True)
        for stem in coined.pool("verb", aside)
    )


def by_owner(dice: Dice, more: bool, food: bool, aside: bool = False) -> Verb:
    """Returns what an owner does; a verb that is kept aside tells nothing by itself."""
    if dice.chance(0.5 if aside else _INVENTED):
        return invented(dice, aside)
    if food and not more and not aside and dice.chance(0.25):
        return dice.pick(listed(more, "food"))
    verb = dice.pick(listed(more, "owner", aside))
    return verb._replace(says=False) if aside else verb


def by_things(dice: Dice, more: bool, aside: bool = False) -> Verb:
    """Returns what the things do themselves."""
    verb = dice.pick(listed(more, "things", aside))
    return verb._replace(says=False) if aside else verb
