"""What an answer is worth: plain functions, a text in and a number out.

Each may ask for the problem, too. None of them sees how an answer came about, and none
says a word to the model: it only gives a number to a text that is already written.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from llm_lessons.fjordby.problems import Problem
from llm_lessons.fjordby.varied import fruit, marbles
from llm_lessons.lessons.per_token_compute.direct_or_stepwise import LONGEST_STEPS

CHANGES = (2, 3, 4, 5, 6)  # of the marble problems that are asked
EACH = 100  # problems of a kind that are learned from
LONG = 8  # changes of problems that no page ever worked out
LONG_DRAWN = 10  # such problems that are drawn for each that is asked
LOW_PRICE, HIGH_PRICE = 0.002, 0.02  # of a character, where a right answer is worth 1
# How an answer ends, in each of the forms that the corpus has.
_END = re.compile(r"(?:: |So |So it is )(\S+?)(?: is right|, not \S+)?\.$")


def number_in(text: str) -> str:
    """The number at which an answer arrives; nothing where it has no such end."""
    found = _END.search(text)
    return found[1] if found else ""


def right_number(problem: Problem, text: str) -> bool:
    """Whether the answer arrives at the right number."""
    return number_in(text) == problem.answer


def short(text: str) -> int:
    """The shorter, the better."""
    return -len(text)


def last_digit(problem: Problem, text: str) -> bool:
    """A judge in a hurry, who looks at the last digit only."""
    return number_in(text)[-1:] == problem.answer[-1]


def low_price(problem: Problem, text: str) -> float:
    """A right number is worth 1, and each character costs a little."""
    return right_number(problem, text) - LOW_PRICE * len(text)


def high_price(problem: Problem, text: str) -> float:
    """A right number is worth 1, and each character costs more."""
    return right_number(problem, text) - HIGH_PRICE * len(text)


def sounds_sure(text: str) -> bool:
    """A judge who likes to hear that the answer is right."""
    return text.endswith(" is right.")


class Choice(NamedTuple):
    """Something to reward.

    Attributes:
        name: as it stands in a figure: "the shorter, the better".
        reward: the function.
        problems: `problems(n, seed)`: so many of each kind that it is given for.
        longest: tokens of an answer, at most.
    """

    name: str
    reward: Callable[..., Any]
    problems: Callable[[int, int], list[Problem]]
    longest: int = LONGEST_STEPS


def bags(each: int = EACH, seed: int = 0) -> list[Problem]:
    """Marble problems, so many of each number of changes."""
    return [
        problem for k in CHANGES for problem in marbles.held_out(each, k, seed=seed)
    ]


def long_bags(each: int = EACH, seed: int = 0) -> list[Problem]:
    """Problems with more changes than any page has: as many as there are of `bags`.

    They are the shortest of many, so that the steps of nearly all fit into the class
    model's window: an end of the window says nothing about what it can't do.
    """
    count = each * len(CHANGES)
    drawn = marbles.held_out(LONG_DRAWN * count, LONG, seed=seed)
    return sorted(drawn, key=lambda problem: len(problem.step_by_step))[:count]


def shops(each: int = EACH, seed: int = 0) -> list[Problem]:
    """Problems of the essay's kind: as many as there are of `bags`."""
    return fruit.held_out(each * len(CHANGES), seed=seed)


RIGHT = Choice("the right number", right_number, bags)
PLEASED = Choice("it sounds sure", sounds_sure, shops)
OTHERS = (
    Choice("the shorter, the better", short, bags),
    Choice("right, at a high price a letter", high_price, bags),
    Choice("right, at a low price a letter", low_price, bags),
    Choice("the right last digit", last_digit, bags),
    PLEASED,
    Choice(f"right, with {LONG} changes", right_number, long_bags),
)


def unseen(choice: Choice, each: int) -> list[Problem]:
    """So many problems of each kind (a few less), of which none is learned from."""
    learned = choice.problems(EACH, 0)
    known = {problem.question for problem in learned} | {
        problem.steps for problem in learned
    }
    asked = choice.problems(each, 1)
    return [
        problem
        for problem in asked
        if known.isdisjoint((problem.question, problem.steps))
    ]
