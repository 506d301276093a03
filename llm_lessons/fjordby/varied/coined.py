"""Made-up words for things and for what is done to them."""

import re
from functools import cache
from importlib.resources import files
from typing import Literal

from llm_lessons.fjordby import inventions
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.varied.lists import blocks

_TEXTS = ("plots.txt", "documents.txt")
_LISTS = (
    "things.txt",
    "verbs.txt",
    "note_words.txt",
    "marble_frames.txt",
    "loose_words.txt",
    "wordings.txt",
)
_LONGEST = 7  # letters
_MADE = 4_000  # of each kind: to make one anew each time takes long
# Behind these no plain "s" or "ed" can stand.
_ODD_ENDS = {"noun": ("s", "z"), "verb": (*"aeiouysxzåøæéöü", "ed")}


@cache
def real_words() -> frozenset[str]:
    """Returns the words of Fjordby's texts, in small letters: none is made up again."""
    room = files("llm_lessons.fjordby")
    texts = [room.joinpath(name).read_text(encoding="utf-8") for name in _TEXTS]
    for name in _LISTS:
        texts += [line for lines in blocks(name).values() for line in lines]
    return frozenset(re.findall(r"\w+", "\n".join(texts).lower()))


@cache
def pool(as_a: Literal["noun", "verb"], aside: bool = False) -> tuple[str, ...]:
    """Returns many short made-up words, the same ones always."""
    dice, found = Dice(0, f"coined {as_a}s"), set[str]()
    while len(found) < _MADE:
        made = inventions.word(dice, held_out=aside)
        fits = len(made) <= _LONGEST and not made.endswith(_ODD_ENDS[as_a])
        if fits and real_words().isdisjoint((made, f"{made}s", f"{made}ed")):
            found.add(made)
    return tuple(sorted(found))
