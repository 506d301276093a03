"""A real model and a note that lies: twelve countries, in several forms.

Claim C16, on a model that nobody here has trained. It has read each capital on many
pages; then a single sentence in front of the question names another town.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from llm_lessons import figures
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.temperature.capitals import (
    COUNTRIES,
    LONGEST,
    Country,
    asked,
    first_named,
)
from llm_lessons.measuring import tally
from llm_lessons.measuring.kept import REAL, Experiment

CHAT = 16  # tokens of an answer in a chat: it may begin with other words
OUTCOMES = (
    tally.Outcome("the note's town", figures.CONTEXT, "o"),
    tally.Outcome("the capital", figures.WEIGHTS, "D"),
    tally.Outcome("neither", *tally.NEITHER),
)
NOTE, CAPITAL, NEITHER = range(3)
WORDINGS = {
    "“The capital of X is Y”": "The capital of {0} is {1}.",
    "“Y is the capital of X”": "{1} is the capital of {0}.",
}
NONE = "no note"
_FORMS = {NONE: "", **WORDINGS}


@dataclass(frozen=True)
class Believed:
    """Whom the answers follow.

    Attributes:
        raw: for each form of the note, what the answers to raw text came to, a case a
            country: places in `OUTCOMES`.
        chat: the same where note and question are put as a chat.
    """

    raw: dict[str, list[int]]
    chat: dict[str, list[int]]

    @property
    def rows(self) -> dict[str, list[int]]:
        """For each form, what the answers came to: places in `OUTCOMES`."""
        rows = {f"raw, {form}": cases for form, cases in self.raw.items()}
        return rows | {f"chat, {form}": cases for form, cases in self.chat.items()}

    def sentence(self) -> str:
        """Each form, in numbers."""

        def told(found: dict[str, list[int]]) -> str:
            known = tally.counted(found[NONE], CAPITAL)
            others = " and ".join(
                f"{tally.counted(found[form], NOTE)} after {form}" for form in WORDINGS
            )
            return (
                f"without a note it names the capital in {known}, and the note wins in "
                f"{others}"
            )

        return f"As raw text, {told(self.raw)}. As a chat, {told(self.chat)}."

    def title(self) -> str:
        """How often the note wins in raw text, and in a chat."""
        raw, chat = (
            [case for form in WORDINGS for case in found[form]]
            for found in (self.raw, self.chat)
        )
        won = tally.counted(raw, NOTE)
        return f"The note wins in {won} raw texts, in {tally.counted(chat, NOTE)} chats"

    def alt(self) -> str:
        """The figure in words."""
        return tally.alt(self.title(), self.rows, OUTCOMES)

    def figure(self) -> Figure:
        """Which town the answer names, a mark a country."""
        return tally.figure(self.title(), self.rows, OUTCOMES)


@checked()
def measure(lm: LanguageModel, countries: Sequence[Country] = COUNTRIES) -> Believed:
    """Ask for each capital without a note and behind notes that lie; greedy.

    As raw text a note stands behind "Note:"; in a chat it stands above the question.
    """
    return Believed(raw(lm, countries), in_chat(lm, countries))


def of_so_many(lm: LanguageModel, countries: int) -> Believed:
    """The same for the first of the countries."""
    return measure(lm, COUNTRIES[:countries])


BELIEVED = Experiment("09_believed", of_so_many, len(COUNTRIES), REAL)


def raw(lm: LanguageModel, countries: Sequence[Country]) -> dict[str, list[int]]:
    """For each form of the note, what the answers to raw text came to."""
    cases = [(form, country) for form in _FORMS for country in countries]
    notes = [_note(*case) for case in cases]
    prompts = [
        (f"Note: {note}\n" if note else "") + asked(country)
        for note, (_, country) in zip(notes, cases, strict=True)
    ]
    return _by_form(cases, lm.batch(prompts, LONGEST, temperature=0))


def in_chat(lm: LanguageModel, countries: Sequence[Country]) -> dict[str, list[int]]:
    """The same where note and question are put as a chat."""
    cases = [(form, country) for form in _FORMS for country in countries]
    chats = [
        [{"role": "user", "content": f"{_note(*case)}\n\n{_question(case[1])}".strip()}]
        for case in cases
    ]
    return _by_form(cases, lm.chats(chats, CHAT, temperature=0))


def _note(form: str, country: Country) -> str:
    return _FORMS[form].format(country.name, country.other)


def _question(country: Country) -> str:
    return f"What is the capital of {country.name}?"


def _by_form(
    cases: Sequence[tuple[str, Country]], answers: Sequence[str]
) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for (form, country), answer in zip(cases, answers, strict=True):
        outcomes = {country.other: NOTE, country.capital: CAPITAL, None: NEITHER}
        outcome = outcomes[first_named(answer, country)]
        found.setdefault(form, []).append(outcome)
    return found
