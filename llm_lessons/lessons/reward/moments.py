"""The answers of a moment: a sign for each, and three of them in full.

Thirty steps of 64 answers are many: what a picture needs of an answer is its form and
whether it is right. So each is one letter: "a" at once, "d" after dots, "s" step by
step, "o" otherwise; a capital where the number is right, whatever was rewarded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from llm_lessons.fjordby.problems import Problem
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.reward.rewards import right_number
from llm_lessons.measuring.intervals import Share, share
from llm_lessons.training.answers import Answer, Step

SIGNS = {"at once": "a", "after dots": "d", "step by step": "s", "otherwise": "o"}


class Example(NamedTuple):
    """An answer in full.

    Attributes:
        question, text: what was asked, and what came.
        reward: that it got.
        right: whether it arrives at the right number.
    """

    question: str
    text: str
    reward: float
    right: bool


class Moment(NamedTuple):
    """Answers between two steps of learning.

    Attributes:
        steps: that were taken before.
        marks: a letter for each answer.
        reward: their mean.
        examples: three of them.
    """

    steps: int
    marks: str
    reward: float
    examples: tuple[Example, ...]


def mark(answer: Answer) -> str:
    """The letter of an answer."""
    sign = SIGNS[answer.form]
    return sign.upper() if is_right(answer) else sign


def is_right(answer: Answer) -> bool:
    """Whether it arrives at the right number; a plain text has none."""
    problem = answer.problem
    return isinstance(problem, Problem) and right_number(problem, answer.text)


def moment(step: Step) -> Moment:
    """What there is to see of a step: the answers that it learned from."""
    examples = tuple(map(example, step.examples))
    return Moment(step.number - 1, marked(step.answers), step.reward, examples)


def example(answer: Answer) -> Example:
    """An answer in full."""
    problem = answer.problem
    question = problem.question if isinstance(problem, Problem) else problem
    return Example(question, answer.text, answer.reward, is_right(answer))


def asked(lm: LanguageModel, problems: Sequence[Problem], longest: int) -> list[Answer]:
    """One answer to each problem, drawn at temperature 1; nothing says in which form.

    Args:
        longest: tokens of an answer, at most.
    """
    prompts = [f"{problem.question}\n" for problem in problems]
    texts = lm.batch(prompts, longest, temperature=1)
    return [Answer(*pair, 0.0) for pair in zip(problems, texts, strict=True)]


def marked(answers: Sequence[Answer]) -> str:
    """The letters of answers."""
    return "".join(map(mark, answers))


@dataclass(frozen=True)
class Marked:
    """Answers, a letter each."""

    marks: str

    @property
    def right(self) -> Share:
        """Share of right answers."""
        return share(mark.isupper() for mark in self.marks)

    @property
    def stepwise(self) -> Share:
        """Share of answers that are written step by step."""
        return share(mark in "sS" for mark in self.marks)


def within_steps(found: Sequence[Marked]) -> Share:
    """Share of right answers among those that are written step by step."""
    return share(mark == "S" for all_ in found for mark in all_.marks if mark in "sS")


def over_runs(found: Sequence[Share], problems: int) -> Share:
    """The mean over runs that asked the same problems: these are the cases."""
    mean = sum(part.share for part in found) / len(found)
    return share([mean] * problems)
