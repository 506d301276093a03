"""Reasons written after an answer, and a wrong step followed to its end.

Claims C14 and C15, on fruit problems: an answer that stands in the text already is
defended or mended, as the pages did from which the model learned to give reasons; steps
before the answer carry the calculation. What the class model does is measured here, and
told as it comes out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.problems import Problem
from llm_lessons.fjordby.varied import fruit
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.per_token_compute.direct_or_stepwise import (
    LONGEST_STEPS,
    answers_stepwise,
)
from llm_lessons.measuring.intervals import Share, share

CHECK, BECAUSE = "Check:", "Because:"  # the words that open the two registers
_EQUATION = re.compile(r"(\d+) ([x/-]) (\d+) = \$(\d+)")
_VERDICT = re.compile(r"So (?:it is )?\$(\d+)")


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
    """The number at which a reason arrives; None without any.

    Its last sentence says it ("So it is $3, not $5."); where there is none, the last
    equation does.
    """
    verdict = _VERDICT.search(text)
    if verdict:
        return int(verdict[1])
    found = _EQUATION.findall(text)
    return int(found[-1][-1]) if found else None


@dataclass(frozen=True)
class Explained:
    """An answer that stood in the text first, and the reason written after it.

    Attributes:
        problem: what was asked.
        prompt: the question, the answer that was said, and the word that asks for a
            reason.
        said: the answer that was said, in dollars.
        reason: what the model wrote.
    """

    problem: Problem
    prompt: str
    said: int
    reason: str

    @property
    def end(self) -> str:
        """Where the reason arrives: "right", "said" or "neither".

        A said answer that is right counts as "right".
        """
        arrived = result(self.reason)
        if arrived == _dollars(self.problem.answer):
            return "right"
        return "said" if arrived == self.said else "neither"

    @property
    def false(self) -> list[str]:
        """The equations of the reason that don't hold."""
        return false_equations(self.reason)


@dataclass(frozen=True)
class Reasons:
    """Where reasons end that are given for wrong answers.

    Attributes:
        cases: every wrong answer with its reason.
        defends: share of reasons that arrive at the wrong answer.
        mends: share that arrive at the right one, against the answer just said.
        neither: share that arrive at another number, or at none.
        bent: of the reasons that defend, the share with an equation that is false; None
            where no reason defends.
    """

    cases: tuple[Explained, ...]
    defends: Share
    mends: Share
    neither: Share
    bent: Share | None


def reasons(cases: Sequence[Explained]) -> Reasons:
    """Count where the reasons of wrong answers end.

    Raises:
        ValueError: there is no case.
    """
    ends = [case.end for case in cases]
    defended = [case for case in cases if case.end == "said"]
    return Reasons(
        tuple(cases),
        share(end == "said" for end in ends),
        share(end == "right" for end in ends),
        share(end == "neither" for end in ends),
        share(bool(case.false) for case in defended) if defended else None,
    )


def explain(
    lm: LanguageModel, problems: Sequence[Problem], said: Sequence[str], word: str
) -> list[Explained]:
    """Say an answer to each problem in the model's place, and let it go on; greedy.

    Args:
        said: the answers, as the corpus writes them: "$5".
        word: what asks for the reason, `CHECK` or `BECAUSE`, or another.
    """
    prompts = [
        f"{problem.answer_first_prompt} {answer}. {word}"
        for problem, answer in zip(problems, said, strict=True)
    ]
    texts = lm.batch(prompts, LONGEST_STEPS, temperature=0)
    return [*map(Explained, problems, prompts, map(_dollars, said), texts)]


@checked()
def forced_answer(
    lm: LanguageModel, problems: Sequence[Problem], word: str, seed: int = 0
) -> Reasons:
    """Say a wrong answer to each problem, and let the model give a reason; greedy.

    The wrong answer is another price between $2 and $12, mostly a near one.

    Args:
        word: what asks for the reason, `CHECK` or `BECAUSE`, or another.
        seed: of the wrong answers; they are the same for every word.
    """
    dice = Dice(seed, "forced answers")
    said = [fruit.wrong_answer(dice, problem) for problem in problems]
    return reasons(explain(lm, problems, said, word))


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
