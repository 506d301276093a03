"""So many things and k changes: how many are left?

Serves C13 (every token costs the same computation), C14 (answering at once crams the
whole calculation into one token) and C15 (writing the steps spreads it over many).

For every k as many problems are answered at once as step by step, and as many after
dots: as many tokens as the steps, with nothing written in them. One change is practised
most, and mostly close together, so that it is learned at once (spread over the whole
reading, as many pages are not enough); all longer problems are practised equally often.
Behind each kind of text the three forms stand equally often.

What tests ask was held out by its numbers. The sum of a held-out problem of one change
is met nowhere in the corpus (see `sums`). The sums of a longer held-out problem have
all been met, one by one, and their combination never. Names, nouns, verbs, sentences
and orders are kept aside besides (see `aside`).
"""

import zlib
from collections.abc import Collection, Mapping, Sequence
from functools import partial

from llm_lessons.fjordby import sums
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.problems import Problem
from llm_lessons.fjordby.varied import names
from llm_lessons.fjordby.varied.aside import Part, parts
from llm_lessons.fjordby.varied.story import Story, draft, plain_story
from llm_lessons.foundation.checks import checked

PAGES_BY_CHANGES = {1: 19_000, 2: 3_000, 3: 3_000, 4: 3_000, 5: 3_000, 6: 3_500}
"""For each number of changes, how many documents there are of each of the forms."""

FIRST_PAGES = 17_000  # of one change, which are read close together

# By the number of changes, how many documents are plain: what experiments ask is among
# what was read, and a model that reads few plain ones of one change does not learn to
# add in one jump.
PLAIN = {1: 0.6} | dict.fromkeys(range(2, 7), 0.2)
# Letters of a question and of what its steps repeat: of none, and for a change more.
_LONGEST = (166, 24)


def problem(
    dice: Dice,
    k: int,
    held_out: bool = False,
    aside: Collection[Part] = (),
    plain: bool = False,
    loose: bool = False,
) -> Problem:
    """Draws a problem with k changes.

    Every running total is between 0 and 99.

    Args:
        k: number of changes.
        held_out: whether its numbers are ones that the corpus never asks about.
        aside: what of its text is drawn from that which no page uses.
        plain: whether it is told in the fewest words, with no more to it than a name.
        loose: whether some sentences are thrown together (`loose_story`).
    """
    start, changes = draw_numbers(dice, k, held_out)
    told = plain_story if plain else partial(_short_story, aside=aside, loose=loose)
    text, passages = told(dice, start, changes)
    return Problem(text, *worked(start, changes, passages))


def worked(
    start: int, changes: Sequence[int], passages: Sequence[str]
) -> tuple[tuple[str, ...], str]:
    """Returns the steps and the answer of a problem.

    Each step first goes on through the text until something changes, in the text's own
    words: "Ned finds 5 more: 12 + 5 = 17.". To go on is to copy, which holds in any
    words; and which way it goes stands right beside the sum.
    """
    total, steps = start, list[str]()
    for change, passage in zip(changes, passages, strict=True):
        sign = "+" if change > 0 else "-"
        steps.append(f"{passage}: {total} {sign} {abs(change)} = {total + change}.")
        total += change
    return tuple(steps), str(total)


def is_held_out(start: int, changes: Sequence[int]) -> bool:
    """Tells whether the corpus never asks about these numbers, in any words.

    With one change, the sum itself is met nowhere. With more, a checksum of the numbers
    decides, about one combination in ten.
    """
    if len(changes) == 1:
        return sums.is_held_out(start, changes[0])
    numbers = " ".join([str(start), *(f"{change:+}" for change in changes)])
    return zlib.crc32(numbers.encode()) % 10 == 0


@checked(n=range(100_001), k=range(1_000))
def held_out(
    n: int, k: int, seed: int = 0, aside: Collection[Part] = ()
) -> list[Problem]:
    """Returns n problems with k changes whose numbers the corpus never asks about.

    They are told in the fewest words, as far as it is about the numbers alone.

    Args:
        n: how many.
        k: number of changes.
        seed: another one gives others.
        aside: they are told in all ways instead, and with what no page uses for these
            parts.
    """
    dice = Dice(seed, f"held-out marbles with {k}")
    kept = parts(aside)
    return [problem(dice, k, True, kept, plain=not aside) for _ in range(n)]


def read_aloud(n: int, k: int, seed: int = 0) -> list[Problem]:
    """Returns such problems about people with common names, for somebody to say."""
    drawn = held_out(2 * n + 10, k, seed)
    return [
        problem for problem in drawn if names.is_listed(problem.question.split()[0])
    ][:n]


def first_texts(seed: int) -> list[str]:
    """Returns the documents of one change that are read close together."""
    return _written(Dice(seed, "first marbles"), {1: FIRST_PAGES})


def texts(seed: int) -> list[str]:
    """Returns all other marble documents of the corpus."""
    others = PAGES_BY_CHANGES | {1: PAGES_BY_CHANGES[1] - FIRST_PAGES}
    return _written(Dice(seed, "marbles"), others)


def _written(dice: Dice, pages_by_changes: Mapping[int, int]) -> list[str]:
    def draw(k: int) -> Problem:
        return problem(dice, k, plain=dice.chance(PLAIN[k]), loose=True)

    documents: list[str] = []
    for k, pages in pages_by_changes.items():
        for _ in range(pages):
            documents.append(draw(k).at_once)
            documents.append(draw(k).step_by_step)
            documents.append(draw(k).after_dots)
    return documents


def _short_story(
    dice: Dice,
    start: int,
    changes: Sequence[int],
    aside: Collection[Part],
    loose: bool,
) -> Story:
    """A story that leaves room for the steps, in a row of the training."""
    least, more = _LONGEST
    longest = least + more * len(changes)
    while True:
        drawn = draft(dice, start, changes, aside, loose)
        if drawn.letters() <= longest and _letters(told := drawn.story()) <= longest:
            return told
        longest += 4  # for some words nothing shorter may be found


def _letters(told: Story) -> int:
    return len(told.text) + len(" ".join(told.passages))


def draw_numbers(dice: Dice, k: int, held_out: bool) -> tuple[int, list[int]]:
    """Draws the first total and k changes that the corpus asks about, or never."""
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
