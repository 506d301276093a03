"""Pasting a page above a question, on a real model: how often does it find the name?

Claim C16, on a model that nobody here has trained. Eight people hold an office in a
place that was made up for this. The question comes alone, behind a page of a few
sentences, and behind one bare sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from matplotlib.figure import Figure

from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring import tally
from llm_lessons.measuring.kept import REAL, Experiment

ANSWER = 30  # tokens
OUTCOMES = (
    tally.Outcome("the right name", *tally.RIGHT),
    tally.Outcome("another name or none", *tally.WRONG),
)
RIGHT, WRONG = range(2)


class Office(NamedTuple):
    """Somebody who was made up.

    Attributes:
        role, place: such as "the mayor of Bolgevik", in two parts.
        name: who it is.
        page: a few sentences that say so.
    """

    role: str
    place: str
    name: str
    page: str

    @property
    def question(self) -> str:
        """Who it is."""
        return f"Who is the {self.role} of {self.place}?"

    @property
    def sentence(self) -> str:
        """The same, told in one sentence and nothing else."""
        return f"The {self.role} of {self.place} is {self.name}."


OFFICES = tuple(
    Office(*row)
    for row in (
        (
            *("mayor", "Bolgevik", "Runa Tindvold"),
            "Bolgevik is a small town by the sea. Its mayor is Runa Tindvold, who used "
            "to keep the lighthouse. In March, the town has a feast of soup.",
        ),
        (
            *("harbour master", "Sandnuten", "Peder Holmvik"),
            "The ferry to Sandnuten leaves at noon. Peder Holmvik is the harbour "
            "master there, and he rings the bell himself.",
        ),
        (
            *("head teacher", "Granli School", "Asta Kvernmo"),
            "Granli School has ninety pupils and a goat. The head teacher, Asta "
            "Kvernmo, feeds it before the first lesson.",
        ),
        (
            *("librarian", "Ulvdal", "Jorunn Sletten"),
            "The library of Ulvdal opens on Mondays. Its librarian, Jorunn Sletten, "
            "knows every book by its smell.",
        ),
        (
            *("captain", "the Havsula", "Birger Naustdal"),
            "The Havsula is a small white ship. Her captain is Birger Naustdal, and "
            "her cook is a man called Odd.",
        ),
        (
            *("director", "the Tarn Museum", "Lina Overgaard"),
            "The Tarn Museum shows clocks from five centuries. Lina Overgaard has been "
            "its director since May.",
        ),
        (
            *("chief of police", "Myrland", "Torvald Eikrem"),
            "Nothing was ever stolen in Myrland. Its chief of police, Torvald Eikrem, "
            "grows tomatoes.",
        ),
        (
            *("president", "the Fjordby Chess Club", "Maren Skogli"),
            "The Fjordby Chess Club met on Tuesday. Maren Skogli was elected its "
            "president, with nine votes against two.",
        ),
    )
)


@dataclass(frozen=True)
class Pasted:
    """What came of the same questions, asked in three ways.

    Attributes:
        answers: for each way, every office with the model's answer.
    """

    answers: dict[str, tuple[tuple[Office, str], ...]]

    @property
    def outcomes(self) -> dict[str, list[int]]:
        """For each way, what the answers came to: places in `OUTCOMES`."""
        return {
            way: [RIGHT if office.name in answer else WRONG for office, answer in cases]
            for way, cases in self.answers.items()
        }

    def examples(self, way: str) -> str:
        """The answers to one way of asking, each below the page that it is about."""
        cases = zip(self.answers[way], self.outcomes[way], strict=True)
        return "\n\n".join(
            f"The page: {office.page}\n{'Right' if outcome == RIGHT else 'WRONG'}: "
            f"{' '.join(answer.split())}"
            for (office, answer), outcome in cases
        )

    def sentence(self) -> str:
        found = {
            way: tally.counted(outcomes, RIGHT)
            for way, outcomes in self.outcomes.items()
        }
        alone, page, bare = found.values()
        return (
            f"Asked alone, the right name comes in {alone} answers. With the page "
            f"above the question it comes in {page}, and with one bare sentence above "
            f"it in {bare}."
        )

    def title(self) -> str:
        """How many names are right in each way."""
        alone, page, bare = (found.count(RIGHT) for found in self.outcomes.values())
        n = len(self.answers["question alone"])
        return (
            f"Right of {n} names: {alone} alone, {page} by a page, {bare} by a sentence"
        )

    def alt(self) -> str:
        return tally.alt(self.title(), self.outcomes, OUTCOMES)

    def figure(self) -> Figure:
        """Right and wrong names, a mark an answer."""
        return tally.figure(self.title(), self.outcomes, OUTCOMES)


@checked()
def measure(lm: LanguageModel, offices: Sequence[Office] = OFFICES) -> Pasted:
    """Ask who holds each office, as a chat, with nothing and with a text above; greedy.

    An answer is right if the whole name stands in its first 30 tokens. A model that was
    never shown a chat goes on behind "Answer:".
    """
    ways = {
        "question alone": [office.question for office in offices],
        "page above it": [f"{office.page}\n\n{office.question}" for office in offices],
        "one sentence above it": [
            f"{office.sentence}\n\n{office.question}" for office in offices
        ],
    }
    texts = [text for asked in ways.values() for text in asked]
    if lm.template is None:
        prompts = [f"{text}\nAnswer:" for text in texts]
        drawn = [text.split("\n")[0] for text in lm.batch(prompts, ANSWER, 0)]
    else:
        chats = [[{"role": "user", "content": text}] for text in texts]
        drawn = lm.chats(chats, ANSWER, temperature=0)
    answers = iter(drawn)
    return Pasted(
        {way: tuple((office, next(answers)) for office in offices) for way in ways}
    )


def of_so_many(lm: LanguageModel, offices: int) -> Pasted:
    """The same for the first of the offices."""
    return measure(lm, OFFICES[:offices])


PASTED = Experiment("09_pasted", of_so_many, len(OFFICES), REAL)
