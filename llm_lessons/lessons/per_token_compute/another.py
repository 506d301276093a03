"""Answers at once, side by side: more changes of the bag, and the essay's own kind.

The class model practised such questions; the others see three with their answers.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from llm_lessons.fjordby.problems import Problem
from llm_lessons.fjordby.varied import fruit, marbles
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.per_token_compute import direct_or_stepwise, few_shot
from llm_lessons.measuring.intervals import Share
from llm_lessons.measuring.side_by_side import Part, Plan, cost

CHANGES = (1, 2, 4, 6)
PROBLEMS, TOGETHER = 24, 8
FRUIT = "the essay's kind"


def _marbles(k: int) -> str:
    return f"{k} change{'s' if k > 1 else ''}"


type Draw = Callable[[int], Sequence[Problem]]
# Problems by their row: so many of a kind, the examples first.
KINDS: dict[str, Draw] = {
    **{_marbles(k): partial(marbles.held_out, k=k) for k in CHANGES},
    FRUIT: fruit.held_out,
}


def _ours(row: str, lm: LanguageModel) -> dict[str, Share]:
    asked = KINDS[row](few_shot.EXAMPLES + PROBLEMS)[few_shot.EXAMPLES :]
    return {row: direct_or_stepwise.right_at_once(lm, asked)}


def few_shot_parts(row: str, kind: str, steps: bool) -> Iterator[Part]:
    """All problems of a kind behind their examples, a few at a time."""
    drawn = KINDS[kind](few_shot.EXAMPLES + PROBLEMS)
    examples, asked = drawn[: few_shot.EXAMPLES], drawn[few_shot.EXAMPLES :]
    for start in range(0, PROBLEMS, TOGETHER):
        some = asked[start : start + TOGETHER]
        texts = few_shot.prompts(examples, some, steps)

        def count(
            lm: LanguageModel, some: Sequence[Problem] = some
        ) -> dict[str, Share]:
            return {row: few_shot.right(lm, examples, some, steps)}

        yield Part(cost(texts, few_shot.LONGEST[steps]), count)


PLAN = Plan(
    rows=tuple(KINDS),
    ours=tuple(Part(1, partial(_ours, row)) for row in KINDS),
    theirs=lambda lm: [one for row in KINDS for one in few_shot_parts(row, row, False)],
    compared=(_marbles(CHANGES[0]), _marbles(CHANGES[-1])),
    note="Counted are right answers, given at once; all are asked the same. The "
    "essay's kind is a question about the price of fruit. Fjord practised such "
    f"questions; the others see {few_shot.EXAMPLES} with their answers first.",
)
