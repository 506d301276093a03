"""Answers at once for more and more changes.

Claims C13 and C14. The budget of a token stays the same, however many changes the bag
has seen (`alike` counts it, on questions of one length); how many answers are right
does not.
"""

from dataclasses import dataclass
from functools import partial

from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from llm_lessons import figures
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.per_token_compute.changes import (
    PRACTISED,
    QUESTIONS,
    Point,
    fresh,
    in_words,
    measure,
)
from llm_lessons.measuring.intervals import Share
from llm_lessons.measuring.kept import Experiment, Fresh


@dataclass(frozen=True)
class AtOnce:
    """Answers at once, for more and more changes."""

    points: tuple[Point, ...]

    def sentence(self) -> str:
        first, last = self.points[0], self.points[-1]
        return (
            f"From {in_words(first)} to {in_words(last)}, right answers at once go "
            f"from {first.right.percent} to {last.right.percent}."
        )

    def title(self, said: float | None = None) -> str:
        """How many are right after the most changes, beside what was said."""
        last = self.points[-1]
        found = f"With {in_words(last)}, {last.right.percent} are right at once"
        return found if said is None else f"{found}; you said {said:.0f}\u00a0%"

    def headline(self) -> Share:
        """Right after the most changes."""
        return self.points[-1].right

    def alt(self, said: float | None = None, yours: Share | None = None) -> str:
        rows = "; ".join(f"{in_words(p)}: {p.right.percent}" for p in self.points)
        return (
            "A curve over the number of changes: the share of right answers at once, "
            f"with 95 % intervals. {rows}. {self.title(said)}."
            f"{figures.yours_in_words(yours)}"
        )

    def figure(self, said: float | None = None, yours: Share | None = None) -> Figure:
        """The curve of right answers.

        Args:
            said: how many percent are right after the most changes, before anybody
                knew.
            yours: fresh questions with the most changes.
        """
        x = [point.changes for point in self.points]
        right = [point.right for point in self.points]
        with figures.style():
            fig, ax = plt.subplots(figsize=(figures.WIDTH, 3.2))
            figures.draw_shares(ax, x, right, figures.WEIGHTS, "s")
            figures.set_title(fig, self.title(said))
            ax.set(xlabel="number of changes", ylabel="right at once", xticks=x)
            ax.set(ylim=(-0.03, 1.06), xlim=(0.5, x[-1] + 0.5))
            if said is not None:
                figures.draw_guess(ax, [x[-1]], [said / 100], (x[-1], right[-1].share))
            if yours:
                figures.draw_yours(ax, x[-1], yours)
        return fig


@checked(questions=1)
def at_once(lm: LanguageModel, questions: int = QUESTIONS) -> AtOnce:
    """Answers at once for every number of changes that was practised."""
    return AtOnce(measure(lm, stepwise=False, questions=questions))


SAMPLE = Fresh(
    partial(fresh, stepwise=False),
    AtOnce.headline,
    f"right at once, with {max(PRACTISED)} changes",
)
AT_ONCE = Experiment(
    "07_at_once",
    at_once,
    QUESTIONS,
    fresh=SAMPLE,
    on_card=r"marbles, [1-6] changes?, at once",
)
