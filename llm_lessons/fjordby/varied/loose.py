"""Sentences whose words say little: somebody and a value, and no more about the two.

Serves C15 and C16. Whoever reads the practised wordings alone learns to know each of
them, and finds nothing in a new one. Here nearly no sentence comes twice: the words
around what counts are common ones (`loose_words.txt`), thrown together. So all that
helps is to find the name that was asked for, and the value beside it; or, in a problem,
who does what, and how many it is.
"""

import re
from functools import cache

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.facts import KINDS
from llm_lessons.fjordby.varied.lists import blocks

# In `loose_frames.txt` stands $n for a noun, $a an adjective, $v a verb, $d something
# done, $p a place, $t a time; $w where it is, so that nothing comes or goes, and $u a
# verb that no problem uses.
_NAME_FIRST, _VALUE_FIRST = (
    blocks("loose_frames.txt")[order] for order in ("name first", "value first")
)
_GAPS = {
    "n": "nouns",
    "a": "adjectives",
    "v": "verbs",
    "d": "done",
    "p": "places",
    "t": "times",
    "w": "where",
    "u": "verbs",
}
_PROBLEMS = ("marble_frames.txt", "shop_frames.txt", "verbs.txt")


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    """The words for each gap, less those that are values themselves."""
    found = {
        title: lines if len(lines) > 1 else tuple(" ".join(lines).split())
        for title, lines in blocks("loose_words.txt").items()
    }
    values = {
        word
        for kind in KINDS.values()
        for value in kind.values
        for word in value.split()
    }
    lists = {
        gap: tuple(word for word in found[title] if word not in values)
        for gap, title in _GAPS.items()
    }
    lines = "\n".join(str(blocks(name)) for name in _PROBLEMS)
    used = set(re.findall(r"\w+", lines))
    return lists | {"u": tuple(verb for verb in lists["u"] if verb not in used)}


def sentence(dice: Dice) -> str:
    """Returns a sentence with the gaps {name} and {value}, in either order."""
    return filled(dice.pick(_NAME_FIRST if dice.chance(0.5) else _VALUE_FIRST), dice)


def filled(shape: str, dice: Dice) -> str:
    """Returns a shape with words thrown in: "Beside the tram" for "$P the $n"."""
    said, gaps = _cut(shape)
    for gap, rest in gaps:
        words = _lists()[gap.lower()]
        drawn = dice.pick(words)
        while drawn[0] in "aeiou" and said.endswith(("A ", " a ")):
            drawn = dice.pick(words)
        if gap.isupper():
            drawn = drawn[0].upper() + drawn[1:]
        said += drawn + rest
    return said


@cache
def _cut(shape: str) -> tuple[str, list[tuple[str, str]]]:
    """What stands before the first gap, and each gap's letter with what follows it."""
    first, *others = re.split(r"\$(?!\{)", shape)  # "${price}" is no gap for a word
    return first, [(part[0], part[1:]) for part in others]
