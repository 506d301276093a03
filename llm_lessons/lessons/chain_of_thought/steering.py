"""What stands in the text steers what comes: a wrong step against a wrong answer.

Claims C14 and C15, on fruit problems: a step that is altered before the answer, and a
wrong answer that is said before its reason, once to be checked and once to be defended.
Each is one wrong number in the text; whether the end goes with it is counted, and told
as it comes out.
"""

from dataclasses import dataclass, replace

from llm_lessons.fjordby.varied import fruit
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.chain_of_thought.justification import (
    BECAUSE,
    CHECK,
    AlteredEnd,
    Reasons,
    altered_end,
    forced_answer,
)
from llm_lessons.measuring.intervals import Share, share
from llm_lessons.measuring.kept import Experiment

PROBLEMS = 200
NEAR = 2  # dollars between the answer that was said and the right one


@dataclass(frozen=True)
class Steering:
    """Where texts end that have a wrong number in them.

    Attributes:
        altered: the first of the steps is wrong; the answer comes after.
        check: the answer stood first and is wrong; behind it stood "Check:".
        because: the same answers, with "Because:" behind them.
        near: how often one is defended that is `NEAR` dollars off or less.
        far: how often one that is further off; None where none is.
    """

    altered: AlteredEnd
    check: Reasons
    because: Reasons
    near: Share | None
    far: Share | None

    def sentence(self) -> str:
        return (
            f"When one written step is wrong, {self.altered.follows.percent} of the "
            f"answers go with it. When a wrong answer is said first, "
            f"{self.because.defends.percent} of the texts behind “{BECAUSE}” end at "
            f"it, and {self.check.mends.percent} of those behind “{CHECK}” end at the "
            f"right number. {self._how_far()}"
        ).rstrip()

    def _how_far(self) -> str:
        if self.near is None or self.far is None:
            return ""
        return (
            f"“{BECAUSE}” defends {self.near.percent} of the answers that are at most "
            f"${NEAR} off, and {self.far.percent} of those that are further off."
        )

    def conclusion(self) -> str:
        """Whether the word behind the answer decides where the text ends."""
        apart = self.because.defends.low > self.check.defends.high
        if apart and self.because.defends.low > 0.5 > self.check.defends.high:
            return (
                "The question is the same, and so is the wrong answer. One word behind "
                "it decides whether Fjord defends it or mends it."
            )
        if apart:
            return (
                "The question is the same, and so is the wrong answer. One word behind "
                "it makes Fjord defend it more often or less."
            )
        return "The word behind the wrong answer makes no difference that shows here."


@checked(problems=1)
def measure(lm: LanguageModel, problems: int = PROBLEMS) -> Steering:
    """Alter a step, and force an answer, in held-out problems; takes seconds."""
    asked = fruit.held_out(problems)
    because = forced_answer(lm, asked, BECAUSE)
    return Steering(
        altered_end(lm, asked),
        forced_answer(lm, asked, CHECK),
        because,
        *(defended(because, near) for near in (True, False)),
    )


def defended(because: Reasons, near: bool) -> Share | None:
    """How often an answer is defended that is near the right one, or far from it."""
    ends = [
        case.end == "said"
        for case in because.cases
        if (abs(case.said - int(case.problem.answer.strip("$"))) <= NEAR) == near
    ]
    return share(ends) if ends else None


@checked(cases=1)
def shown(lm: LanguageModel, cases: int) -> Steering:
    """The same, with the one case of each kind that the lesson shows."""
    found = measure(lm, cases)
    check, because = (
        replace(reasons, cases=reasons.cases[:1])
        for reasons in (found.check, found.because)
    )
    return replace(found, check=check, because=because)


STEERED = Experiment(
    "08_steered",
    shown,
    PROBLEMS,
    on_card=r"(a wrong answer is said|one written step altered: the answer).*",
)
