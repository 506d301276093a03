"""A bag of marbles and k changes: how many are left?

Serves C13 (every token costs the same computation), C14 (answering at once crams the
whole calculation into one token) and C15 (writing the steps spreads it over many).

For every k exactly as many problems are answered at once as step by step, and small k
are commoner, so that one change is learned at once. What fails at larger k was not
learned in one jump, though it was practised as often as the steps.
"""

import zlib
from collections.abc import Sequence

from llm_lessons.checks import checked
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.problems import Problem
from llm_lessons.fjordby.words import listed

PAIRS_BY_CHANGES = {1: 15_000, 2: 5_600, 3: 4_300, 4: 4_300, 5: 4_300, 6: 4_300}
"""For each number of changes, how many documents there are of each of the two forms."""

_NAMES = listed(
    "Ann, Ben, Dora, Ella, Fred, Gus, Ida, Jan, Kim, Lea, Max, Mia, Ned, Nina, Ola, "
    "Pia, Ron, Sam, Tim, Una, Vera, Will, Ylva, Zoe"
)
_GAINS = ("finds", "wins", "buys")
_LOSSES = ("loses", "gives away", "drops")


def problem(dice: Dice, k: int) -> Problem:
    """Draws a problem with k changes; every running total is between 0 and 99."""
    name = dice.pick(_NAMES)
    total = dice.integer(3, 30)
    story = [f"{name} has {total} marbles in a bag."]
    steps = []
    for _ in range(k):
        change = _change(dice, total)
        verb = dice.pick(_GAINS if change > 0 else _LOSSES)
        more = " more" if change > 0 else ""
        story.append(f"{name} {verb} {abs(change)}{more}.")
        sign = "+" if change > 0 else "-"
        steps.append(f"{total} {sign} {abs(change)} = {total + change}.")
        total += change
    story.append("How many are left?")
    return Problem(" ".join(story), tuple(steps), str(total))


def is_held_out(question: str) -> bool:
    """Tells whether the corpus never asks this question, so that tests may.

    The checksum of the text decides, about one question in ten. The words count too:
    the sum of a held-out question with one change has been met under other names.
    """
    return zlib.crc32(question.encode()) % 10 == 0


@checked(n=range(100_001), k=range(1_000))
def held_out(n: int, k: int, seed: int = 0) -> list[Problem]:
    """Returns n problems with k changes whose questions the corpus never asks."""
    dice = Dice(seed, f"held-out marbles with {k}")
    return [_draw(dice, k, wanted=True) for _ in range(n)]


def texts(seed: int) -> list[str]:
    """Returns all marble documents of the corpus."""
    dice = Dice(seed, "marbles")
    documents = []
    for k, pairs in PAIRS_BY_CHANGES.items():
        for _ in range(pairs):
            documents.append(_draw(dice, k, wanted=False).at_once)
            documents.append(_draw(dice, k, wanted=False).step_by_step)
    return documents


@checked(n=range(100_001), changes=range(1_000))
def equal_practice(n: int, changes: Sequence[int], seed: int = 0) -> list[str]:
    """Returns n documents answered at once for each number of changes, shuffled.

    They are not part of the corpus; a control experiment reads them.
    """
    dice = Dice(seed, "equal practice with marbles")
    documents = [
        _draw(dice, k, wanted=False).at_once for k in changes for _ in range(n)
    ]
    return dice.shuffled(documents)


def _change(dice: Dice, total: int) -> int:
    while True:
        change = dice.integer(1, 20) * dice.pick((1, -1))
        if 0 <= total + change <= 99:
            return change


def _draw(dice: Dice, k: int, wanted: bool) -> Problem:
    """Draws until the problem is held out, or is not, as wanted."""
    while True:
        drawn = problem(dice, k)
        if is_held_out(drawn.question) == wanted:
            return drawn
