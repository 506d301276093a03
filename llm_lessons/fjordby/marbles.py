"""A bag of marbles and k changes: how many are left?

Serves C13 (every token costs the same computation), C14 (answering at once crams the
whole calculation into one token) and C15 (writing the steps spreads it over many).

For every k as many problems are answered at once as step by step, and as many after
dots: as many tokens as the steps, with nothing written in them. One change is practised
most, so that it is learned at once; all longer problems are practised equally often.

What tests ask was held out by its numbers. The sum of a held-out problem of one change
is met nowhere in the corpus (see `sums`). The sums of a longer held-out problem have
all been met, one by one, and their combination never.
"""

import zlib
from collections.abc import Sequence

from llm_lessons.checks import checked
from llm_lessons.fjordby import sums
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.problems import Problem
from llm_lessons.fjordby.words import listed

PAGES_BY_CHANGES = {1: 12_000, 2: 3_400, 3: 3_400, 4: 3_400, 5: 3_400, 6: 3_400}
"""For each number of changes, how many documents there are of each of the forms."""

_NAMES = listed(
    "Ann, Ben, Dora, Ella, Fred, Gus, Ida, Jan, Kim, Lea, Max, Mia, Ned, Nina, Ola, "
    "Pia, Ron, Sam, Tim, Una, Vera, Will, Ylva, Zoe"
)
_GAINS = ("finds", "wins", "buys")
_LOSSES = ("loses", "gives away", "drops")


def problem(dice: Dice, k: int, held_out: bool = False) -> Problem:
    """Draws a problem with k changes that the corpus may ask, or a held-out one.

    Every running total is between 0 and 99.
    """
    total, changes = _numbers(dice, k, held_out)
    name = dice.pick(_NAMES)
    story = [f"{name} has {total} marbles in a bag."]
    steps = []
    for change in changes:
        verb = dice.pick(_GAINS if change > 0 else _LOSSES)
        more = " more" if change > 0 else ""
        story.append(f"{name} {verb} {abs(change)}{more}.")
        sign = "+" if change > 0 else "-"
        steps.append(f"{total} {sign} {abs(change)} = {total + change}.")
        total += change
    story.append("How many are left?")
    return Problem(" ".join(story), tuple(steps), str(total))


def is_held_out(start: int, changes: Sequence[int]) -> bool:
    """Tells whether the corpus never asks about these numbers, under any name or verb.

    With one change, the sum itself is met nowhere. With more, a checksum of the numbers
    decides, about one combination in ten.

    Args:
        start: marbles in the bag at first.
        changes: what is added each time; below zero, what is taken out.
    """
    if len(changes) == 1:
        return sums.is_held_out(start, changes[0])
    numbers = " ".join([str(start), *(f"{change:+}" for change in changes)])
    return zlib.crc32(numbers.encode()) % 10 == 0


@checked(n=range(100_001), k=range(1_000))
def held_out(n: int, k: int, seed: int = 0) -> list[Problem]:
    """Returns n problems with k changes whose numbers the corpus never asks about."""
    dice = Dice(seed, f"held-out marbles with {k}")
    return [problem(dice, k, held_out=True) for _ in range(n)]


def texts(seed: int) -> list[str]:
    """Returns all marble documents of the corpus."""
    dice = Dice(seed, "marbles")
    documents = []
    for k, pages in PAGES_BY_CHANGES.items():
        for _ in range(pages):
            documents.append(problem(dice, k).at_once)
            documents.append(problem(dice, k).step_by_step)
            documents.append(problem(dice, k).after_dots)
    return documents


@checked(n=range(100_001), changes=range(1_000))
def equal_practice(n: int, changes: Sequence[int], seed: int = 0) -> list[str]:
    """Returns n documents answered at once for each number of changes, shuffled.

    They are not part of the corpus; a control experiment reads them.
    """
    dice = Dice(seed, "equal practice with marbles")
    documents = [problem(dice, k).at_once for k in changes for _ in range(n)]
    return dice.shuffled(documents)


def _numbers(dice: Dice, k: int, held_out: bool) -> tuple[int, list[int]]:
    """Draws the first total and k changes, until they are held out, or not."""
    while True:
        start = total = dice.integer(3, 30)
        changes: list[int] = []
        for _ in range(k):
            changes.append(_change(dice, total, met=k > 1))
            total += changes[-1]
        if is_held_out(start, changes) == held_out:
            return start, changes


def _change(dice: Dice, total: int, met: bool) -> int:
    """Draws a change of the total; if `met`, one whose sum is not held out."""
    while True:
        change = dice.integer(1, 20) * dice.pick((1, -1))
        if 0 <= total + change <= 99 and not (met and sums.is_held_out(total, change)):
            return change
