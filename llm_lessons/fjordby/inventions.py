"""Words, names and values that are made up for one page alone.

They serve C16. What is read on one page only can't be known by the weights: a model
that is asked for it has to copy it from the page, piece by piece. So the notes of
Fjordby are full of towns called Trovank and of pets that are a snelb, and of known
words in places where they are not expected.
"""

import zlib
from collections.abc import Callable
from functools import cache

from llm_lessons.fjordby import stories, words
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.facts import KINDS
from llm_lessons.fjordby.varied.lists import blocks
from llm_lessons.fjordby.words import listed

REAL_TOWNS = words.of_list("real towns")
"""Towns of the real world, of which Fjordby knows nothing."""
_STARTS, _VOWELS, _ENDS = (
    words.of_list(f"made-up words: {part}") for part in ("starts", "vowels", "ends")
)
_RARE = listed("å, ø, æ, é, ö, ü")
_BEFORE = listed(
    "New, Old, Port, Saint, North, South, East, West, Upper, Great, Little"
)
_AFTER = listed("Bay, Hill, City, Harbour, Green, Bridge, Falls, Valley, on Sea, Town")
_COLOURS = listed("red, blue, green, yellow, brown, black, white, grey, purple, orange")


def is_held_out(word: str) -> bool:
    """Tells whether no page of the corpus invents this word, so that tests may.

    The checksum of its small letters decides, about one word in ten; and a town of the
    real world is never invented.
    """
    is_real = word.capitalize() in REAL_TOWNS
    return is_real or zlib.crc32(word.lower().encode()) % 10 == 0


def word(dice: Dice, held_out: bool = False) -> str:
    """Returns an invented word of one to three syllables, which starts with no vowel.

    It is none of the listed first names, some of which no page may use.
    """
    while True:
        parts = []
        for _ in range(dice.weighted((1, 2, 3), (3, 5, 2))):
            vowel = dice.pick(_RARE if dice.chance(0.02) else _VOWELS)
            parts += [dice.pick(_STARTS), vowel]
        if dice.chance(0.7):
            parts.append(dice.pick(_ENDS))
        drawn = "".join(parts)
        is_new = len(drawn) > 2 and drawn not in _first_names()
        if is_new and is_held_out(drawn) == held_out:
            return drawn


@cache
def _first_names() -> frozenset[str]:
    lines = (line for block in blocks("names.txt").values() for line in block)
    return frozenset(name for line in lines for name in line.lower().split())


def name(dice: Dice, held_out: bool = False) -> str:
    """Returns an invented name with a capital: "Trovank"."""
    return word(dice, held_out).capitalize()


def value(kind: str, dice: Dice, held_out: bool = False) -> str:
    """Returns what is true of nobody else: a town, a job, a number, a word."""
    return _MAKERS[kind](dice, held_out)


def is_elsewhere(kind: str, value: str) -> bool:
    """Tells whether a value is a known word that belongs to something else."""
    return kind in ("job", "food", "pet") and value in _elsewhere(kind)


def _town(dice: Dice, held_out: bool) -> str:
    if not held_out and dice.chance(0.1):
        return str(dice.pick(_elsewhere("town"))).capitalize()
    made = name(dice, held_out)
    shape = dice.weighted(("one", "before", "after", "capitals"), (14, 3, 2, 1))
    if shape == "before":
        return f"{dice.pick(_BEFORE)} {made}"
    if shape == "after":
        return f"{made} {dice.pick(_AFTER)}"
    return made.upper() if shape == "capitals" else made


def _thing(kind: str) -> Callable[[Dice, bool], str]:
    def make(dice: Dice, held_out: bool) -> str:
        if not held_out and dice.chance(0.25):
            return dice.pick(_elsewhere(kind))
        made = word(dice, held_out)
        shape = dice.weighted(("one", "two", "known"), (6, 2, 2))
        if shape == "two":
            return f"{made} {word(dice, held_out)}"
        if shape == "known":
            return f"{made} {dice.pick(KINDS[kind].values).split()[-1]}"
        return made

    return make


@cache
def _elsewhere(kind: str) -> tuple[str, ...]:
    """Known words that are values of another kind, or of none: a dog as a food."""
    others = [v for other, k in KINDS.items() if other != kind for v in k.values]
    found = (*others, *stories.THINGS, *stories.ANIMALS)
    return tuple(v for v in found if v[0].lower() not in "aeiou")


def _number(dice: Dice, held_out: bool) -> str:
    return str(dice.integer(1, 10 ** dice.integer(1, 4)))


def _secret(dice: Dice, held_out: bool) -> str:
    return word(dice, held_out).upper()


def _boat(dice: Dice, held_out: bool) -> str:
    shape = dice.weighted(("one", "two", "known"), (5, 2, 3))
    if shape == "known":
        return dice.pick(stories.THINGS).title()
    made = name(dice, held_out)
    return f"{dice.pick(_BEFORE)} {made}" if shape == "two" else made


def _colour(dice: Dice, held_out: bool) -> str:
    shape = dice.weighted(("known", "one", "two"), (3, 4, 3))
    if shape == "known":
        return dice.pick(_COLOURS)
    made = word(dice, held_out)
    return f"{made} {dice.pick(_COLOURS)}" if shape == "two" else made


_MAKERS: dict[str, Callable[[Dice, bool], str]] = {
    "town": _town,
    "job": _thing("job"),
    "food": _thing("food"),
    "pet": _thing("pet"),
    "number": _number,
    "word": _secret,
    "boat": _boat,
    "colour": _colour,
}


def person(dice: Dice, held_out: bool = False) -> str:
    """Returns an invented person: "Trovank Snelb", "Ida Trovank" or just "Trovank"."""
    last = name(dice, held_out)
    shape = dice.weighted(("both", "known", "one"), (4, 5, 1))
    if shape == "both":
        return f"{name(dice)} {last}"
    return f"{dice.pick(words.FIRST_NAMES)} {last}" if shape == "known" else last
