"""Worked examples in the prompt: does a small real model gain by steps?

Claims C14 and C15, on a model that nobody here has trained. As in the published tests
of large models, the prompt holds worked examples, with steps or without; then a problem
of the same kind follows. Raw text, greedy.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from matplotlib.figure import Figure

from llm_lessons.checks import checked
from llm_lessons.fjordby.dice import Dice
from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring import tally
from llm_lessons.measuring.intervals import Share, apart, share
from llm_lessons.measuring.kept import REAL, Experiment

EXAMPLES = 3  # in the prompt
PROBLEMS = 16
AT_ONCE, STEPS = 8, 36  # tokens that an answer may take
OUTCOMES = (
    tally.Outcome("right", *tally.RIGHT),
    tally.Outcome("wrong or none", *tally.WRONG),
)
RIGHT, WRONG = range(2)


class Apples(NamedTuple):
    """So many apples, so many bought, so many eaten.

    Attributes:
        have, bought, eaten: numbers of apples; what is left is above 0.
    """

    have: int
    bought: int
    eaten: int

    @property
    def left(self) -> int:
        """The answer."""
        return self.have + self.bought - self.eaten

    @property
    def question(self) -> str:
        """The problem, up to where the answer begins."""
        return (
            f"Question: Ida has {self.have} apples. She buys {self.bought} more. Then "
            f"she eats {self.eaten}. How many are left?\nAnswer:"
        )

    def answer(self, steps: bool) -> str:
        """How an example is answered, with both steps or without."""
        bought = self.have + self.bought
        worked = f" {self.have} + {self.bought} = {bought}. "
        worked += f"{bought} - {self.eaten} = {self.left}."
        return f"{worked if steps else ''} The answer is {self.left}."


@dataclass(frozen=True)
class Worked:
    """What came of the same problems, in both ways.

    Attributes:
        problems: those that were asked.
        at_once, stepwise: the model's answers.
    """

    problems: tuple[Apples, ...]
    at_once: tuple[str, ...]
    stepwise: tuple[str, ...]

    @property
    def rows(self) -> dict[str, list[int]]:
        """For both ways, what the answers came to: places in `OUTCOMES`."""
        answers = {"at once": self.at_once, "step by step": self.stepwise}
        return {
            way: [
                RIGHT if said(text) == problem.left else WRONG
                for problem, text in zip(self.problems, texts, strict=True)
            ]
            for way, texts in answers.items()
        }

    def right(self, way: str) -> Share:
        """Share of right answers "at once" or "step by step"."""
        return share(case == RIGHT for case in self.rows[way])

    def sentence(self) -> str:
        """Both ways, in numbers."""
        parts = " and ".join(
            f"{tally.counted(cases, RIGHT)} right {way} (95\u00a0% interval "
            f"{round(100 * self.right(way).low)} to "
            f"{round(100 * self.right(way).high)}\u00a0%)"
            for way, cases in self.rows.items()
        )
        told = f"With {EXAMPLES} worked examples in front of each problem, {parts}."
        return told if self.clear else f"{told} That may be chance."

    @property
    def clear(self) -> bool:
        """Whether the two ways differ by more than luck."""
        return apart(*map(self.right, self.rows))

    def title(self) -> str:
        """How many answers are right with the steps and without."""
        at_once, steps = (cases.count(RIGHT) for cases in self.rows.values())
        n = len(self.problems)
        if at_once == steps:
            return f"With steps and without, {steps} of {n} are right"
        found = f"With steps {steps} of {n} are right, without {at_once}"
        return found if self.clear else f"{found} (may be chance)"

    def alt(self) -> str:
        """The figure in words."""
        return tally.alt(self.title(), self.rows, OUTCOMES)

    def figure(self) -> Figure:
        """Right and wrong answers, a mark a problem."""
        return tally.figure(self.title(), self.rows, OUTCOMES)


def said(text: str) -> int | None:
    """The number behind the first "The answer is" of an answer; None without any."""
    found = re.search(r"The answer is (\d+)", text.split("\n")[0])
    return int(found[1]) if found else None


@checked(problems=1)
def measure(lm: LanguageModel, problems: int = PROBLEMS, seed: int = 0) -> Worked:
    """Ask problems with worked examples in front, in both ways; under a minute."""
    return ask(lm, *drawn(problems, seed))


WORKED = Experiment(
    name="08_worked", kind=Worked, measure=measure, cases=PROBLEMS, models=REAL
)


def drawn(problems: int, seed: int = 0) -> tuple[list[Apples], list[Apples]]:
    """The examples, and so many problems."""
    dice = Dice(seed, "worked examples")
    found = [_draw(dice) for _ in range(EXAMPLES + problems)]
    return found[:EXAMPLES], found[EXAMPLES:]


def ask(lm: LanguageModel, examples: list[Apples], asked: list[Apples]) -> Worked:
    """Ask these problems behind these examples, in both ways."""
    answers = [
        lm.batch(_prompts(examples, asked, steps), length, temperature=0)
        for steps, length in ((False, AT_ONCE), (True, STEPS))
    ]
    return Worked(tuple(asked), *map(tuple, answers))


def _draw(dice: Dice) -> Apples:
    have, bought = dice.pick(range(3, 21)), dice.pick(range(2, 10))
    return Apples(have, bought, dice.pick(range(1, min(10, have + bought))))


def _prompts(
    examples: Sequence[Apples], asked: Sequence[Apples], steps: bool
) -> list[str]:
    shown = "".join(f"{one.question}{one.answer(steps)}\n\n" for one in examples)
    return [f"{shown}{problem.question}" for problem in asked]
