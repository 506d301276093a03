"""What it would be to speak only if sure: right, wrong and silent by how often read.

Claim B4. The model itself never keeps silent here. A program outside can: it reads the
odds of the answer's first token, and keeps back what lies below a threshold.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from llm_lessons import figures
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.bluffing.asked import (
    PEOPLE,
    Said,
    Sign,
    answered,
    outcome,
    questions,
)
from llm_lessons.lessons.bluffing.asked import sign as sign_of
from llm_lessons.measuring.intervals import Share, share
from llm_lessons.measuring.kept import Experiment

THRESHOLDS = (0.0, 0.5, 0.9)
EDGES = (0.0, 0.2, 0.4, 0.6, 0.8, 0.95, 1.0)  # of what it says of itself
SURE = 0.8
ONCE = 1


class Point(NamedTuple):
    """What becomes of the questions of one number of readings; by person.

    Attributes:
        right, wrong, silent: of all questions.
    """

    right: Share
    wrong: Share
    silent: Share


class Bin(NamedTuple):
    """Answers of which the model was about equally sure.

    Attributes:
        says: its own chance of their first tokens, the mean.
        right: how many are.
    """

    says: float
    right: Share


@dataclass(frozen=True)
class Sureness:
    """What the odds of an answer's first token tell.

    Attributes:
        points: by readings, for each of `THRESHOLDS`.
        bins: by how sure it is.
        tells: how well this parts right answers from others.
        fits: of the wrong answers, the share that is of the kind asked for.
        hedged: the share of those read once whose words show any doubt.
        sure_and_wrong: of the wrong answers, the share of which it is very sure.
        best: for each price of a wrong answer, the threshold that scores best, and
            the scores of it and of speaking always, a question.
    """

    points: dict[int, tuple[Point, ...]]
    bins: tuple[Bin, ...]
    tells: Sign
    fits: Share
    hedged: Share
    sure_and_wrong: Share
    best: dict[int, tuple[float, float, float]]

    def sentence(self) -> str:
        """Fluent outside, unsure inside: in numbers."""
        once = self.points[ONCE][0]
        return (
            f"Of what it read once, Fjord answers {once.wrong.percent} wrongly, and "
            f"says of {once.silent.percent} that it doesn't know. Of all wrong "
            f"answers, {self.fits.percent} are of the right kind, a town for a town. "
            f"Yet inside, {self.sure_and_wrong.percent} of them have a first token of "
            f"more than {_percent(SURE)}."
        )

    def told(self) -> str:
        """What the first token's chance is worth as a sign, and how far it errs."""
        pairs = (
            "Draw a right answer and one that is not: in "
            f"{_of_100(self.tells.all_.value)} of 100 pairs Fjord was "
            "surer of the right one. Where both were read equally often, in "
            f"{_of_100(self.tells.alike.value)}. (A coin would have 50.)"
        )
        return f"{pairs} {self.calibrated()}"

    def calibrated(self) -> str:
        """Whether it is as often right as it says."""
        over = [one for one in self.bins if one.says > one.right.high]
        under = [one for one in self.bins if one.says < one.right.low]
        worst = max(self.bins, key=lambda one: abs(one.says - one.right.share))
        example = (
            f"Where it says {100 * worst.says:.0f}\u00a0%, {worst.right.percent} are "
            "right."
        )
        if over and not under:
            return (
                f"It is too sure of itself in {len(over)} of {len(self.bins)} groups. "
                f"{example}"
            )
        if over or under:
            return (
                f"It is too sure of itself in {len(over)} of {len(self.bins)} groups, "
                f"and not sure enough in {len(under)}. {example}"
            )
        return f"About as often as it says, it is right. {example}"

    def at_thresholds(self) -> str:
        """Wrong answers left and right ones lost, over all readings."""
        parts = []
        for i, threshold in enumerate(THRESHOLDS[1:], 1):
            kept, lost = self._against_always(i)
            parts.append(
                f"Only if {_percent(threshold)} sure, {kept:.0f} of 100 "
                f"wrong answers are left, and of 100 right ones "
                f"{lost:.0f} are lost."
            )
        return " ".join(parts)

    def _against_always(self, place: int) -> tuple[float, float]:
        """Of 100 wrong answers those that are left, of 100 right ones those lost."""
        wrong, right = (
            [
                sum(getattr(p[i], name).share for p in self.points.values())
                for i in (0, place)
            ]
            for name in ("wrong", "right")
        )
        return 100 * wrong[1] / wrong[0], 100 * (1 - right[1] / right[0])

    def title(self) -> str:
        """What the odds take away, at the threshold in the middle."""
        kept, lost = self._against_always(1)
        return (
            f"From {_percent(THRESHOLDS[1])} on: {100 - kept:.0f} of 100 wrong answers "
            f"go, {lost:.0f} of right ones"
        )

    def alt(self, twin: "Sureness | None" = None) -> str:
        rows = "; ".join(
            f"read {count} times: "
            + ", ".join(
                f"at {_percent(threshold)} right {p.right.percent}, "
                f"wrong {p.wrong.percent}"
                for threshold, p in zip(THRESHOLDS, points, strict=True)
            )
            for count, points in self.points.items()
        )
        also = "" if twin is None else f" Its twin, hollow: {twin.title()}."
        return (
            f"{self.title()}. Three panels, one for each least sureness, over how "
            "often a fact was read: right answers and wrong ones, with 95 % intervals; "
            f"what is left to 100 % is silence. {rows}.{also}"
        )

    def figure(self, twin: "Sureness | None" = None) -> Figure:
        """Right and wrong over the readings, a panel for each threshold."""
        x = range(len(self.points))
        with figures.style():
            fig, axes = plt.subplots(
                len(THRESHOLDS), 1, sharex=True, figsize=(figures.WIDTH, 4.9)
            )
            for i, (ax, threshold) in enumerate(zip(axes, THRESHOLDS, strict=True)):
                for name, color, marker in (
                    ("right", figures.RIGHT, "s"),
                    ("wrong", figures.WRONG, "X"),
                ):
                    for of, hollow in ((self, False), (twin, True)):
                        if of is None:
                            continue
                        found = [getattr(p[i], name) for p in of.points.values()]
                        figures.draw_shares(ax, x, found, color, marker, hollow)
                    if not i:
                        ax.plot([], [], marker, color=color, label=name)
                ax.set(ylim=(-0.06, 1.06), yticks=(0, 0.5, 1))
                ax.set_ylabel(
                    f"only if {_percent(threshold)}" if threshold else "always"
                )
            axes[0].legend(loc="lower right", bbox_to_anchor=(1.02, 1.0), ncols=2)
            axes[-1].set_xticks(x, [f"{n or 'never'}" for n in self.points])
            axes[-1].set(xlabel="times that the fact was read")
            figures.set_title(fig, self.title())
        return fig

    def calibration(self, twin: "Sureness | None" = None) -> Figure:
        """How often it is right over how sure it is; on the dotted line both agree."""
        with figures.style():
            fig, ax = plt.subplots(figsize=(figures.WIDTH, 3.2))
            ax.plot([0, 1], [0, 1], ":", color=figures.NEUTRAL)
            for of, hollow in ((self, False), (twin, True)):
                if of is not None:
                    says, found = zip(*of.bins, strict=True)
                    figures.draw_shares(ax, says, found, figures.CHANCE, "o", hollow)
            ticks = (0, 0.25, 0.5, 0.75, 1)
            ax.set(xlim=(-0.03, 1.03), ylim=(-0.03, 1.06), yticks=ticks)
            ax.set_xticks(ticks, [f"{100 * tick:.0f} %" for tick in ticks])
            ax.set(xlabel="how sure it was", ylabel="right")
            figures.set_title(fig, self.calibrated_title())
        return fig

    def calibrated_title(self) -> str:
        """The group that errs most."""
        worst = max(self.bins, key=lambda one: abs(one.says - one.right.share))
        return f"Sure by {100 * worst.says:.0f} %, right in {worst.right.percent}"

    def calibration_alt(self) -> str:
        """That figure in words."""
        rows = "; ".join(f"{100 * b.says:.0f} %: {b.right.percent}" for b in self.bins)
        return (
            f"{self.calibrated_title()}. Points with 95 % intervals: how sure Fjord "
            f"was of an answer, and how many of these are right. {rows}."
        )


def _percent(part: float) -> str:
    return f"{100 * part:.0f}\u00a0%"


def _of_100(auc: float) -> str:
    return f"{100 * auc:.0f}"


def measure(lm: LanguageModel, people: int = PEOPLE) -> Sureness:
    """Ask every fact about so many people of each number of readings; seconds."""
    said = answered(lm, questions(people))
    wrong = [one for one in said if one.wrong]
    once = [one for one in wrong if one.fact.readings == ONCE]
    return Sureness(
        by_readings(said),
        _bins(said),
        sign_of(said, [one.sure for one in said]),
        share(one.fits for one in wrong),
        share(one.hedged for one in once),
        share(one.sure > SURE for one in wrong),
        {price: best_threshold(said, price) for price in PRICES},
    )


PRICES = (0, 1, 3)  # of a wrong answer, where a right one is worth 1


def by_readings(said: Sequence[Said]) -> dict[int, tuple[Point, ...]]:
    """Right, wrong and silent at each threshold; those of one person are one case."""
    people = defaultdict[int, dict[str, list[Said]]](lambda: defaultdict(list))
    for one in said:
        people[one.fact.readings][one.fact.person].append(one)
    return {
        count: tuple(_point([*groups.values()], least) for least in THRESHOLDS)
        for count, groups in sorted(people.items())
    }


def _point(groups: Sequence[Sequence[Said]], least: float) -> Point:
    def over(kind: str) -> Share:
        return share(
            sum(outcome(one, least) == kind for one in group) / len(group)
            for group in groups
        )

    return Point(over("right"), over("wrong"), over("silent"))


def best_threshold(said: Sequence[Said], price: float) -> tuple[float, float, float]:
    """The least sureness that scores best, its score a question, and that of 0."""

    def score(least: float) -> float:
        worth = {"right": 1.0, "wrong": -price, "silent": 0.0}
        return sum(worth[outcome(one, least)] for one in said) / len(said)

    steps = [percent / 100 for percent in range(101)]
    best = max(steps, key=score)  # of equal ones, the lowest
    return best, score(best), score(0.0)


def _bins(said: Sequence[Said]) -> tuple[Bin, ...]:
    found = []
    for low, high in pairwise(EDGES):
        last = high == EDGES[-1]
        own = [s for s in said if low <= s.sure < high or (last and s.sure == high)]
        if own and any(not s.silent for s in own):
            spoken = [s for s in own if not s.silent]
            says = sum(s.sure for s in spoken) / len(spoken)
            found.append(Bin(says, share(s.right for s in spoken)))
    return tuple(found)


SURENESS = Experiment("12_sureness", measure, PEOPLE)
