"""Sentences that name somebody and a value, and hardly say how the two go together.

Serves C16. Whoever reads the practised wordings alone learns to know each of them, and
finds nothing in a new one. Here nearly no sentence comes twice: the words around the
name and the value are common ones (`loose_words.txt`), thrown together. So all that
helps is to find the name that was asked for, and the value beside it.
"""

from functools import cache

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.facts import KINDS
from llm_lessons.fjordby.wordings import blocks

# $n a noun, $a an adjective, $v a verb, $d something done, $p a place, $t a time.
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
}


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
    return {
        gap: tuple(word for word in found[title] if word not in values)
        for gap, title in _GAPS.items()
    }


def sentence(dice: Dice) -> str:
    """Returns a sentence with the gaps {name} and {value}, in either order."""
    shape = dice.pick(_NAME_FIRST if dice.chance(0.5) else _VALUE_FIRST)
    parts = shape.split("$")
    said = parts[0]
    for part in parts[1:]:
        words = _lists()[part[0].lower()]
        drawn = dice.pick(words)
        while said.endswith(("A ", " a ")) and drawn[0] in "aeiou":
            drawn = dice.pick(words)
        if part[0].isupper():
            drawn = drawn[0].upper() + drawn[1:]
        said += drawn + part[1:]
    return said
