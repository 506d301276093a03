"""A tally of one text from each phone, and how often each came."""

from collections import Counter
from typing import Any, ClassVar

from llm_lessons_room.parts.step import Step
from llm_lessons_room.parts.tally import Tally
from llm_lessons_room.parts.values import field, texts


class Texts(Tally):
    """One text from each phone, and how often each came.

    Attributes:
        KEY: of the text in an answer.
    """

    KEY: ClassVar[str] = ""

    def __init__(self, step: Step):
        super().__init__(step)
        self._counts: Counter[str] = Counter()

    def checked_text(self, text: Any) -> str:
        """The text as it is counted; Bad if it is none."""
        raise NotImplementedError

    def checked(self, value: Any) -> dict[str, str]:
        return {self.KEY: self.checked_text(field(value, self.KEY))}

    def checked_paper(self, number: int, value: Any) -> dict[str, int]:
        return texts(value, self.checked_text)

    def on_paper(self, value: Any) -> int:
        return sum(value.values())

    def _count(self, slot: int, seat: int, value: Any, by: int) -> None:
        text = value[self.KEY]
        self._counts[text] += by
        if not self._counts[text]:  # a phone may try thousands
            del self._counts[text]

    def _seen(self) -> tuple[dict[str, int], int]:
        paper = self.typed.get(1)
        return self.hidden.out_of(self._counts, self.of(1), self.KEY, paper)
