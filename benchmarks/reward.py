"""Thirty steps of learning from rewards: seconds a step, and what the class model does.

Eight marble problems a step, eight answers each, 1 for the right number. The seconds
leave out a step that compiles: a run before them, with another seed, has done so.
"""

from collections.abc import Sequence

import numpy as np

from benchmarks.common import arguments, machine, publish, table
from llm_lessons.lessons.reward.rewards import RIGHT
from llm_lessons.loading import load
from llm_lessons.training.answers import FORMS, Step
from llm_lessons.training.reward import RewardTrainer

STEPS = 30
LOOKS = (1, 5, 10, 20, 30)  # steps whose answers, by the weights before, are counted
ASKED = 2.0  # seconds a step, at most, what the project asks of itself


def row(step: Step) -> list[str]:
    """A step in numbers: what was right, and the forms."""
    shares = [step.reward, *(step.forms[name] for name in FORMS.values())]
    return [str(step.number), *(f"{100 * share:.0f} %" for share in shares)]


def runs(rounds: int) -> tuple[Sequence[Step], Sequence[float]]:
    """The steps of the first seed, and the seconds of all steps of the others."""
    lm = load("fjord")
    problems = RIGHT.problems(100, 0)
    first, seconds = [], []
    for seed in range(rounds + 1):
        steps = [*RewardTrainer(lm, problems, RIGHT.reward, seed=seed).run(STEPS)]
        first = first or steps
        seconds += [step.seconds for step in steps] if seed else []
    return first, seconds


def main() -> None:
    """Measure, and print the table."""
    asked = arguments(__doc__, rounds=3).parse_args()
    steps, seconds = runs(asked.rounds)
    head = ["step", "right", *FORMS.values()]
    told = table(head, [row(steps[look - 1]) for look in LOOKS])
    low, middle, high = np.quantile(seconds, [0, 0.5, 1])
    spent = (
        f"{middle:.2f} s a step ({low:.2f} to {high:.2f}), where {ASKED:.0f} s were "
        f"asked for; {sum(seconds) / asked.rounds:.0f} s a run of {STEPS} steps."
    )
    publish("reward", f"{machine()}\n\n{told}\n\n{spent}", asked.record)


if __name__ == "__main__":
    main()
