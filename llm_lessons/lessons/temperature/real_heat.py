"""The temperature on a real model: capitals and raw texts, counted at four heats.

Claim C9, on a model that nobody here has trained: what heat does to an answer that the
model knows, and to texts that can go on in many ways. Cold ones may go in circles.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from llm_lessons import figures
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.temperature.capitals import COUNTRIES, Country, asked
from llm_lessons.lessons.temperature.phrases import goes_in_circles
from llm_lessons.measuring.intervals import Share, share, surely
from llm_lessons.measuring.kept import REAL, Experiment
from llm_lessons.measuring.parts import spread

TEMPERATURES = (0.0, 0.7, 1.0, 1.5)
BEGINNING = "Once upon a time there was a little fox who"
EACH = 2  # answers about each country, at each temperature
ANSWER = 4  # tokens: no capital here has more
LENGTH = 8  # tokens of a story
LONG = 96  # tokens of a text that may go in circles
# As many as there are answers, so that at 0, too, each text is a case of its own.
RAW_TEXTS = (
    "A good friend is somebody who",
    "Bread is made of",
    "Dear Sir or Madam,",
    "Every morning, the old man",
    "I have never been so tired as",
    "If you want to learn a language,",
    "In the middle of the forest stood",
    "It was a dark night, and",
    "Many people believe that",
    "My grandmother always said that",
    "On the first day of school,",
    "Our town has a new library, and",
    "Scientists have found that",
    "The best thing about summer is",
    "The captain looked at the sea and",
    "The history of the bicycle begins",
    "The house at the end of the street",
    "The meaning of life is",
    "The president of the company said",
    "The weather tomorrow will be",
    "There are three kinds of",
    "To grow tomatoes, you need",
    "When I was a child, we",
    "Yesterday I met a man who",
)


@dataclass(frozen=True)
class Heat:
    """What one temperature does.

    Attributes:
        right: answers that begin with the capital that was asked for.
        distinct: how many different stories came, of as many as there were answers.
        circles: texts, each with a beginning of its own, that go in circles.
    """

    temperature: float
    right: Share
    distinct: int
    circles: Share

    @property
    def counts(self) -> tuple[int, int, int]:
        """Right answers, different stories, and texts that go in circles."""
        right, circles = (round(x.share * x.n) for x in (self.right, self.circles))
        return right, self.distinct, circles


@dataclass(frozen=True)
class Heats:
    """The temperatures, from the lowest to the highest."""

    heats: tuple[Heat, ...]

    def sentence(self) -> str:
        """All counts, in numbers."""
        n, texts = self.heats[0].right.n, self.heats[0].circles.n
        right, distinct, circles = (
            ", ".join(f"{h.counts[i]} at {h.temperature:g}" for h in self.heats)
            for i in range(3)
        )
        return (
            f"Of {n} answers, the capital is right in {right}. Of {n} stories, so many "
            f"are different: {distinct}. Of {texts} longer texts, so many go in "
            f"circles: {circles}."
        )

    def title(self) -> str:
        """What heat does to the capitals, between its ends."""
        cold, hot = self.heats[0], self.heats[-1]
        words = (
            f"From {cold.temperature:g} to {hot.temperature:g}, right capitals go "
            f"from {cold.counts[0]} to {hot.counts[0]} of {hot.right.n}"
        )
        return surely(words, cold.right, hot.right)

    def alt(self) -> str:
        """The figure in words."""
        return (
            f"{self.title()}. Three curves over temperature: right capitals, different "
            f"stories, and texts that go in circles, all counted. {self.sentence()}"
        )

    def figure(self) -> Figure:
        """All counts over the temperature."""
        x = [heat.temperature for heat in self.heats]
        n = self.heats[0].right.n
        right, distinct, _ = zip(*(heat.counts for heat in self.heats), strict=True)
        curves = (
            ("right capitals", right, figures.RIGHT),
            ("different\nstories", distinct, figures.CHANCE),
            ("in circles", [n * h.circles.share for h in self.heats], figures.NEUTRAL),
        )
        with figures.style():
            fig, ax = plt.subplots(figsize=(figures.WIDTH, 2.8))
            for (_, y, color), marker in zip(curves, "so^", strict=True):
                ax.plot(x, y, color=color, marker=marker)
            ends = [(name, y[-1], color) for name, y, color in curves]
            ax.set(xlabel="temperature", ylabel=f"of {n}", ylim=(-0.05 * n, 1.1 * n))
            figures.name_ends(ax, x[-1], ends, room=0.27 * n)
            ax.set_xticks(x, [f"{t:g}" for t in x])
            figures.set_title(fig, self.title())
        return fig


@checked(each=range(1, 10_001))
def measure(
    lm: LanguageModel,
    temperatures: Sequence[float] = TEMPERATURES,
    each: int = EACH,
    countries: Sequence[Country] = COUNTRIES,
) -> Heats:
    """Draw answers and texts at each temperature; minutes on a real model.

    Args:
        lm: a model that knows the capitals.
        each: answers about each country; stories are as many as answers, and longer
            texts, too, as far as there are beginnings.
    """
    found = []
    for temperature in temperatures:
        right = right_capitals(lm, temperature, [*countries] * each)
        answers = stories(lm, temperature, right.n)
        circles = in_circles(lm, temperature, right.n)
        found.append(Heat(temperature, right, len(set(answers)), circles))
    return Heats(tuple(found))


def of_countries(lm: LanguageModel, countries: int) -> Heats:
    """The capitals of so many countries, and as many stories as answers."""
    return measure(lm, countries=spread(COUNTRIES, countries))


def right_capitals(
    lm: LanguageModel,
    temperature: float,
    countries: Sequence[Country],
    longest: int = ANSWER,
) -> Share:
    """Share of answers that begin with the capital that was asked for."""
    prompts = [asked(country) for country in countries]
    answers = lm.batch(prompts, longest, temperature)
    return share(
        answer.startswith(f" {country.capital}")
        for answer, country in zip(answers, countries, strict=True)
    )


def in_circles(lm: LanguageModel, temperature: float, count: int) -> Share:
    """Share of so many longer texts that go in circles."""
    texts = lm.batch(spread(RAW_TEXTS, count), LONG, temperature)
    return share(map(goes_in_circles, texts))


def stories(lm: LanguageModel, temperature: float, count: int) -> list[str]:
    """So many stories of the little fox, a few tokens of each."""
    return lm.batch([BEGINNING] * count, LENGTH, temperature)


HEATS = Experiment("04_real_heat", of_countries, len(COUNTRIES), REAL)
