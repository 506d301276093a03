"""Boxes for an exercise without code: what is typed there becomes a value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from llm_lessons.lessons.checking.answers import Wrong, as_letter, as_number

_QUOTES = (('"', '"'), ("'", "'"), ("“", "”"))


@dataclass(frozen=True)
class Box:
    """A box to type some words into.

    Attributes:
        label: what stands above it.
        answer: one that is right, as it would be typed.
    """

    label: str
    answer: str

    @property
    def choices(self) -> Mapping[str, str]:
        """Letters to choose from, each with what it stands for; none to type freely."""
        return {}

    @property
    def solution(self) -> str:
        """The right answer, behind the first words of the label."""
        return f"{self.label.partition(':')[0]}: {self.answer}"

    def read(self, typed: Any) -> Any:
        """The words, without quotation marks around all of them."""
        if not isinstance(typed, str):
            raise Wrong(f"“{self.label}” should be some words.")
        text = typed.strip()
        is_quoted = len(text) > 1 and (text[0], text[-1]) in _QUOTES
        return text[1:-1] if is_quoted else typed


@dataclass(frozen=True)
class Number(Box):
    """A box for a number."""

    def read(self, typed: Any) -> float:
        """A number such as 0.5, "0,5", "50 %" or "$3"."""
        if not isinstance(typed, str):
            return as_number(typed, self.label)
        text = "".join(typed.split()).removeprefix("$").replace("\u2212", "-")
        digits = text.removesuffix("%").replace(",", "." if "." not in text else "")
        try:
            number = float(digits) / (100 if text.endswith("%") else 1)
            return as_number(number, self.label)
        except (ValueError, Wrong):
            raise Wrong(
                f"“{typed.strip()[:40]}” is no number. Write it in digits, such as 12 "
                "or 0.5."
            ) from None


@dataclass(frozen=True)
class Choice(Box):
    """A choice of letters, each of which stands for something."""

    letters: Mapping[str, str]

    @property
    def choices(self) -> Mapping[str, str]:
        """Those letters."""
        return self.letters

    def read(self, typed: Any) -> str:
        """The letter, in capitals."""
        return as_letter(typed, self.label, "".join(self.letters))
