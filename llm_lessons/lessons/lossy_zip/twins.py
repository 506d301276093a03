"""Two models of one recipe: where they agree, and where one of them made it up.

Claim C11: recall is reconstruction. Fjord and its twin read the same pages, in another
order and from other first random numbers. What both say is knowledge or habit; where
they differ, at least one of them made it up, and nothing but the other tells.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from llm_lessons import figures
from llm_lessons.checks import checked
from llm_lessons.fjordby import Fact
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.lossy_zip import recall
from llm_lessons.measuring.intervals import Share, share
from llm_lessons.measuring.kept import Experiment


@dataclass(frozen=True)
class Twins:
    """What two models say of the same facts.

    Attributes:
        agree: share of the facts of which both say the same, by the number of readings
            (clustered by person).
        agreed_right: share of their common answers that are right.
        differing_right: share of the other facts of which one of them is right.
    """

    agree: dict[int, Share]
    agreed_right: Share
    differing_right: Share

    def sentence(self) -> str:
        """How far agreement is a sign of truth, in numbers."""
        return (
            f"Where the twins give the same answer, {self.agreed_right.percent} of the "
            f"answers are right ({self.agreed_right.n:,} answers). Where they differ, "
            f"one of the two is right in {self.differing_right.percent} of the cases, "
            "and in all others both made it up."
        )

    def title(self) -> str:
        """How often they agree on what was read least and most, of what was read."""
        few, many = min(n for n in self.agree if n), max(self.agree)
        least, most = self.agree[few], self.agree[many]
        if most.low <= least.high and least.low <= most.high:
            return "No clear difference between few readings and many"
        once = "once" if few == 1 else f"{few} times"
        return (
            f"Read {once}, both agree in {least.percent}; "
            f"{many} times, in {most.percent}"
        )

    def alt(self) -> str:
        """The figure in words."""
        rows = ", ".join(f"{n}: {one.percent}" for n, one in self.agree.items())
        return (
            f"{self.title()}. A curve over the number of readings, with 95 % "
            f"intervals: the share of facts of which both models say the same. {rows}."
        )

    def figure(self) -> Figure:
        """How often they say the same, by readings."""
        with figures.style():
            fig, ax = plt.subplots(figsize=(6.4, 2.8))
            places = range(len(self.agree))
            shares = list(self.agree.values())
            figures.draw_shares(ax, places, shares, figures.BLUE, "o")
            ax.set_xticks(places, [str(count) for count in self.agree])
            ax.set(xlabel="times that the fact was read", ylim=(-0.03, 1.06))
            ax.set(ylabel="both say the same")
            ax.set_title(self.title())
        return fig


@checked()
def compare(one: LanguageModel, other: LanguageModel, facts: Sequence[Fact]) -> Twins:
    """Let both models complete the same sentences; takes seconds.

    Raises:
        ValueError: they never agree, or never differ.
    """
    said = [
        [answer.partition(".")[0] for answer in recall.answers(lm, facts)]
        for lm in (one, other)
    ]
    same = [a == b for a, b in zip(*said, strict=True)]
    right = [
        f" {fact.value}" in pair
        for fact, pair in zip(facts, zip(*said, strict=True), strict=True)
    ]
    agreed = [is_right for is_right, both in zip(right, same, strict=True) if both]
    parted = [is_right for is_right, both in zip(right, same, strict=True) if not both]
    return Twins(recall.by_readings(facts, same), share(agreed), share(parted))


def of_people(one: LanguageModel, other: LanguageModel, people: int) -> Twins:
    """Two facts about each of so many people for each number of readings."""
    return compare(one, other, recall.of_people(people))


TWINS = Experiment(
    name="06_twins",
    kind=Twins,
    measure=of_people,
    cases=recall.PEOPLE,
    models=(("fjord", "fjord-twin"),),
)
