"""Pairs of questions of one length: one is easy, one is hard, and each costs the same.

Claims C13 and C14. Questions with more changes are longer, too, and a longer text costs
more. So both of a pair are told in the same words, and their numbers have as many
digits: in the easy one every change is by 0. What a token of the answer costs can then
differ by nothing but how hard the question is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from llm_lessons.fjordby.problems import Problem
from llm_lessons.fjordby.varied import marbles
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.per_token_compute.budget import operations_by_shape
from llm_lessons.lessons.per_token_compute.direct_or_stepwise import right_at_once
from llm_lessons.measuring.intervals import Share, better

CHANGES = 2
PAIRS = 60
_DRAWN = 10  # for each pair: most problems have a change of two digits
_NUMBER = re.compile(r"\d+")


class Pair(NamedTuple):
    """Two problems in the same words."""

    easy: Problem
    hard: Problem


@checked(n=range(1_000))
def pairs(n: int = PAIRS) -> list[Pair]:
    """Held-out problems about people with common names, each beside its easy one."""
    problems = marbles.read_aloud(_DRAWN * n, CHANGES)
    return [Pair(_easy(one), one) for one in problems if _is_short(one)][:n]


def _numbers(problem: Problem) -> list[str]:
    """How many there are at first, and by how much each change goes."""
    return _NUMBER.findall(problem.question)


def _is_short(problem: Problem) -> bool:
    """Whether each change has one digit, as 0 has."""
    return all(len(number) == 1 for number in _numbers(problem)[1:])


def _easy(problem: Problem) -> Problem:
    """The same words, with nothing to calculate."""
    start, *changes = _numbers(problem)
    numbers = iter([start, *("0" for _ in changes)])
    question = _NUMBER.sub(lambda _: next(numbers), problem.question)
    return Problem(question, (), start)


@dataclass(frozen=True)
class Alike:
    """What the pairs cost, and how often their answers at once are right.

    Attributes:
        same: of how many pairs the next token costs the same, to the last operation.
        operations: for a token of the answer to the first easy one.
        easy, hard: right at once.
    """

    same: int
    operations: int
    easy: Share
    hard: Share

    def sentence(self) -> str:
        return (
            f"In {self.same} of {self.easy.n} such pairs, the next token costs the "
            f"same, to the last operation: about {self.operations / 1e6:.1f} million. "
            f"Of the answers at once, {self.easy.percent} are right where every change "
            f"is by 0, and {self.hard.percent} where something is to be calculated."
        )

    def conclusion(self) -> str:
        """Whether it is right more often where the question is easy."""
        if better(self.easy, self.hard):
            return "So the easy ones are easier for Fjord, too, at the same price."
        return "So few questions don't show that the easy ones are easier for Fjord."


@checked()
def compare(lm: LanguageModel, asked: Sequence[Pair] = ()) -> Alike:
    """Count the next token of each pair by shape, and ask both; takes seconds."""
    asked = asked or pairs()
    costs = [[_cost(lm, problem) for problem in pair] for pair in asked]
    return Alike(
        sum(easy == hard for easy, hard in costs),
        costs[0][0],
        right_at_once(lm, [pair.easy for pair in asked]),
        right_at_once(lm, [pair.hard for pair in asked]),
    )


def _cost(lm: LanguageModel, problem: Problem) -> int:
    tokens = len(lm.encode(problem.at_once_prompt))
    return operations_by_shape(lm.config, tokens).total
