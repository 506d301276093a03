"""Made-up words for things and for what is done to them."""

import re
from functools import cache
from typing import Literal

from llm_lessons.fjordby import inventions, wordings
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.varied.lists import blocks

_LONGEST = 7  # letters
_MADE = 4_000  # of each kind: to make one anew each time takes long
# Behind these no plain "s" or "ed" can stand.
_ODD_ENDS = {"noun": ("s", "z"), "verb": (*"aeiouysxzåøæéöü", "ed")}


@cache
def _real() -> frozenset[str]:
    """Words that Fjordby uses otherwise, so that none of them is made up again."""
    lists = (
        wordings.blocks("loose_words.txt"),
        blocks("things.txt"),
        blocks("verbs.txt"),
    )
    lines = (line for found in lists for block in found.values() for line in block)
    return frozenset(word for line in lines for word in re.findall(r"\w+", line))


@cache
def pool(as_a: Literal["noun", "verb"], aside: bool = False) -> tuple[str, ...]:
    """Returns many short made-up words, the same ones always.

    Args:
        as_a: nouns take "s", and verbs "s" and "ed".
        aside: whether they are ones that no page invents.
    """
    dice, found = Dice(0, f"coined {as_a}s"), set[str]()
    while len(found) < _MADE:
        made = inventions.word(dice, held_out=aside)
        fits = len(made) <= _LONGEST and not made.endswith(_ODD_ENDS[as_a])
        if fits and _real().isdisjoint((made, f"{made}s", f"{made}ed")):
            found.add(made)
    return tuple(sorted(found))
