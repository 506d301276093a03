"""Whom a problem is about: mostly somebody with a name, sometimes "I" or a farmer."""

from functools import cache
from typing import NamedTuple

from llm_lessons.fjordby import words
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.varied import names

_NAMED = 0.84  # of all subjects
_THEY = 0.05  # how often somebody with a name is called "they"
_HE = 0.4  # how often "he" or "she", who is known to be that
_WOMEN = words.listed(
    "girl, woman, teacher, queen, singer, cook, little girl, grandmother, nurse, doctor"
)
_MEN = words.listed(
    "boy, man, farmer, king, sailor, baker, little boy, grandfather, pilot, old man"
)
_FRIENDS = words.listed(
    "a friend, a neighbour, a cousin, an aunt, an uncle, a brother, a sister, "
    "a stranger, a guest, somebody"
)

_WHOSE = {
    "I": "my",
    "you": "your",
    "we": "our",
    "he": "his",
    "she": "her",
    "they": "their",
}


class Subject(NamedTuple):
    """Whom a problem is about."""

    first: str  # where it is named for the first time: "Ned", "a farmer", "I"
    again: str  # where it is named again: "Ned", "the farmer", "I"
    pronoun: str  # "they", "he", "I"
    whom: str  # who gets something: "Ned", "him", "me"
    whom_first: str  # the same at the first time: "a farmer"
    whose: str  # "Ned's", "a farmer's", "my"
    # whether verbs behind `first` and `again` take their plural form
    plural: bool = False
    they: bool = False  # the same for verbs behind the pronoun
    named: bool = False  # whether it has a name

    @property
    def whose_again(self) -> str:
        """Whose the things are, where that is said again: "her", "my"."""
        return _WHOSE[self.pronoun]

    def now(self, dice: Dice) -> tuple[str, bool]:
        """Returns how it is named this time, and whether a plural verb follows."""
        is_they = self.named and self.they
        if dice.chance(_THEY if is_they else _HE):
            return self.pronoun, self.they
        return self.again, self.plural


_I = Subject("I", "I", "I", "me", "me", "my", plural=True, they=True)
_YOU = Subject("you", "you", "you", "you", "you", "your", plural=True, they=True)
_WE = Subject("we", "we", "we", "us", "us", "our", plural=True, they=True)


def subject(dice: Dice, aside: bool = False, known: bool = False) -> Subject:
    """Draws whom a problem is about."""
    if aside or dice.chance(_NAMED):
        name = names.first_name(dice, aside)
        return _named(name, dice)
    if known or dice.chance(0.4):
        return dice.weighted((_I, _YOU, _WE), (5, 2, 1))
    is_woman = dice.chance(0.5)
    noun = dice.pick(_WOMEN if is_woman else _MEN)
    a = f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
    he, him = ("she", "her") if is_woman else ("he", "him")
    return Subject(a, f"the {noun}", he, him, a, f"{a}'s")


def _named(name: str, dice: Dice) -> Subject:
    """Somebody with a name; whose name was made up may be a woman or a man."""
    if names.is_listed(name):
        return _called(name)
    return _called(name, "she" if dice.chance(0.5) else "he")


@cache
def _called(name: str, pronoun: str = "") -> Subject:
    """Somebody with a name, and with the pronoun that goes with it if none is given."""
    if not pronoun:
        is_woman, is_man = name in words.FEMALE_NAMES, name in words.MALE_NAMES
        pronoun = "she" if is_woman else "he" if is_man else "they"
    they = pronoun == "they"
    return Subject(name, name, pronoun, name, name, f"{name}'s", they=they, named=True)


def friend(dice: Dice, aside: bool = False, but: str = "") -> str:
    """Returns somebody else: "Mia", "an aunt"."""
    if not aside and dice.chance(0.4):
        return dice.pick(_FRIENDS)
    while (name := names.first_name(dice, aside)) == but:
        pass
    return name
