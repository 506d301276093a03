"""A tally: the answers to a step, its rules, and the payload that is sent of it.

Answers are counted when a payload is sent, some times a second however many come. They
lie by slot, which is the round, but for the survey: those of before the evening, after
it and later are one tally with three slots.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any, ClassVar

from llm_lessons_room.parts.hiding import Hidden
from llm_lessons_room.parts.step import TALK, Moment, Step
from llm_lessons_room.parts.values import BadAnswer, field_of

type Payload = dict[str, Any]
TEXTS = 60  # texts of phones that are sent, the latest


class Tally:
    """The answers to one step, in any language. This one asks nothing."""

    MOMENTS: ClassVar[tuple[Moment, ...]] = TALK  # see also `moments`
    TIMED: ClassVar[bool] = False  # whether a countdown ends it though nobody answers
    FINAL: ClassVar[bool] = False  # whether a phone's first answer is its last
    # whether a phone is sent in the second round what it answered in the first
    FIRST: ClassVar[bool] = False
    # 0 or 1, what is left of the numbers of seats, divided by 2, of those that may
    # write steps, or get a note; None for nobody
    HALF: ClassVar[int | None] = None
    LARGE: ClassVar[bool] = False  # whether what a phone wrote may fill the screen
    LONG: ClassVar[
        tuple[str, ...]
    ] = ()  # keys of the payload for screens and leaders alone

    def __init__(self, step: Step):
        self.step = step
        # slot → seat number → answer; who answered last stands last
        self.answers: dict[int, dict[int, Any]] = {}
        self.hidden = Hidden()
        self.sorted: dict[str, str] = {}  # by the leader: texts, as `folded` has them

    # the rules of a kind

    @classmethod
    def moments(cls, shown: Mapping[str, Any], part: str | None) -> tuple[Moment, ...]:
        """The moments of a step; `part` of two steps is "first" or "again"."""
        return cls.MOMENTS

    @classmethod
    def name(cls, step: Step) -> str:
        return f"step {step.of or step.id}"

    @classmethod
    def slot(cls, step: Step, number: int) -> int:
        return number

    @classmethod
    def half(cls, seat: int) -> int:
        """1 for a seat that may write steps, or gets the note; else 0."""
        return int(seat % 2 == cls.HALF)

    def validate(self, value: Any) -> Any:
        """A phone's answer as it is counted and saved; BadAnswer if it is none."""
        raise BadAnswer("Nothing is asked.")

    def text_of(self, value: Any) -> str:
        """The text in an answer; "" where nobody writes any."""
        return ""

    def sorted_as(self, text: str) -> str:
        """The kind of text that this is; "" where there are no kinds."""
        return ""

    def sort(self, text: str, kind: object) -> bool:
        """Let a text be of another kind; whether there is such a kind."""
        return False

    def people(self) -> list[dict[str, Any]]:
        """What each person answered, for the file that a leader saves; no seats."""
        return []

    # what was answered

    def answers_in(self, slot: int) -> dict[int, Any]:
        return self.answers.setdefault(slot, {})

    def record(self, slot: int, seat: int, value: Any) -> None:
        """Count an answer in place of the seat's earlier one."""
        self.answers_in(slot).pop(seat, None)
        self.answers_in(slot)[seat] = value

    def payload(self, moment: Moment, slot: int) -> Payload:
        """The payload for screens, leaders and, once it is closed, phones."""
        return {"answered": self.answered(slot)} | self._payload(moment, slot)

    def answered(self, slot: int) -> int:
        return len(self.answers_in(slot))

    def _payload(self, moment: Moment, slot: int) -> Payload:
        return {}


def written_texts(tally: Tally, slot: int) -> list[dict[str, Any]]:
    """The texts of a round, the latest last, for the leader."""
    hidden = tally.hidden
    return [
        {
            "seat": seat,
            "text": text,
            "hidden": hidden.hides(seat, text),
            "marked": hidden.marks(text),
            "sorted": tally.sorted_as(text),
        }
        for seat, value in list(tally.answers_in(slot).items())[-TEXTS:]
        if (text := tally.text_of(value))
    ]


class Texts(Tally):
    """One text from each phone, and how often each came."""

    KEY: ClassVar[str] = ""  # of the text in an answer

    def validate_text(self, text: Any) -> str:
        """The text as it is counted; BadAnswer if it is none."""
        raise NotImplementedError

    def validate(self, value: Any) -> dict[str, str]:
        return {self.KEY: self.validate_text(field_of(value, self.KEY))}

    def _count_texts(self) -> tuple[dict[str, int], int]:
        """How often each visible text came, and how many texts are hidden."""
        texts = {seat: value[self.KEY] for seat, value in self.answers_in(1).items()}
        shown = [t for seat, t in texts.items() if not self.hidden.hides(seat, t)]
        return dict(Counter(shown)), len(texts) - len(shown)
