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

# $n a noun, $a an adjective, $v a verb, $d something done, $p a place, $t a time; $w
# where it is, so that nothing comes or goes, and $u a verb that no problem uses.
_NAME_FIRST = (
    "{name} $v {value} $t.",
    "{name} $v the $a $n $p {value}.",
    "{name} $v $p {value}, and the $n is $a.",
    "{name} has $d the $n $p {value}.",
    "{name} is $d $p {value}, $t.",
    "{name} $v nothing but {value}.",
    "{name}'s $n $v {value}.",
    "{name}'s $a $n $v $p {value} $t.",
    "{name}: {value}, $p the $n.",
    "{name} ($a as a $n) $v {value}.",
    "{name}, $p the $n, $v {value} and the $n.",
    "{name}, whose $n is $a, $v {value}.",
    "The $n of {name} $v {value} $p the $n.",
    "The $n of {name} $v $p {value}.",
    "The $a $n $p {name} is $d $p {value}.",
    "$T {name} $v {value}, $a as a $n.",
    "$T the $n $v {name} $p {value}.",
    "For {name} the $n $v {value}.",
    "A $a $n $v {name} $p {value}.",
    "What {name} $v $p the $n is {value}.",
    "Ask {name} $p the $n: {value}.",
    "$P the $n {name} $v {value}.",
    "If the $n is $a, {name} $v {value}.",
    "There is a $n $p {name} and $p {value}.",
    "You $d {name}, so you know {value} $p the $n.",
    "With a $n and {value}, so $v {name} the $n.",
)
_VALUE_FIRST = (
    "$P {value} the $a $n $v {name}.",
    "$P {value} is the $n $d by {name}.",
    "$P {value} $v {name}, $t.",
    "$P the $n $p {value} $v {name}.",
    "$P the $n, {value} $v {name}.",
    "The {value} $p the $n $v {name}.",
    "The $a $n $p {value} $v {name} $t.",
    "The $n $p {value} is $d by {name}.",
    "The $n $v {value}, and {name} $v the $n.",
    "A $n $p {value} $v the $n of {name}.",
    "A $n of {value} $v {name} $p the $n.",
    "One {value} $p the $n is $d by {name}.",
    "No {value} is as $a as the $n of {name}.",
    "Without {value} the $n $v {name}.",
    "$T {value} $v {name} and the $a $n.",
    "$T the $n $v {value} $p {name}.",
    "Every $n $p {value} $v {name}, the $a $n.",
    "If {value} $v the $n, so does {name}.",
    "What $v {value} $p the $n is $d by {name}.",
    "My $n $v {value}: ask {name}.",
    "You find {value} where {name} $v the $n.",
    "$A or $a, the {value} $v the $n of {name}.",
    "Only {value} $v the $n, says {name}.",
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
        word for kind in KINDS.values() for one in kind.values for word in one.split()
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
    """Returns a shape with words thrown in: "Beside the tram" for "$P the $n".

    Args:
        shape: with a $ and a letter for each word, a capital one at the beginning.
        dice: to throw.
    """
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
