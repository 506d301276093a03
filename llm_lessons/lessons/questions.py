"""The quiz questions of all lessons: `ll.predict("04.zero")` asks one of them.

They stand in each lesson's `questions.toml`, out of sight of who is to guess, and where
they are changed or translated without touching code:

    [zero]
    question = "..."

    [[zero.choices]]
    text = "..."
    right = true
    why = "..."
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from llm_lessons.foundation.checks import checked
from llm_lessons.foundation.paths import PACKAGE
from llm_lessons.lessons import LESSONS


@dataclass(frozen=True)
class Choice:
    """One answer that a question offers.

    Attributes:
        text: what the learner picks.
        right: whether it is right.
        why: why it is right or wrong.
    """

    text: str
    right: bool
    why: str

    @property
    def why_alone(self) -> str:
        """The explanation without the sentences that lead on in the lesson."""
        sentences = re.split(r"(?<=[.!?]) ", self.why)
        kept = [
            sentence
            for sentence in sentences
            if not re.search(r"\bbelow\b", sentence, re.I)
        ]
        return " ".join(kept)


@dataclass(frozen=True)
class Question:
    """A question with its choices, in the order in which they are shown.

    Attributes:
        name: such as "04.zero".
        text: one or two sentences.
    """

    name: str
    text: str
    choices: tuple[Choice, ...]


def read_questions(path: Path, number: str) -> tuple[Question, ...]:
    """The questions with choices in a lesson's file, or in one of its form.

    Args:
        number: the lesson's, with which their names begin: "04".
    """
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Question(
            f"{number}.{name}",
            table["question"],
            tuple(Choice(**choice) for choice in table["choices"]),
        )
        for name, table in tables.items()
        if "choices" in table
    )


QUESTIONS: tuple[Question, ...] = tuple(
    question
    for number, lesson in enumerate(LESSONS)
    for question in read_questions(
        PACKAGE / "lessons" / lesson / "questions.toml", f"{number:02}"
    )
)


@checked()
def question(name: str) -> Question:
    """The question of this name, for example "04.zero".

    Raises:
        ValueError: there is none of that name; lists those that there are.
    """
    for candidate in QUESTIONS:
        if name == candidate.name:
            return candidate
    known = ", ".join(quiz.name for quiz in QUESTIONS)
    raise ValueError(f"There is no question {name!r}; there are {known}.")
