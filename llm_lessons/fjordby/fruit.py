"""The essay's word problem: two kinds of fruit, one price known, the other asked for.

Serves C14 (answering at once crams the whole calculation into one token; what is
written after an answer) and C15 (the steps spread the computation over many tokens,
each with one small piece).

After an answer that is already said, right in some of the pages and wrong in the
others, the corpus writes in two registers. Behind "Check:" the problem is worked out,
and the answer judged by it. Behind "Because:" the answer is defended: the steps are the
same, and the last one arrives at what was said.
"""

import zlib

from llm_lessons.checks import checked
from llm_lessons.fjordby import sums
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.problems import Problem
from llm_lessons.fjordby.words import listed

AT_ONCE = 15_000
STEP_BY_STEP = 15_000
CHECK = 4_000
BECAUSE = 4_000
# Of the answers that are checked, and that are defended, so many are right: few of the
# first, for otherwise it pays to repeat what was said instead of dividing.
CHECKED_RIGHT, DEFENDED_RIGHT = 0.25, 0.5

_NAMES = listed(
    "Adam, Alice, Anna, Clara, Daniel, Edith, Emma, Felix, Hugo, Ida, Jacob, Laura, "
    "Lucas, Maria, Nora, Oliver, Paul, Rosa, Simon, Victor"
)
_FRUITS = ("apple", "banana", "lemon", "melon", "orange", "peach", "pear", "plum")
_COUNTS = (2, 12)
_PRICES = (2, 12)
_SMALL = (2, 6)  # counts and prices of the problems with small numbers
_SMALL_SHARE = 0.25  # of all documents: drawn evenly, small sums would hardly occur


def essay() -> Problem:
    """Returns the essay's own problem: Emma, 3 apples, 2 oranges, 13 dollars."""
    return _problem("Emma", ("apple", "orange"), 3, 2, 3, 2)


def problem(dice: Dice, held_out: bool = False, small: bool = False) -> Problem:
    """Draws a problem with numbers that the corpus uses, or with held-out ones.

    Its second step is in neither case a sum that is held out with the marbles.
    """
    counts, prices = (_SMALL, _SMALL) if small else (_COUNTS, _PRICES)
    while True:
        numbers = (
            dice.integer(*counts),
            dice.integer(*counts),
            dice.integer(*prices),
            dice.integer(*prices),
        )
        if is_held_out(*numbers) == held_out and _met(*numbers):
            break
    asked, known = dice.shuffled(_FRUITS)[:2]
    return _problem(dice.pick(_NAMES), (asked, known), *numbers)


def is_held_out(n_asked: int, n_known: int, p_asked: int, p_known: int) -> bool:
    """Tells whether the corpus never uses these four numbers together.

    A checksum decides, about one combination in ten; the essay's own is held out too.

    Args:
        n_asked: pieces of the fruit whose price is asked for.
        n_known: pieces of the other fruit.
        p_asked: price of one piece of the first, in dollars.
        p_known: price of one piece of the other, in dollars.
    """
    numbers = (n_asked, n_known, p_asked, p_known)
    if numbers == (3, 2, 3, 2):
        return True
    return zlib.crc32(" ".join(map(str, numbers)).encode()) % 10 == 0


@checked(n=range(100_001))
def held_out(n: int, seed: int = 0) -> list[Problem]:
    """Returns n problems with number combinations that the corpus never uses."""
    dice = Dice(seed, "held-out fruit")
    return [problem(dice, held_out=True) for _ in range(n)]


def texts(seed: int) -> list[str]:
    """Returns all fruit documents of the corpus."""
    dice = Dice(seed, "fruit")

    def draw() -> Problem:
        return problem(dice, small=dice.chance(_SMALL_SHARE))

    documents = [draw().at_once for _ in range(AT_ONCE)]
    documents += [draw().step_by_step for _ in range(STEP_BY_STEP)]
    for _ in range(CHECK):
        asked = draw()
        documents.append(asked.checked(_said(dice, asked, CHECKED_RIGHT)))
    for _ in range(BECAUSE):
        asked = draw()
        documents.append(asked.defended(_said(dice, asked, DEFENDED_RIGHT)))
    return documents


def wrong_answer(dice: Dice, problem: Problem) -> str:
    """Draws another price than the right one; the nearer, the commoner."""
    right = int(problem.answer.removeprefix("$"))
    low, high = _PRICES
    others = [price for price in range(low, high + 1) if price != right]
    return f"${dice.weighted(others, [1 / abs(other - right) for other in others])}"


def _said(dice: Dice, problem: Problem, right: float) -> str:
    """Draws the answer that is said first: the right one this often, or another."""
    told = dice.chance(right)
    return problem.answer if told else wrong_answer(dice, problem)


def _met(n_asked: int, n_known: int, p_asked: int, p_known: int) -> bool:
    known_cost = n_known * p_known
    return not sums.is_held_out(known_cost + n_asked * p_asked, -known_cost)


def _plural(fruit: str) -> str:
    return fruit + ("es" if fruit.endswith("ch") else "s")


def _problem(
    name: str,
    fruits: tuple[str, str],
    n_asked: int,
    n_known: int,
    p_asked: int,
    p_known: int,
) -> Problem:
    asked, known = fruits
    known_cost = n_known * p_known
    asked_cost = n_asked * p_asked
    total = known_cost + asked_cost
    return Problem(
        f"{name} buys {n_asked} {_plural(asked)} and {n_known} {_plural(known)}. "
        f"One {known} costs ${p_known}. All the fruit together costs ${total}. "
        f"What does one {asked} cost?",
        (
            f"{n_known} {_plural(known)} at ${p_known} are "
            f"{n_known} x {p_known} = ${known_cost}.",
            f"The {_plural(asked)} cost {total} - {known_cost} = ${asked_cost}.",
            f"One {asked} costs {asked_cost} / {n_asked} = ${p_asked}.",
        ),
        f"${p_asked}",
    )
