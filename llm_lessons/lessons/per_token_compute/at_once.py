"""Answers at once for more and more changes, beside the computation for each token.

Claims C13 and C14. The budget of a token stays the same, however many changes the bag
has seen; how many answers are right does not.
"""

from dataclasses import dataclass
from functools import partial

from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from llm_lessons import figures
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.per_token_compute.changes import (
    MILLION,
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
        least, most = (_millions(p.operations) for p in (first, last))
        spent = f"stays at {least}" if least == most else f"goes from {least} to {most}"
        return (
            f"From {in_words(first)} to {in_words(last)}, right answers go from "
            f"{first.right.percent} to {last.right.percent}; the computation for "
            f"each token of the answer {spent} operations."
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
        rows = "; ".join(
            f"{in_words(p)}: {p.right.percent} right at "
            f"{_millions(p.operations)} operations a token"
            for p in self.points
        )
        return (
            "Two panels over the number of changes. Above, the share of right answers "
            "at once, with 95 % intervals; below, a bar for the operations of one "
            f"token. {rows}. {self.title(said)}."
            f"{figures.yours_in_words(yours)}"
        )

    def figure(self, said: float | None = None, yours: Share | None = None) -> Figure:
        """Right answers above, operations a token below.

        Args:
            said: how many percent are right after the most changes, before anybody
                knew.
            yours: fresh questions with the most changes.
        """
        x = [point.changes for point in self.points]
        spent = [point.operations / MILLION for point in self.points]
        with figures.style():
            fig, (upper, lower) = plt.subplots(
                2, sharex=True, figsize=(figures.WIDTH, 4.6), height_ratios=(3, 2)
            )
            right = [point.right for point in self.points]
            figures.draw_shares(upper, x, right, figures.WEIGHTS, "s")
            figures.set_title(fig, self.title(said))
            upper.set(ylabel="right", ylim=(-0.03, 1.06), xlim=(0.5, x[-1] + 0.5))
            if said is not None:
                found = (x[-1], self.points[-1].right.share)
                figures.draw_guess(upper, [x[-1]], [said / 100], found)
            if yours:
                figures.draw_yours(upper, x[-1], yours)
            lower.bar(x, spent, color=figures.NEUTRAL, width=0.6)
            for place, height in zip(x, spent, strict=True):
                above, look = ((place, height), (0, 3)), {"ha": "center"}
                look["va"] = "bottom"
                figures.write_beside(lower, f"{height:.1f}", *above, **look)
            lower.set(
                title="Million operations for one token of the answer",
                xlabel="number of changes",
                ylim=(0, 1.25 * max(spent)),
            )
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
AT_ONCE = Experiment("07_at_once", at_once, QUESTIONS, fresh=SAMPLE)


def _millions(operations: float) -> str:
    return f"{operations / MILLION:.2f} million"
