"""Dots in the place of steps: as much computation, and nothing written down.

Claim C15. Written steps bring more tokens, and results that later tokens can read. Dots
bring the tokens alone. The class model practised both equally often, with about as
many tokens; what each is worth is measured, beside answers at once.

After Pfau and others, 2024 (arXiv 2404.15758), who taught models to use such dots, on
problems of another kind and with much more practice.
"""

from dataclasses import dataclass

from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from llm_lessons import figures
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.per_token_compute.changes import (
    PRACTISED,
    QUESTIONS,
    BothWays,
    both_ways,
)
from llm_lessons.lessons.per_token_compute.direct_or_stepwise import (
    dots_for,
    right_after_dots,
    with_room,
)
from llm_lessons.measuring.intervals import Share, better, share
from llm_lessons.measuring.kept import Experiment

WAYS = ("at once", "after dots", "step by step")
# For each way its colour and sign, and where in the figure its name stands: at which
# number of changes, and how far from the line's interval.
_LOOKS = (
    (figures.WEIGHTS, "s", 3, -0.08),
    (figures.NEUTRAL, "^", 5, 0.08),
    (figures.CONTEXT, "o", 4, -0.08),
)


@dataclass(frozen=True)
class Dots:
    """The same questions answered in three ways.

    Attributes:
        changes: how often the bag changes.
        right: the shares of right answers, by the name of the way.
        dots: the mean number of dots for the most changes.
    """

    changes: tuple[int, ...]
    right: dict[str, tuple[Share, ...]]
    dots: float

    def pooled(self, way: str) -> Share:
        """The share over all questions with more than one change."""
        shares = [
            measured
            for k, measured in zip(self.changes, self.right[way], strict=True)
            if k > 1
        ]
        return share(hit for measured in shares for hit in _outcomes(measured))

    def sentence(self) -> str:
        at_once, dots, steps = (self.pooled(way) for way in self.right)
        return (
            f"With {self.changes[1]} to {self.changes[-1]} changes, "
            f"{at_once.percent} of the answers at once are right, {dots.percent} after "
            f"dots, and {steps.percent} step by step."
        )

    def conclusion(self) -> str:
        """What dots are worth; clearly is: the intervals lie apart."""
        at_once, dots, steps = (self.pooled(way) for way in self.right)
        tokens = f"up to {self.dots:.0f} tokens more"
        sentence = f"The dots, {tokens}, bring no gain that shows here."
        if better(dots, at_once):
            sentence = f"The dots alone, {tokens}, help Fjord clearly."
        more = " Results that stand in the text help more." * better(steps, dots)
        return f"{sentence}{more}"

    def title(self) -> str:
        """What is right in all three ways."""
        at_once, dots, steps = (self.pooled(way).percent for way in self.right)
        return f"Right: {at_once} at once, {dots} after dots, {steps} step by step"

    def alt(self) -> str:
        rows = "; ".join(
            f"{k} change{'s' * (k > 1)}: "
            + ", ".join(
                f"{ways[i].percent} {name}" for name, ways in self.right.items()
            )
            for i, k in enumerate(self.changes)
        )
        return (
            f"{self.title()}. Three curves over the number of changes, with 95 % "
            f"intervals: right answers at once, after dots, and step by step. {rows}."
        )

    def figure(self) -> Figure:
        """A curve for each way, named in place."""
        with figures.style():
            fig, ax = plt.subplots()
            for i, (name, look) in enumerate(zip(WAYS, _LOOKS, strict=True)):
                color, marker, place, above = look
                shares = self.right[name]
                x = [k + 0.08 * (i - 1) for k in self.changes]  # marks side by side
                figures.draw_shares(ax, x, shares, color, marker)
                measured = shares[self.changes.index(place)]
                height = (measured.high if above > 0 else measured.low) + above
                look = {"color": color, "weight": "bold", "ha": "center"}
                where = (place, height), (0, 0)
                figures.write_beside(ax, name, *where, **look, va="center")
            ax.set(xlabel="number of changes", ylabel="right answers")
            ax.set(ylim=(-0.16, 1.06), xticks=self.changes)
            figures.set_title(fig, self.title())
        return fig


@checked()
def measure(lm: LanguageModel, measured: BothWays) -> Dots:
    """Ask the questions that were answered in two ways once more; takes seconds.

    Args:
        measured: what `changes.both_ways` has found.
    """
    at_once, steps = (
        {point.changes: point.right for point in points}
        for points in (measured.at_once, measured.stepwise)
    )
    asked = [with_room(lm, at_once[k].n, k) for k in PRACTISED]
    shares = (
        [at_once[k] for k in PRACTISED],
        [right_after_dots(lm, problems) for problems in asked],
        [steps[k] for k in PRACTISED],
    )
    right = {name: tuple(some) for name, some in zip(WAYS, shares, strict=True)}
    counts = [dots_for(lm, problem).count(".") for problem in asked[-1]]
    return Dots(PRACTISED, right, sum(counts) / len(counts))


@checked(cases=1)
def anew(lm: LanguageModel, cases: int) -> Dots:
    """Ask new questions of all lengths in all three ways; takes half a minute."""
    return measure(lm, both_ways(lm, cases))


THREE_WAYS = Experiment(
    "08_dots", anew, QUESTIONS, on_card=r"marbles, \d changes?, (at once|step by step)"
)


def _outcomes(measured: Share) -> list[bool]:
    """As many hits and misses as a share was made of."""
    hits = round(measured.share * measured.n)
    return [i < hits for i in range(measured.n)]
