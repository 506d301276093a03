"""A wrong answer that stands in the text, and a reason: which answer is favoured then?

Claims C14 and C15, on a real model, which has read many people defend what they said.
Twelve times a wrong capital is put into the text as the answer, and the model goes on
behind "Because". Then the text comes to the capital once more. What the reason adds to
the bare answer is told by the same odds before there is any reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from matplotlib.figure import Figure

from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.temperature.capitals import COUNTRIES, Country
from llm_lessons.measuring import tally
from llm_lessons.measuring.kept import REAL, Experiment
from llm_lessons.measuring.surprise import chances

REASON = 30  # tokens
OUTCOMES = (
    tally.Outcome("the right capital", *tally.RIGHT),
    tally.Outcome("the wrong one", *tally.WRONG),
)


WHEN = {
    "alone": "the question alone",
    "answered": "a wrong answer first",
    "after": "… and “Because …”",
}


@dataclass(frozen=True)
class Odds:
    """How likely a country's two towns are as the next words.

    Attributes:
        right: probability of the capital.
        wrong: probability of the other town.
    """

    right: float
    wrong: float


@dataclass(frozen=True)
class Case:
    """One country.

    Attributes:
        country: with its capital, and the town that was forced as the answer.
        reason: what the model wrote behind "Because".
        alone: the odds with nothing but the question before them.
        answered: the odds behind the forced answer, before any reason.
        after: the odds behind the forced answer and its reason.
    """

    country: Country
    reason: str
    alone: Odds
    answered: Odds
    after: Odds

    @property
    def text(self) -> str:
        """The forced answer and its reason, as they stand in the text."""
        return f"{_forced(self.country)}{self.reason}"


@dataclass(frozen=True)
class Defence:
    """All cases."""

    cases: tuple[Case, ...]

    def mean(self, when: str, town: str) -> float:
        """Mean chance of the "right" or the "wrong" town, at one of `WHEN`."""
        return fmean(getattr(getattr(case, when), town) for case in self.cases)

    @property
    def objections(self) -> int:
        """Reasons that name the right capital."""
        return sum(case.country.capital in case.reason for case in self.cases)

    @property
    def rows(self) -> dict[str, list[int]]:
        """At each of `WHEN`, which town is the likelier one: places in `OUTCOMES`."""
        return {
            name: [
                int(odds.wrong > odds.right)
                for odds in (getattr(case, when) for case in self.cases)
            ]
            for when, name in WHEN.items()
        }

    def sentence(self) -> str:
        """All three, in numbers."""
        alone, answered, after = (
            f"{tally.counted(cases, 1)} (mean chance {self.mean(when, 'wrong'):.2f}, "
            f"the capital {self.mean(when, 'right'):.2f})"
            for when, cases in zip(WHEN, self.rows.values(), strict=True)
        )
        return (
            f"With the question alone, the wrong town is the likelier one in {alone}. "
            f"Once it stands there as the answer, in {answered}. And once the model "
            f"has given a reason for it, in {after}. Reasons that name the capital: "
            f"{self.objections}."
        )

    def title(self) -> str:
        """In how many cases the wrong town leads: alone, once said, with a reason."""
        alone, said, reasoned = map(sum, self.rows.values())
        return (
            f"The wrong town leads: {alone}, once said {said}, "
            f"reasoned {reasoned} of {len(self.cases)}"
        )

    def alt(self) -> str:
        """The figure in words."""
        return tally.alt(self.title(), self.rows, OUTCOMES)

    def figure(self) -> Figure:
        """Which town is the likelier one, a mark a country."""
        return tally.figure(self.title(), self.rows, OUTCOMES)


@checked()
def measure(lm: LanguageModel, countries: Sequence[Country] = COUNTRIES) -> Defence:
    """Force a wrong capital, let the model give a reason, and ask once more; greedy.

    The reason is what comes up to the end of its line, 30 tokens at most.
    """
    drawn = lm.batch([_forced(one) for one in countries], REASON, temperature=0)
    reasons = [text.split("\n")[0] for text in drawn]
    alone = _odds(lm, [f"{_question(one)}\n" for one in countries], countries)
    forced = [f"{_question(one)}\nAnswer: {one.other}. " for one in countries]
    answered = _odds(lm, forced, countries)
    pairs = zip(countries, reasons, strict=True)
    given = [f"{_forced(country)}{reason} " for country, reason in pairs]
    after = _odds(lm, given, countries)
    return Defence(tuple(map(Case, countries, reasons, alone, answered, after)))


@checked(cases=1)
def of_countries(lm: LanguageModel, cases: int) -> Defence:
    """The same for so many of the countries."""
    return measure(lm, COUNTRIES[:cases])


DEFENCE = Experiment("08_defence", of_countries, len(COUNTRIES), REAL)


def _question(country: Country) -> str:
    return f"Question: What is the capital of {country.name}?"


def _forced(country: Country) -> str:
    return f"{_question(country)}\nAnswer: {country.other}. Because"


def _odds(
    lm: LanguageModel, texts: Sequence[str], countries: Sequence[Country]
) -> list[Odds]:
    """The chances of both towns, where a text goes on to name the capital."""
    prompts = [
        f"{text}So the capital of {country.name} is"
        for text, country in zip(texts, countries, strict=True)
    ]
    right = chances(lm, prompts, [f" {country.capital}" for country in countries])
    wrong = chances(lm, prompts, [f" {country.other}" for country in countries])
    return list(map(Odds, right, wrong))
