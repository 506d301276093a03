"""Lists of things with their numbers: going through one, each is found again.

Serves C15. How many there are stands before the things, and to say that number at once
is two pieces of work in one token: after a million and a half tokens of such questions
alone, a model of Fjord's size found it in half of the lists with two things, which is
luck. Who writes the list again up to the thing has the number right there: 99 in 100,
after as many tokens. The steps of the shop do so, and here it is practised.
"""

from collections.abc import Mapping

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.varied import loose, names, things

PAGES = 10_000
_KINDS, _KINDS_WEIGHTS = (2, 3, 4, 5), (6, 3, 1, 1)
_NUMBERS = (2, 12)  # as in the shop
_ANY_NUMBERS, _ANY_SHARE = (2, 99), 0.25
_HEADS = (
    "{name} has {things}.",
    "{name} buys {things}.",
    "{name} takes {things} $w the $n.",
    "$P the $n, {name} buys {things}.",
    "The $n of {name}: {things}.",
    "There are {things} $w the $n.",
    "The $n $u {things}, $a as a $n.",
    "For the $a $n, {things}.",
)


def texts(seed: int) -> list[str]:
    """Returns all pages of the corpus."""
    dice = Dice(seed, "counts")
    return [page(dice) for _ in range(PAGES)]


def passed(counts: Mapping[str, int], many: str) -> str:
    """Goes through a list until the things come: "The pens? 4 cups, 6 pens:"."""
    kinds = [*counts]
    through = kinds[: kinds.index(many) + 1]
    return f"The {many}? {', '.join(f'{counts[noun]} {noun}' for noun in through)}:"


def page(dice: Dice, walks: bool = True) -> str:
    """One list, and behind it how many there are of each of its things."""
    line, counts = listed(dice)
    found = (
        f"{passed(counts, many) if walks else f'The {many}?'} {counts[many]}."
        for many in dice.shuffled([*counts])
    )
    return " ".join([line, *found])


def listed(dice: Dice, kinds: int | None = None) -> tuple[str, dict[str, int]]:
    """Returns a list in a sentence, and how many there are of each of its things."""
    counts = dict[str, int]()
    kinds = kinds or dice.weighted(_KINDS, _KINDS_WEIGHTS)
    numbers = _ANY_NUMBERS if dice.chance(_ANY_SHARE) else _NUMBERS
    while len(counts) < kinds:
        counts[things.thing(dice).many] = dice.integer(*numbers)
    *before, last = (f"{count} {many}" for many, count in counts.items())
    head = loose.filled(dice.pick(_HEADS), dice)
    text = head.format(
        name=names.first_name(dice), things=f"{', '.join(before)} and {last}"
    )
    return text, counts
