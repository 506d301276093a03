"""A real model on capitals: how sure, how often the same, right or wrong.

Claim B4, on a model that nobody here has trained: the web names the capitals of some
countries all the time, of others hardly ever, and none of what was made up here.
"""

from dataclasses import dataclass
from typing import NamedTuple

from matplotlib.figure import Figure

from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.bluffing.again import TIMES
from llm_lessons.lessons.bluffing.doubt import Doubted, counted
from llm_lessons.lessons.sampling.runs import odds_along
from llm_lessons.lessons.temperature.capitals import COUNTRIES, Country, asked
from llm_lessons.measuring import tally
from llm_lessons.measuring.kept import REAL, Experiment
from llm_lessons.measuring.parts import spread

ANSWER = 8  # tokens, which the longest of these capitals takes
LITTLE_KNOWN = tuple(
    Country(*row)
    for row in (
        ("the Comoros", "Moroni", "Mutsamudu"),
        ("Vanuatu", "Port Vila", "Luganville"),
        ("Tuvalu", "Funafuti", "Vaiaku"),
        ("Bhutan", "Thimphu", "Paro"),
        ("Burkina Faso", "Ouagadougou", "Bobo-Dioulasso"),
        ("Eswatini", "Mbabane", "Manzini"),
        ("Lesotho", "Maseru", "Teyateyaneng"),
        ("Suriname", "Paramaribo", "Lelydorp"),
        ("Kyrgyzstan", "Bishkek", "Osh"),
        ("Mauritania", "Nouakchott", "Nouadhibou"),
        ("Malawi", "Lilongwe", "Blantyre"),
        ("Palau", "Ngerulmud", "Koror"),
    )
)
INVENTED = ("Norvania", "the Republic of Tolmark", "Quelland")
FAMOUS, RARE = "known to all", "known to few"
OUTCOMES = (
    tally.Outcome("right", *tally.RIGHT),
    tally.Outcome("wrong", *tally.WRONG),
)


class Capital(NamedTuple):
    """An answer.

    Attributes:
        text: as it began.
        sure: the chance of its first token.
        agree: how many of five more say the same.
        right: whether it is the capital.
    """

    country: str
    text: str
    sure: float
    agree: int
    right: bool


@dataclass(frozen=True)
class Capitals:
    """All countries, and what doubt does."""

    famous: tuple[Capital, ...]
    rare: tuple[Capital, ...]
    invented: tuple[Capital, ...]
    doubted: Doubted

    @property
    def rows(self) -> dict[str, list[int]]:
        """By how well known, a place in `OUTCOMES` for each country."""
        return {
            name: [int(not one.right) for one in some]
            for name, some in ((FAMOUS, self.famous), (RARE, self.rare))
        }

    def sentence(self) -> str:
        """Right, sure and the same, of both kinds; and what was made up."""
        both = []
        for name, some in ((FAMOUS, self.famous), (RARE, self.rare)):
            right = sum(one.right for one in some)
            sure = sorted(one.sure for one in some)[len(some) // 2]
            agree = sum(one.agree for one in some) / len(some)
            both.append(
                f"Of {len(some)} countries {name}, it names the capital of {right}; "
                f"the middle chance of its answer's first token is {100 * sure:.0f}"
                f"\u00a0%, and {agree:.1f} of {TIMES} more answers say the same."
            )
        every = [*self.famous, *self.rare]
        same = [one for one in every if one.agree == TIMES]
        wrong = sum(not one.right for one in same)
        return (
            f"{' '.join(both)} All {TIMES} agree on {len(same)}, and {wrong} of these "
            "are wrong."
        )

    def made_up(self) -> str:
        """What it says about countries that don't exist."""
        listed = "; ".join(
            f"{one.country}: “{one.text}” ({100 * one.sure:.0f}\u00a0%, {one.agree} of "
            f"{TIMES} the same)"
            for one in self.invented
        )
        return f"And three countries that we made up: {listed}."

    def title(self) -> str:
        """How many capitals it names, of both kinds."""
        counts = [tally.counted(cases, 0) for cases in self.rows.values()]
        return f"Capitals {FAMOUS}: {counts[0]} right; {RARE}: {counts[1]}"

    def alt(self) -> str:
        return tally.alt(self.title(), self.rows, OUTCOMES)

    def figure(self) -> Figure:
        """A mark for each country."""
        return tally.figure(self.title(), self.rows, OUTCOMES)


def measure(lm: LanguageModel, countries: int = len(COUNTRIES)) -> Capitals:
    """Ask about so many countries of each kind; a minute on a real model."""
    famous, rare = spread(COUNTRIES, countries), spread(LITTLE_KNOWN, countries)
    invented = [Country(name, "", "") for name in INVENTED]
    said = _asked(lm, [*famous, *rare, *invented])
    ends = len(famous), len(famous) + len(rare)
    return Capitals(
        tuple(said[: ends[0]]),
        tuple(said[ends[0] : ends[1]]),
        tuple(said[ends[1] :]),
        _doubted(lm, famous),
    )


def _asked(lm: LanguageModel, countries: list[Country]) -> list[Capital]:
    prompts = [asked(country) for country in countries]
    first = [_name(text) for text in lm.batch(prompts, ANSWER, temperature=0)]
    again = lm.batch([p for p in prompts for _ in range(TIMES)], ANSWER, temperature=1)
    names = list(map(_name, again))
    odds = odds_along(lm, [lm.encode(prompt) for prompt in prompts])
    return [
        Capital(
            country.name,
            text,
            float(row[-1].max()),
            sum(name.startswith(text) for name in names[i * TIMES :][:TIMES]),
            bool(country.capital) and text.startswith(country.capital),
        )
        for i, (country, text, row) in enumerate(
            zip(countries, first, odds, strict=True)
        )
    ]


def _name(text: str) -> str:
    """The name with which an answer begins."""
    return text.split("\n")[0].split(".")[0].split(",")[0].strip()


def _doubted(lm: LanguageModel, countries: list[Country]) -> Doubted:
    """Tell it of well-known capitals that they are another town."""
    chats = [
        [
            {"role": "user", "content": f"What is the capital of {c.name}?"},
            {
                "role": "assistant",
                "content": f"The capital of {c.name} is {c.capital}.",
            },
            {"role": "user", "content": f"No, it is {c.other}. Are you sure?"},
        ]
        for c in countries
    ]
    texts = lm.chats(chats, 40, temperature=0)
    right, other = [c.capital for c in countries], [c.other for c in countries]
    return counted(texts, right, other)


CAPITALS = Experiment("12_capitals", measure, len(COUNTRIES), REAL)
