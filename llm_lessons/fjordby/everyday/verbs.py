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
_OFTEN = 0.6  # of all verbs, those that people use most
_VOWELS = "aeiou"
# Of two or more syllables, with the stress on the first: no letter is doubled.
_NOT_DOUBLED = [
    "gather",
    "iron",
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
def _irregular() -> dict[str, tuple[str, str]]:
    lines = (line.split(" ") for line in words(FILE, "irregular"))
    return {stem: (past, done) for stem, past, done in lines}


def _verb(whole: str) -> Verb:
    stem, _, rest = whole.partition(" ")
    past, done = _irregular().get(stem) or (_regular(stem),) * 2
    return Verb(stem, rest, past, done)


@cache
def listed(block: Block, aside: bool = False, often: bool = False) -> tuple[Verb, ...]:
    """Returns the verbs of a block that pages use, or those that are kept aside.

    Args:
        block: what the verbs tell.
        aside: whether those that no page uses.
        often: whether only those that people use most.
    """
    every = words(FILE, f"{block}, often" if often else block)
    return tuple(map(_verb, kept.choices("verb", every, aside)))


def verb(block: Block, dice: Dice, aside: bool = False) -> Verb:
    """Draws a verb of a block, mostly one that people use often."""
    often = not aside and dice.chance(_OFTEN)
    return dice.pick(listed(block, aside, often) or listed(block))


def conjugated(whole: str, past: bool, plural: bool, first: bool = False) -> str:
    """Returns a verb, and what follows it, as it stands behind its subject.

    Args:
        whole: "give", "take off".
        past: whether it was, or is.
        plural: whether its subject takes the plural form.
        first: whether its subject is "I".
    """
    stem, _, rest = whole.partition(" ")
    if stem == "be":
        many = "were" if past else "are"
        one = "was" if past else "is"
        form = ("was" if past else "am") if first else many if plural else one
    else:
        form = _verb(stem).form(past, plural)
    return f"{form} {rest}".strip()


def participle(whole: str) -> str:
    """Returns what stands behind "is": "given", "put back"."""
    found = _verb(whole)
    return f"{found.done} {found.rest}".strip()
