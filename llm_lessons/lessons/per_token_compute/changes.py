"""Marbles with more and more changes: right answers beside the computation spent.

Claims C13 to C15. Answered at once, every token of the answer costs the same, however
many changes the bag has seen; with the steps written out, more changes bring more
tokens, and so more computation. What is right at which number of changes is measured.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Self

from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from llm_lessons import figures
from llm_lessons.fjordby.varied import marbles
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.per_token_compute import written
from llm_lessons.lessons.per_token_compute.direct_or_stepwise import with_room
from llm_lessons.measuring.intervals import Share, share, surely
from llm_lessons.measuring.kept import Experiment, Fresh

PRACTISED = tuple(marbles.PAGES_BY_CHANGES)
BEYOND = (7, 8)  # more changes than any text that the class model read
QUESTIONS = 60  # for every number of changes
FRESH = 20  # questions of a learner's own sample


@dataclass(frozen=True)
class Point:
    """Questions with one number of changes, answered in one way.

    Attributes:
        changes: how often the bag changes.
        right: share of right answers.
        tokens: that the model wrote, mean.
        operations: for one of these tokens, mean.
        steps: how many calculations each answer writes out.
    """

    changes: int
    right: Share
    tokens: float
    operations: float
    steps: tuple[int, ...]

    @classmethod
    def of(cls, changes: int, texts: Sequence[written.Written]) -> Self:
        """What the answers to questions with one number of changes come to."""
        tokens = sum(len(text.tokens) for text in texts)
        return cls(
            changes,
            share(text.right for text in texts),
            tokens / len(texts),
            sum(sum(text.costs) for text in texts) / tokens,
            tuple(text.text.count(" = ") for text in texts),
        )


@checked(changes=range(1_000), questions=1)
def measure(
    lm: LanguageModel,
    stepwise: bool,
    changes: Sequence[int] = PRACTISED,
    questions: int = QUESTIONS,
) -> tuple[Point, ...]:
    """Ask held-out questions for every number of changes; greedy, takes seconds.

    They are such whose right steps find room in the model's window.
    """
    return tuple(
        Point.of(k, written.write(lm, with_room(lm, questions, k), stepwise))
        for k in changes
    )


@dataclass(frozen=True)
class BothWays:
    """The same questions, answered at once and step by step."""

    at_once: tuple[Point, ...]
    stepwise: tuple[Point, ...]

    def at(self, changes: int) -> tuple[Point, Point]:
        """The answers at once and step by step to one number of changes."""
        pairs = zip(self.at_once, self.stepwise, strict=True)
        return next(pair for pair in pairs if pair[0].changes == changes)

    def sentence(self) -> str:
        at_once, steps = self.at(max(PRACTISED))
        spent = steps.tokens * steps.operations / (at_once.tokens * at_once.operations)
        return (
            f"With {in_words(steps)}, {at_once.right.percent} of the answers at once "
            f"are right, and {steps.right.percent} step by step. The steps take "
            f"{steps.tokens:.0f} tokens instead of {at_once.tokens:.0f}, and "
            f"{spent:.0f} times the computation."
        )

    def beyond(self) -> str:
        """What becomes of longer questions than were practised, in numbers."""
        parts = [
            f"with {in_words(steps)}, {steps.right.percent} are right step by step and "
            f"{at_once.right.percent} at once"
            for at_once, steps in map(self.at, BEYOND)
        ]
        return f"Fjord practised up to {PRACTISED[-1]} changes. Now {'; '.join(parts)}."

    def steps_beyond(self) -> str:
        """How many steps are written for longer questions than were practised."""
        parts = []
        for _, right in map(self.at, BEYOND):
            few = sum(n < right.changes for n in right.steps)
            many = sum(n > right.changes for n in right.steps)
            parts.append(
                f"with {in_words(right)}, {few} of {len(right.steps)} answers have too "
                f"few steps, and {many} too many"
            )
        found = "; ".join(parts)
        return f"{found[0].upper()}{found[1:]}."

    def title(self) -> str:
        """What the steps bring with the most changes that were practised."""
        at_once, steps = self.at(max(PRACTISED))
        words = (
            f"With {in_words(steps)}, steps are right in {steps.right.percent}, "
            f"jumps in {at_once.right.percent}"
        )
        return surely(words, steps.right, at_once.right)

    def headline(self) -> Share:
        """Right step by step, with the most changes that were practised."""
        return self.at(max(PRACTISED))[1].right

    def alt(self, yours: Share | None = None) -> str:
        rows = "; ".join(
            f"{in_words(one)}: {one.right.percent} and {other.right.percent}"
            for one, other in zip(self.at_once, self.stepwise, strict=True)
        )
        return (
            f"{self.title()}. Two curves over the number of changes, with 95 % "
            "intervals: right answers at once, and step by step; the last numbers are "
            f"marked as never practised. Read as pairs, {rows}."
            f"{figures.yours_in_words(yours)}"
        )

    def figure(self, yours: Share | None = None) -> Figure:
        """Both curves of right answers, and where the practice ends.

        Args:
            yours: fresh questions with the most changes, step by step.
        """
        with figures.style():
            fig, ax = plt.subplots()
            _draw(ax, self.at_once, figures.WEIGHTS, "s")
            _draw(ax, self.stepwise, figures.CONTEXT, "o")
            at_once, steps = (p.right for p in self.at(3))
            for y, name, color in (
                (at_once.high + 0.07, "at once", figures.WEIGHTS),
                (steps.low - 0.07, "step by step", figures.CONTEXT),
            ):
                look = {"color": color, "weight": "bold", "ha": "center"}
                figures.write_beside(ax, name, (3, y), (0, 0), **look, va="center")
            end = max(PRACTISED) + 0.5
            last = self.stepwise[-1].changes + 0.5
            ax.axvspan(end, last, color=figures.NEUTRAL, alpha=0.07, lw=0)
            middle, look = (end + last) / 2, {"ha": "center", "va": "center"}
            ax.set(xlabel="number of changes", ylabel="right answers")
            ax.set(ylim=(-0.03, 1.06), xlim=(0.5, last))
            beyond = (middle, 0.92), (0, 0)
            figures.write_beside(ax, "never\npractised", *beyond, **look)
            figures.set_title(fig, self.title())
            if yours:
                figures.draw_yours(ax, max(PRACTISED), yours)
        return fig


@checked(questions=1)
def both_ways(lm: LanguageModel, questions: int = QUESTIONS) -> BothWays:
    """Answers in both ways, also to questions longer than any that was practised."""
    return BothWays(
        *(
            measure(lm, stepwise, (*PRACTISED, *BEYOND), questions)
            for stepwise in (False, True)
        )
    )


def fresh(lm: LanguageModel, seed: int, stepwise: bool) -> Share:
    """New questions with the most changes that were practised."""
    asked = marbles.held_out(FRESH, max(PRACTISED), seed=seed)
    return share(text.right for text in written.write(lm, asked, stepwise))


SAMPLE = Fresh(
    partial(fresh, stepwise=True),
    BothWays.headline,
    f"right step by step, with {max(PRACTISED)} changes",
)
BOTH_WAYS = Experiment(
    "08_both_ways",
    both_ways,
    QUESTIONS,
    fresh=SAMPLE,
    on_card=r"marbles, \d changes?, (at once|step by step)",
)


def _draw(ax: Axes, points: Sequence[Point], color: str, marker: str) -> None:
    x = [point.changes for point in points]
    figures.draw_shares(ax, x, [point.right for point in points], color, marker)


def in_words(point: Point) -> str:
    """The number of changes of a point: "3 changes"."""
    return f"{point.changes} change{'s' * (point.changes > 1)}"
