"""The verbs of everyday speech by which things come and go, in all their forms."""

from functools import cache
from typing import Literal, NamedTuple

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.everyday.wording import words
from llm_lessons.fjordby.varied import aside as kept

FILE = "verbs.txt"
Block = Literal[
    "owner loses",
    "owner gains",
    "other takes",
    "other gives",
    "other adds",
    "things go",
    "things come",
    "things done away",
    "things done come",
]
_PARTICLES = [
    "away",
    "out",
    "up",
    "off",
    "back",
    "down",
    "in",
    "over",
    "home",
    "along",
    "on",
    "by",
    "aside",
    "together",
]
_VOWELS = "aeiou"
# Of two or more syllables, with the stress on the first: no letter is doubled.
_NOT_DOUBLED = [
    "gather",
    "offer",
    "order",
    "borrow",
    "deliver",
    "scatter",
    "wander",
    "enter",
    "recover",
]


class Verb(NamedTuple):
    """A verb: "throw", and what follows it, "away"."""

    stem: str
    rest: str
    past: str
    done: str

    def form(self, past: bool, plural: bool) -> str:
        """Returns how it stands behind its subject, without what follows."""
        return self.past if past else self.stem if plural else third(self.stem)

    def with_object(self, form: str, what: str, dice: Dice) -> str:
        """Returns the form with its object: "threw 3 away", "threw away 3"."""
        if not self.rest:
            return f"{form} {what}"
        if self.rest in _PARTICLES and dice.chance(0.3):
            return f"{form} {what} {self.rest}"
        return f"{form} {self.rest} {what}"


def third(stem: str) -> str:
    """Returns the form that stands behind "she"."""
    if stem in ("have", "be", "go", "do"):
        return {"have": "has", "be": "is", "go": "goes", "do": "does"}[stem]
    if stem.endswith(("s", "x", "z", "sh", "ch")):
        return f"{stem}es"
    if stem.endswith("y") and stem[-2] not in _VOWELS:
        return f"{stem[:-1]}ies"
    return f"{stem}s"


def _regular(stem: str) -> str:
    if stem.endswith("e"):
        return f"{stem}d"
    if stem.endswith("y") and stem[-2] not in _VOWELS:
        return f"{stem[:-1]}ied"
    short = len(stem) <= 4 and stem not in _NOT_DOUBLED
    one_vowel = stem[-2] in _VOWELS and stem[-3:-2] not in tuple(_VOWELS)
    if short and stem[-1] in "bdgmnprt" and one_vowel:
        return f"{stem}{stem[-1]}ed"
    return f"{stem}ed"


@cache
def listed(block: Block, aside: bool = False) -> tuple[Verb, ...]:
    """Returns the verbs of a block that pages use, or those that are kept aside."""
    irregular = {
        stem: (past, done)
        for stem, past, done in (
            line.split(" ") for line in words(FILE, "irregular") if line.count(" ") == 2
        )
    }
    found = list[Verb]()
    for whole in kept.choices("verb", words(FILE, block), aside):
        stem, _, rest = whole.partition(" ")
        past, done = irregular.get(stem) or (_regular(stem),) * 2
        found.append(Verb(stem, rest, past, done))
    return tuple(found)


def verb(block: Block, dice: Dice, aside: bool = False) -> Verb:
    """Draws a verb of a block."""
    return dice.pick(listed(block, aside) or listed(block))
