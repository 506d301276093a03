"""Reasons written after an answer, and a wrong step followed to its end.

Claims C14 and C15, on fruit problems: what is written after an answer only justifies
what is already in the text; steps before the answer carry the calculation. Whether the
class model does so is measured here, and told as it comes out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from llm_lessons.checks import checked
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.problems import Problem
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.per_token_compute.direct_or_stepwise import (
    LONGEST_STEPS,
    answers_stepwise,
)
from llm_lessons.measuring.intervals import Share, share

FURTHEST = 3  # dollars between a forced answer and the right one, at most
_REGISTER = re.compile("Check:|Because:")
_EQUATION = re.compile(r"(\d+) ([x/-]) (\d+) = \$(\d+)")


def false_equations(text: str) -> list[str]:
    """The equations of a text that don't hold: "2 x 2 = $5", "9 / 3 = $2"."""

    def holds(a: int, sign: str, b: int, c: int) -> bool:
        return {"x": a * b == c, "-": a - b == c, "/": a == b * c}[sign]

    return [
        found[0]
        for found in _EQUATION.finditer(text)
        if not holds(int(found[1]), found[2], int(found[3]), int(found[4]))
    ]


def result(text: str) -> int | None:
    """The number at which the last equation of a text arrives; None without any."""
    found = _EQUATION.findall(text)
    return int(found[-1][-1]) if found else None


@dataclass(frozen=True)
class Explained:
    """An answer that stood in the text first, and the reason written after it.

    Attributes:
        problem: what was asked.
        answer: the answer that the reason follows, in dollars; -1 if it was no number.
        reason: what the model wrote after "Check:" or "Because:".
    """

    problem: Problem
    answer: int
    reason: str

    @property
    def end(self) -> str:
        """Where the reason's last step arrives: "answer", "right" or "neither".

        An answer that is right counts as "right".
        """
        arrived = result(self.reason)
        if arrived == _dollars(self.problem.answer):
            return "right"
        return "answer" if arrived == self.answer else "neither"

    @property
    def false(self) -> list[str]:
        """The equations of the reason that don't hold."""
        return false_equations(self.reason)


@dataclass(frozen=True)
class Reasons:
    """Where reasons end that are given for wrong answers.

    Attributes:
        cases: every wrong answer with its reason.
        justifies: share of reasons that arrive at the wrong answer.
        corrects: share that arrive at the right one, against the answer just given.
        neither: share that arrive at another number, or at none.
        bent: of the reasons that justify, the share with an equation that is false;
            None where no reason justifies.
    """

    cases: tuple[Explained, ...]
    justifies: Share
    corrects: Share
    neither: Share
    bent: Share | None


def reasons(cases: Sequence[Explained]) -> Reasons:
    """Count where the reasons of wrong answers end.

    Raises:
        ValueError: there is no case.
    """
    ends = [case.end for case in cases]
    justified = [case for case in cases if case.end == "answer"]
    return Reasons(
        tuple(cases),
        share(end == "answer" for end in ends),
        share(end == "right" for end in ends),
        share(end == "neither" for end in ends),
        share(bool(case.false) for case in justified) if justified else None,
    )


@dataclass(frozen=True)
class AnswerFirst:
    """What the model does when it must answer first and give a reason afterwards.

    Attributes:
        right: share of answers that are right.
        wrong: where the reasons for its own wrong answers end; None without any.
    """

    right: Share
    wrong: Reasons | None


@checked()
def answer_first(lm: LanguageModel, problems: Sequence[Problem]) -> AnswerFirst:
    """Let the model write an answer and its reason; greedy."""
    prompts = [problem.answer_first_prompt for problem in problems]
    texts = lm.batch(prompts, LONGEST_STEPS, temperature=0)
    answers = [text.strip().split(".")[0] for text in texts]
    right = [a == p.answer for a, p in zip(answers, problems, strict=True)]
    wrong = [
        Explained(problem, _dollars(answer), _REGISTER.split(text)[-1])
        for problem, answer, text, well in zip(
            problems, answers, texts, right, strict=True
        )
        if not well
    ]
    return AnswerFirst(share(right), reasons(wrong) if wrong else None)


@checked()
def forced_answer(
    lm: LanguageModel, problems: Sequence[Problem], seed: int = 0
) -> Reasons:
    """Write a wrong answer in the model's place, and let it explain; greedy.

    The wrong answer is one to three dollars off, and above zero.
    """
    dice = Dice(seed, "forced answers")
    answers = []
    for problem in problems:
        right = _dollars(problem.answer)
        off = range(-FURTHEST, FURTHEST + 1)
        answers.append(dice.pick([right + d for d in off if d and right + d > 0]))
    prompts = [
        problem.because_prompt(f"${answer}")
        for problem, answer in zip(problems, answers, strict=True)
    ]
    texts = lm.batch(prompts, LONGEST_STEPS, temperature=0)
    return reasons([*map(Explained, problems, answers, texts)])


@dataclass(frozen=True)
class AlteredEnd:
    """Where the answer goes when the first written step is wrong.

    Attributes:
        follows: share of final answers that are right for the altered step.
        ignores: share that are right for the problem, as if the step were not there.
        neither: share of other answers, or of none.
    """

    follows: Share
    ignores: Share
    neither: Share


@checked()
def altered_end(lm: LanguageModel, problems: Sequence[Problem]) -> AlteredEnd:
    """Alter the first step's result, and see what answer the steps after it come to.

    The result is altered by as many dollars as pieces of fruit are asked for, so that
    the division at the end comes out whole: right sums from there on give an answer
    that is one dollar off: one less, or one more where the answer is 2 (as long as
    the altered result stays above zero).
    """
    begun, altered = [], []
    for problem in problems:
        first, _, last = problem.steps
        price = _dollars(problem.answer)
        cost, pieces = int(_equation(first)[3]), int(_equation(last)[2])
        up = 1 if price > 2 or cost <= pieces else -1
        begun.append(" " + first.replace(f"= ${cost}.", f"= ${cost + up * pieces}."))
        altered.append(f"${price - up}")
    answers = [answer for _, answer in answers_stepwise(lm, problems, begun)]
    follows = [a == new for a, new in zip(answers, altered, strict=True)]
    ignores = [a == p.answer for a, p in zip(answers, problems, strict=True)]
    neither = (not (f or i) for f, i in zip(follows, ignores, strict=True))
    return AlteredEnd(share(follows), share(ignores), share(neither))


def _equation(step: str) -> tuple[str, ...]:
    """The parts of a step's equation: "9 / 3 = $3" has "9", "/", "3" and "3"."""
    return _EQUATION.findall(step)[0]


def _dollars(answer: str) -> int:
    """The number of an answer like "$3"; -1 if there is none."""
    found = re.fullmatch(r"\$(\d+)", answer)
    return int(found[1]) if found else -1
