"""What a reward could work with: problems that a real model solves now and then.

Rewards make likelier what already comes sometimes. So before anybody trains, one can
count on how many problems at least one of some answers is right: only these differ.
"""

import re
from dataclasses import dataclass

from matplotlib.figure import Figure

from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.chain_of_thought import worked
from llm_lessons.lessons.per_token_compute.few_shot import number
from llm_lessons.measuring import tally
from llm_lessons.measuring.intervals import share
from llm_lessons.measuring.kept import REAL, Experiment

PROBLEMS, GROUP = 16, 8  # problems, and answers to each
LONGEST = 64  # tokens of an answer
OUTCOMES = (
    tally.Outcome("always right", *tally.RIGHT),
    tally.Outcome("never right", *tally.WRONG),
    tally.Outcome("now and then", *tally.NEITHER),
)
ALWAYS, NEVER, SOMETIMES = range(3)


@dataclass(frozen=True)
class Sometimes:
    """Of each problem, how many of GROUP answers are right.

    Attributes:
        right: of the answers to each.
    """

    right: tuple[int, ...]

    @property
    def outcomes(self) -> list[int]:
        """For each problem a place in `OUTCOMES`."""
        ends = {0: NEVER, GROUP: ALWAYS}
        return [ends.get(count, SOMETIMES) for count in self.right]

    def sentence(self) -> str:
        asked = len(self.right) * GROUP
        found = share(count / GROUP for count in self.right)
        return (
            f"Of {asked} answers, {sum(self.right)} are right ({found.percent}). On "
            f"{tally.counted(self.outcomes, SOMETIMES)} problems, some of {GROUP} "
            f"answers are right and others wrong; on "
            f"{tally.counted(self.outcomes, NEVER)}, none is right."
        )

    def title(self) -> str:
        """On how many problems a reward would have something to compare."""
        counts = tally.counted(self.outcomes, SOMETIMES)
        return f"On {counts} problems there is something to compare"

    def alt(self) -> str:
        return tally.alt(self.title(), {"problems": self.outcomes}, OUTCOMES)

    def figure(self) -> Figure:
        """A mark for each problem."""
        return tally.figure(self.title(), {"problems": self.outcomes}, OUTCOMES)


def last_number(text: str) -> int | None:
    """The number with which an answer ends; None without any."""
    found = re.findall(r"\d+", text)
    return int(found[-1]) if found else None


@checked(problems=1)
def measure(lm: LanguageModel, problems: int = PROBLEMS) -> Sometimes:
    """Ask each problem in chats of its own, at temperature 1; takes a minute or two."""
    _, asked = worked.drawn(problems)
    said = [f"Question: {problem.question}" for problem in asked for _ in range(GROUP)]
    chats = [[{"role": "user", "content": text}] for text in said]
    texts = lm.chats(chats, LONGEST, temperature=1)
    right = [
        sum(last_number(text) == number(problem) for text in texts[i * GROUP :][:GROUP])
        for i, problem in enumerate(asked)
    ]
    return Sometimes(tuple(right))


SOMETIMES_RIGHT = Experiment("11_sometimes", measure, PROBLEMS, REAL)
