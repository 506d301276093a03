"""The essay's word problem: two kinds of things, one price known, the other asked for.

Each of the first two steps names its things and goes through what is bought until they
come (see `counts`): whose price is known is one small piece of work, how many of them
there are is another one.

Serves C14 (answering at once crams the whole calculation into one token; what is
written after an answer) and C15 (the steps spread the computation over many tokens,
each with one small piece). The essay buys fruit; here it may be anything, in many
words (see `shop`), so that the procedure is learned and not one sentence.

After an answer that is already said, right in some of the pages and wrong in the
others, the corpus writes in two registers. Behind "Check:" the problem is worked out,
and the answer judged by it. Behind "Because:" the answer is defended: the steps are the
same, and the last one arrives at what was said.
"""

import zlib
from collections.abc import Collection

from llm_lessons.fjordby import sums
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.problems import Problem
from llm_lessons.fjordby.varied import shop
from llm_lessons.fjordby.varied.aside import Part, parts
from llm_lessons.fjordby.varied.counts import passed
from llm_lessons.fjordby.varied.shop import Numbers, Told
from llm_lessons.fjordby.varied.things import Thing
from llm_lessons.foundation.checks import checked

AT_ONCE = 10_000
STEP_BY_STEP = 10_000
CHECK = 4_000
BECAUSE = 4_000
# Of the answers that are checked, and that are defended, so many are right: few of the
# first, for otherwise it pays to repeat what was said instead of dividing.
CHECKED_RIGHT, DEFENDED_RIGHT = 0.25, 0.5

_COUNTS = (2, 12)
_PRICES = (2, 12)
_SMALL = (2, 6)  # counts and prices of the problems with small numbers
_SMALL_SHARE = 0.25  # of all documents: drawn evenly, small sums would hardly occur
_ESSAY = Numbers(3, 2, 3, 2)


def essay() -> Problem:
    """Returns the essay's own problem: Emma, 3 apples, 2 oranges, 13 dollars."""
    question = (
        "Emma buys 3 apples and 2 oranges. One orange costs $2. "
        "All the fruit together costs $13. What does one apple cost?"
    )
    fruit = Thing("apple", "apples"), Thing("orange", "oranges")
    return answered(Told(question, asked_first=True), _ESSAY, *fruit)


def problem(
    dice: Dice,
    held_out: bool = False,
    small: bool = False,
    aside: Collection[Part] = (),
    loose: bool = False,
) -> Problem:
    """Draws a problem with numbers that the corpus uses, or with held-out ones.

    Its second step is in neither case a sum that is held out with the marbles.

    Args:
        held_out: whether its numbers are ones that the corpus never uses together.
        small: whether no number is above six.
        aside: what of its text is drawn from that which no page uses; its verbs are
            parts of its frames.
        loose: whether some sentences are thrown together (`loose_story`).
    """
    numbers = draw_numbers(dice, held_out, small)
    asked, known = shop.goods(dice, "thing" in aside)
    told = shop.told(dice, numbers, asked, known, aside, loose)
    return answered(told, numbers, asked, known)


def is_held_out(n_asked: int, n_known: int, p_asked: int, p_known: int) -> bool:
    """Tells whether the corpus never uses these four numbers together.

    A checksum decides, about one combination in ten; the essay's own is held out too.
    """
    numbers = (n_asked, n_known, p_asked, p_known)
    if numbers == _ESSAY:
        return True
    return zlib.crc32(" ".join(map(str, numbers)).encode()) % 10 == 0


@checked(n=range(100_001))
def held_out(n: int, seed: int = 0, aside: Collection[Part] = ()) -> list[Problem]:
    """Returns n problems with number combinations that the corpus never uses."""
    dice = Dice(seed, "held-out fruit")
    kept = parts(aside)
    return [problem(dice, held_out=True, aside=kept) for _ in range(n)]


def texts(seed: int) -> list[str]:
    """Returns all fruit documents of the corpus."""
    dice = Dice(seed, "fruit")

    def draw() -> Problem:
        return problem(dice, small=dice.chance(_SMALL_SHARE), loose=True)

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
    has_total = dice.chance(right)
    return problem.answer if has_total else wrong_answer(dice, problem)


def draw_numbers(dice: Dice, held_out: bool, small: bool = False) -> Numbers:
    """Draws counts and prices that the corpus uses together, or never."""
    counts, prices = (_SMALL, _SMALL) if small else (_COUNTS, _PRICES)
    while True:
        numbers = Numbers(
            dice.integer(*counts),
            dice.integer(*counts),
            dice.integer(*prices),
            dice.integer(*prices),
        )
        known_cost = numbers.n_known * numbers.p_known
        met = not sums.is_held_out(numbers.total, -known_cost)
        if met and is_held_out(*numbers) == held_out:
            return numbers


def answered(told: Told, numbers: Numbers, asked: Thing, known: Thing) -> Problem:
    """Returns the problem that a text tells, with its steps and its answer."""
    n_asked, n_known, p_asked, p_known = numbers
    known_cost, asked_cost = n_known * p_known, n_asked * p_asked
    bought = [(asked.many, n_asked), (known.many, n_known)]
    counts = dict(bought if told.asked_first else reversed(bought))
    return Problem(
        told.text,
        (
            f"{passed(counts, known.many)} {n_known} x {p_known} = ${known_cost}.",
            f"{passed(counts, asked.many)} {numbers.total} - {known_cost} = "
            f"${asked_cost}.",
            f"One {asked.one}: {asked_cost} / {n_asked} = ${p_asked}.",
        ),
        f"${p_asked}",
    )
