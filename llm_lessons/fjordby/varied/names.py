"""First names of many origins, and invented ones.

Serves C15 and C16: a procedure and a look into a text have to hold for a name that was
never read. `names.txt` has names from all over the world, short ones and long ones,
which are all equally common here. One name in five is made of syllables.
"""

from functools import cache

from llm_lessons.fjordby import words
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.varied import aside as kept
from llm_lessons.fjordby.varied.coined import real_words
from llm_lessons.fjordby.varied.lists import blocks

INVENTED = 0.2  # of all names
# These stand on the pages that were read before there was a rule.
_READ_BEFORE = words.listed("Chai, Fei, Felix, Geir, Gus, Ning, Wen")
_MADE = 4_000  # to make one anew each time takes long
_STARTS = words.listed(
    "b, br, ch, d, dr, f, fl, g, gr, h, j, k, kr, l, m, n, p, r, s, sh, st, t, th, tr, "
    "v, w, y, z"
)
_VOWELS = words.listed("a, a, a, e, e, i, i, o, o, u, ai, ea, ie, oo, y")
_ENDS = words.listed("d, k, l, ll, m, n, nn, r, rt, s, sh, t, th, x")


def is_aside(name: str) -> bool:
    """Tells whether no page uses this name, listed or invented.

    The names that Fjordby's people bear are read everywhere, and some others were read
    before, so none of them is kept aside.
    """
    read = name in words.FIRST_NAMES or name in _READ_BEFORE
    return not read and kept.is_aside("name", name)


@cache
def listed(aside: bool = False) -> tuple[str, ...]:
    """Returns the names of the list that pages use, or those that are kept aside."""
    names = (
        name
        for lines in blocks("names.txt").values()
        for name in " ".join(lines).split()
    )
    return tuple(name for name in names if is_aside(name) == aside)


@cache
def _every() -> frozenset[str]:
    return frozenset((*listed(), *listed(aside=True)))


def is_listed(name: str) -> bool:
    """Tells whether a name is one of the list, read or kept aside."""
    return name in _every()


@cache
def invented(aside: bool = False) -> tuple[str, ...]:
    """Returns many names of one to three syllables: "Talir", "Oshea", "Brookun"."""
    dice, found = Dice(0, "invented names"), set[str]()
    while len(found) < _MADE:
        syllables = dice.weighted((1, 2, 3), (1, 6, 3))
        parts = [dice.pick(_STARTS) + dice.pick(_VOWELS) for _ in range(syllables)]
        if syllables > 1 and dice.chance(0.15):
            parts[0] = dice.pick("aeiou")
        if syllables == 1 or dice.chance(0.6):
            parts.append(dice.pick(_ENDS))
        name = "".join(parts).capitalize()
        if is_aside(name) == aside and name.lower() not in real_words():
            found.add(name)
    return tuple(sorted(found))


def first_name(dice: Dice, aside: bool = False) -> str:
    """Returns a name, listed or invented, that pages use or that is kept aside."""
    return dice.pick(invented(aside) if dice.chance(INVENTED) else listed(aside))
