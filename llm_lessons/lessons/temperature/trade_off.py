"""What the temperature trades: the variety of stories against the truth of facts.

Claim C9: temperature sets how random the coin flip is. Low leans on the likeliest
tokens and, very near 0, repeats itself, high flattens the odds.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator

from llm_lessons import figures
from llm_lessons.fjordby import KINDS, question
from llm_lessons.fjordby.people import Person, population
from llm_lessons.foundation.checks import checked
from llm_lessons.foundation.waiting import waited
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.temperature.phrases import variety
from llm_lessons.measuring.intervals import Share, share, surely
from llm_lessons.measuring.kept import Experiment, Fresh
from llm_lessons.measuring.parts import spread
from llm_lessons.measuring.replies import LONGEST_VALUE

# closer together where variety rises
TEMPERATURES = (0.0, 0.1, 0.2, 0.4, 0.7, 1.0, 1.3, 1.6, 2.0)
BEGINNING = "Once upon a time"
STORIES = 128  # drawn at each temperature, and compared two by two
LENGTH = 40  # tokens of each story
PEOPLE = 128  # asked about at each temperature, one fact each
FRESH = 20  # people of a learner's own sample
AT = 1.0  # its temperature


@dataclass(frozen=True)
class Point:
    """How much of a story is new at one temperature, and how many facts are right.

    At 0 there is one story, however often it is told: one case, and nothing to spread.
    """

    temperature: float
    variety: Share
    right: Share


def well_read() -> tuple[Person, ...]:
    """The people that Fjordby tells most about: each fact was read 64 to 512 times."""
    return population(0)[-PEOPLE:]


def hardly_read() -> tuple[Person, ...]:
    """The people about whom Fjordby has one single page."""
    return tuple(person for person in population(0) if person.readings == 1)


def in_turn(people: Sequence[Person]) -> list[str]:
    """The kind of fact that each is asked for: each kind in turn."""
    return [list(KINDS)[i % len(KINDS)] for i in range(len(people))]


@checked()
def right_facts(
    lm: LanguageModel,
    people: Sequence[Person],
    temperature: float,
    kinds: Sequence[str] | None = None,
    seed: int = 0,
) -> Share:
    """Share of questions answered rightly, one fact a person.

    Args:
        kinds: of the facts; None takes each kind in turn.
    """
    kinds = in_turn(people) if kinds is None else kinds
    pairs = list(zip(people, kinds, strict=True))
    prompts = [question(kind, person.name) for person, kind in pairs]
    answers = lm.batch(prompts, LONGEST_VALUE, temperature, seed=seed, stop="\n")
    return share(
        answer.startswith(f" {person.facts[kind]}.")
        for (person, kind), answer in zip(pairs, answers, strict=True)
    )


@dataclass(frozen=True)
class Tradeoff:
    """The measured points, from the lowest temperature to the highest."""

    points: tuple[Point, ...]

    def at(self, temperature: float) -> Point:
        """The point of one of the measured temperatures."""
        return next(p for p in self.points if p.temperature == temperature)

    @property
    def steady(self) -> Point:
        """The last point before right answers fall by over 5 points."""
        enough = self.points[0].right.share - 0.05
        falls = (i for i, p in enumerate(self.points) if p.right.share < enough)
        return self.points[next(falls, len(self.points)) - 1]

    def sentence(self) -> str:
        """The trade-off, in numbers."""
        first, last, steady = self.points[0], self.points[-1], self.steady
        return (
            f"From temperature {first.temperature:g} to {last.temperature:g}, the "
            f"variety of stories goes from {first.variety.percent} to "
            f"{last.variety.percent}, and right answers go from "
            f"{first.right.percent} to {last.right.percent}; up to "
            f"{steady.temperature:g}, {steady.right.percent} stay right, and variety "
            f"is {steady.variety.percent}."
        )

    def title(self) -> str:
        """Up to which heat stories vary while the facts hold."""
        steady = self.steady
        words = (
            f"At {steady.temperature:g}, stories vary ({steady.variety.percent}) "
            f"and facts hold ({steady.right.percent} right)"
        )
        return surely(words, steady.variety, self.points[0].variety)

    def headline(self) -> Share:
        """Right facts at the model's own odds."""
        return self.at(AT).right

    def alt(
        self, yours: Share | None = None, said: Mapping[int, float] | None = None
    ) -> str:
        """The figure in words."""
        guesses = ", ".join(f"{x:.0f}\u00a0% at {n}" for n, x in (said or {}).items())
        rows = "; ".join(
            f"at {p.temperature:g}: {p.variety.percent} and {p.right.percent}"
            for p in self.points
        )
        return (
            f"{self.title()}. Two curves over temperature, each with its 95 % "
            "interval: the variety of stories, and the share of facts answered "
            f"rightly. Read as pairs, {rows}."
            f"{f' You said, of the facts: {guesses}.' if guesses else ''}"
            f"{figures.yours_in_words(yours)}"
        )

    def figure(
        self, yours: Share | None = None, said: Mapping[int, float] | None = None
    ) -> Figure:
        """Both curves with their 95 % intervals, named at their right ends.

        Args:
            yours: other facts, asked for at temperature 1.
            said: at some of the measured temperatures, how many percent of the facts
                are right, before anybody knew.
        """
        x = [point.temperature for point in self.points]
        curves = (
            ("variety\nof stories", "variety", figures.CHANCE, "o"),
            ("right facts,\nread often", "right", figures.RIGHT, "s"),
        )
        with figures.style():
            fig, ax = plt.subplots()
            ends = []
            for name, measured, color, marker in curves:
                shares = [getattr(point, measured) for point in self.points]
                figures.draw_shares(ax, x, shares, color, marker)
                ends.append((name, shares[-1].share, color))
            ax.set(xlabel="temperature", ylim=(-0.03, 1.03))
            figures.name_ends(ax, x[-1], ends, room=0.2)
            ax.xaxis.set_major_locator(MultipleLocator(0.5))
            ax.margins(x=0.02)
            figures.set_title(fig, self.title())
            if said:
                first = next(iter(said))
                guess = [percent / 100 for percent in said.values()]
                found = (first, self.at(first).right.share)
                figures.draw_guess(ax, [*said], guess, found)
            if yours:
                figures.draw_yours(ax, AT, yours)
        return fig


@checked(cases=range(2, 10_001))
def measure(
    lm: LanguageModel,
    temperatures: Sequence[float] = TEMPERATURES,
    cases: int = STORIES,
) -> Tradeoff:
    """Draw stories and ask for facts at each temperature; a bar shows how far it is.

    Args:
        cases: stories at each temperature, and people at most.
    """
    people = spread(well_read(), cases, together=2)  # one of two is in question pages
    points = []
    for temperature in waited(temperatures, "temperatures", is_all=True):
        told = cases if temperature else 2
        stories = lm.batch([BEGINNING] * told, LENGTH, temperature)
        right = right_facts(lm, people, temperature)
        varied = variety(stories)
        if not temperature:  # no coin: told again, it would be the same
            varied = Share(varied.share, varied.share, varied.share, varied.n)
        points.append(Point(temperature, varied, right))
    return Tradeoff(tuple(points))


def at_all_heats(lm: LanguageModel, cases: int) -> Tradeoff:
    """So many stories, and people asked about, at all temperatures."""
    return measure(lm, cases=cases)


def fresh_facts(lm: LanguageModel, seed: int) -> Share:
    """Other facts of well-read people, asked for at temperature 1."""
    dice, known = random.Random(seed), well_read()
    places = dice.sample(range(len(known)), FRESH)
    asked = in_turn(known)
    kinds = [dice.choice([k for k in KINDS if k != asked[i]]) for i in places]
    return right_facts(lm, [known[i] for i in places], AT, kinds, seed)


SAMPLE = Fresh(
    fresh_facts, Tradeoff.headline, f"facts right at temperature {AT:g}", "facts"
)
TRADE_OFF = Experiment(
    "04_trade_off",
    at_all_heats,
    STORIES,
    fresh=SAMPLE,
    on_card=r"(variety of stories|well-read facts right) at temperature .*",
)
