"""How far off an answer at once is: the size of its error, by the number of changes.

Claims C13 and C14. A wrong answer can be anything, or it can be near. Each answer is
held against the right one and, for comparison, against the right ones of all other
questions with as many changes: an answer that had nothing to do with its question would
be as near to those.
"""

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from llm_lessons import figures
from llm_lessons.fjordby.varied import marbles
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.per_token_compute.direct_or_stepwise import answers_at_once
from llm_lessons.measuring.intervals import Median, Share, median, share
from llm_lessons.measuring.kept import Experiment

CHANGES = tuple(marbles.PAGES_BY_CHANGES)
QUESTIONS = 60  # for every number of changes
NEAR = 5  # marbles
WORST = 99  # marbles: there are from 0 to 99 in a bag


@dataclass(frozen=True)
class Errors:
    """How far the answers to questions with one number of changes are off.

    Attributes:
        changes: how often the bag changes.
        sizes: of each answer, how many marbles lie between it and the right one; as
            many as there can be, where it is no number.
        swapped: the median of the same between each answer and the right answers of all
            other questions.
    """

    changes: int
    sizes: tuple[int, ...]
    swapped: float

    @property
    def median(self) -> Median:
        """Half of the answers are off by less, half by more."""
        return median(self.sizes)

    def within(self, marbles: int) -> Share:
        """Share of answers that are off by so many marbles at most."""
        return share(size <= marbles for size in self.sizes)


def errors(changes: int, answers: Sequence[str], right: Sequence[str]) -> Errors:
    """Hold answers against the right ones: their own, and those of the others."""
    found = [
        int(answer) if re.fullmatch(r"[0-9]{1,9}", answer) else None
        for answer in answers
    ]
    truth = [int(answer) for answer in right]

    def off(answer: int | None, other: int) -> int:
        return WORST if answer is None else min(WORST, abs(answer - other))

    swapped = [
        off(answer, other)
        for i, answer in enumerate(found)
        for j, other in enumerate(truth)
        if i != j
    ]
    sizes = tuple(map(off, found, truth))
    return Errors(changes, sizes, statistics.median(swapped))


@dataclass(frozen=True)
class Estimates:
    """The errors of answers at once, for more and more changes."""

    points: tuple[Errors, ...]

    @property
    def near(self) -> bool:
        """Whether answers to many changes are nearer than to other questions."""
        return self.points[-1].median.high < self.points[-1].swapped

    def sentence(self) -> str:
        parts = [
            f"after {_changes(p)}, half of the answers at once are off by "
            f"{_marbles(p.median.median)} or less, and {p.within(NEAR).percent} by "
            f"{_marbles(NEAR)} or less"
            for p in (self.points[1], self.points[-1])
        ]
        text = "; ".join(parts)
        return f"{text[0].upper()}{text[1:]}."

    def conclusion(self) -> str:
        """Whether such an answer estimates, against what a blind guess would do."""
        last = self.points[-1]
        blind = _marbles(last.swapped)
        if self.near:
            return (
                f"Held against the right answers of other questions with "
                f"{_changes(last)}, they are off by {blind}. So Fjord doesn't guess "
                "blindly, it **estimates**: the size is about right, the number is not."
            )
        return (
            f"Held against the right answers of other questions with {_changes(last)}, "
            f"they are off by {blind}: no more than from their own. So Fjord guesses."
        )

    def title(self) -> str:
        """How far off answers to the most changes are, beside a blind guess."""
        last = self.points[-1]
        return (
            f"After {_changes(last)}, {_marbles(last.median.median)} off; "
            f"a blind guess, {last.swapped:g}"
        )

    def alt(self) -> str:
        rows = "; ".join(
            f"{_changes(p)}: {p.median.median:g} from the right answer, {p.swapped:g} "
            "from those of other questions"
            for p in self.points
        )
        return (
            f"{self.title()}. "
            "Two curves over the number of changes: how many marbles answers at once "
            "are off from the right answer, the median with its 95 % interval, and how "
            f"many from the right answers of other questions. {rows}."
        )

    def figure(self) -> Figure:
        """The median error, and the one that a blind guess would have."""
        x = [point.changes for point in self.points]
        medians = [point.median for point in self.points]
        y = [median.median for median in medians]
        reach = figures.whiskers(medians)
        swapped = [point.swapped for point in self.points]
        with figures.style():
            fig, ax = plt.subplots(figsize=(figures.WIDTH, 3.2))
            ax.errorbar(x, y, reach, color=figures.WEIGHTS, marker="s", capsize=3)
            figures.tell_intervals(ax)
            ax.plot(x, swapped, color=figures.NEUTRAL, marker="o", linestyle="--")
            highs = [median.high for median in medians]
            for name, heights, color in (
                ("from the right answer", highs, figures.WEIGHTS),
                ("from those of other questions", swapped, figures.NEUTRAL),
            ):
                above = (x[-1], max(heights[-3:])), (0, 6)
                look = {"ha": "right", "color": color, "weight": "bold"}
                figures.write_beside(ax, name, *above, **look)
            ax.set(xlabel="number of changes", ylabel="marbles off (median)", xticks=x)
            ax.set(ylim=(-0.5, 1.2 * max(*swapped, *highs)))
            figures.set_title(fig, self.title())
        return fig


@checked(questions=2)
def measure(lm: LanguageModel, questions: int = QUESTIONS) -> Estimates:
    """Ask held-out questions for every number of changes at once; takes seconds."""
    points = []
    for k in CHANGES:
        problems = marbles.held_out(questions, k)
        right = [problem.answer for problem in problems]
        points.append(errors(k, answers_at_once(lm, problems), right))
    return Estimates(tuple(points))


HOW_FAR_OFF = Experiment("07_how_far_off", measure, QUESTIONS)


def _changes(point: Errors) -> str:
    return f"{point.changes} change{'s' * (point.changes > 1)}"


def _marbles(count: float) -> str:
    return f"{count:g} marble{'s' * (count != 1)}"
