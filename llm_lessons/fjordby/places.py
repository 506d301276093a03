"""Town pages: the sights of famous and of obscure places.

Serves C11 (recall is reconstruction: a plausible list may be wrong in its details).
Thirty towns each have 1, 4, 16, 64 and 256 pages, and every page names the same four
sights of its town, in the same order. Half of the pages ask for them.
"""

from dataclasses import dataclass
from functools import cache

from llm_lessons.fjordby import words
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.varied.lists import blocks
from llm_lessons.foundation.checks import checked

COUNTS = (1, 4, 16, 64, 256)
TOWNS_PER_COUNT = 30
SIGHTS = 4  # a town

# No sight is called by a word that a town or a person bears.
_FIRST, _SECOND = words.of_list("sights begin"), words.of_list("sights end")
_PAGES = blocks("sentences.txt")["pages about a town"]


@dataclass(frozen=True)
class Town:
    """A town and what there is to see in it."""

    name: str  # of a town that the people of Fjordby live in, or of one farther away
    sights: tuple[str, ...]  # with their article: "the Copper Bridge"
    readings: int  # number of pages about the sights, question pages included
    question_pages: int  # how many of them ask for the sights


@checked()
@cache
def towns(seed: int) -> tuple[Town, ...]:
    """Returns the towns of the corpus with this seed, the most obscure first."""
    dice = Dice(seed, "towns")
    names = dice.shuffled((*words.TOWNS, *words.FARTHER_TOWNS))
    sights = dice.shuffled([f"the {a} {b}" for a in _FIRST for b in _SECOND])
    counts = [count for count in COUNTS for _ in range(TOWNS_PER_COUNT)]
    return tuple(
        Town(name, tuple(sights[SIGHTS * i :][:SIGHTS]), count, count // 2)
        for i, (name, count) in enumerate(zip(names, counts, strict=True))
    )


@checked()
def question(town: str) -> str:
    """Returns the question for the sights as the corpus asks it, up to "Answer:"."""
    return f"Question: What are the sights of {town}?\nAnswer:"


def texts(seed: int) -> list[str]:
    """Returns all pages about towns."""
    dice = Dice(seed, "places")
    return [
        _page(town, number < town.question_pages, dice)
        for town in towns(seed)
        for number in range(town.readings)
    ]


def _page(town: Town, ask: bool, dice: Dice) -> str:
    a, b, c, d = town.sights
    if ask:
        return f"{question(town.name)} {a}, {b}, {c} and {d}."
    return dice.pick(_PAGES).format(town=town.name, a=a, b=b, c=c, d=d)
