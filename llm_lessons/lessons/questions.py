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
        kept = [one for one in sentences if not re.search(r"\bbelow\b", one, re.I)]
        return " ".join(kept)


@dataclass(frozen=True)
class Question:
    """A question with its choices, in the order in which they are shown.

    Attributes:
        name: such as "04.zero".
        text: one or two sentences.

    Raises:
        ValueError: there is no text, no choice is right, or none is wrong, or one lacks
            its text or its explanation, or two have the same text.
    """

    name: str
    text: str
    choices: tuple[Choice, ...]

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("a question needs a text; it was empty.")
        rights = [one.right for one in self.choices]
        if not (any(rights) and not all(rights)):
            raise ValueError(
                "a question needs at least one right and one wrong choice; "
                f"this one has {sum(rights)} right of {len(rights)}."
            )
        for one in self.choices:
            if not (one.text.strip() and one.why.strip()):
                raise ValueError(
                    f"the choice {one.text!r} needs a text and an explanation."
                )
        if len({one.text for one in self.choices}) < len(self.choices):
            raise ValueError("two of its choices have the same text.")


def read_questions(path: Path, number: str) -> tuple[Question, ...]:
    """The questions in a lesson's file.

    Args:
        number: the lesson's, with which their names begin: "04".

    Raises:
        ValueError: the file is no TOML, or a question in it is not a fair one; names
            the file and the question.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path} is no TOML: {error}.") from error
    return tuple(_question(path, number, name, tables[name]) for name in tables)


def _question(path: Path, number: str, name: str, table: object) -> Question:
    place = f"In {path}, [{name}]: "
    match table:
        case {"question": str(text), "choices": [*choices], **others} if not others:
            pass
        case _:
            raise ValueError(f"{place}a question has `question` and `choices`.")
    try:
        return Question(f"{number}.{name}", text, tuple(map(_choice, choices)))
    except ValueError as error:
        raise ValueError(f"{place}{error}") from error


def _choice(table: object) -> Choice:
    match table:
        case {"text": str(text), "right": bool(right), "why": str(why), **others}:
            if not others:
                return Choice(text, right, why)
    raise ValueError(
        "a choice has `text` and `why`, which are texts, and `right`, true or false."
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
    for one in QUESTIONS:
        if name == one.name:
            return one
    known = ", ".join(one.name for one in QUESTIONS)
    raise ValueError(f"There is no question {name!r}; there are {known}.")
