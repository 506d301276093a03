"""What all answers to a step add up to, and its rules.

They are added up when somebody is sent the payload, some times a second however many
answer. Answers lie by slot, which is the round, but for the ten questions: those of
before and after the evening are one tally with two slots.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any, ClassVar

from llm_lessons_room.parts.hiding import Hidden
from llm_lessons_room.parts.step import TALK, Moment, Step
from llm_lessons_room.parts.values import Bad, field

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

    # the rules of a kind

    @classmethod
    def moments(cls, shown: Mapping[str, Any], part: str | None) -> tuple[Moment, ...]:
        """The moments of a step.

        Args:
            shown: by the step.
            part: of what two steps share, with others between: "first" or "again".
        """
        return cls.MOMENTS

    @classmethod
    def name(cls, step: Step) -> str:
        """What is asked in two steps has one name for both."""
        return f"step {step.of or step.id}"

    @classmethod
    def slot(cls, step: Step, number: int) -> int:
        """Where the answers of a round of a step lie."""
        return number

    @classmethod
    def half(cls, seat: int) -> int:
        """1 for a seat that may write steps, or gets the note; else 0."""
        return int(seat % 2 == cls.HALF)

    def checked(self, value: Any) -> Any:
        """A phone's answer as it is counted and kept.

        Raises:
            Bad: it is none.
        """
        raise Bad("Nothing is asked.")

    def written(self, value: Any) -> str:
        """What of an answer somebody wrote, or may have written; "" for all else."""
        return ""

    # what was answered

    def of(self, slot: int) -> dict[int, Any]:
        """The answers of a round, by the seats' numbers."""
        return self.answers.setdefault(slot, {})

    def put(self, slot: int, seat: int, value: Any) -> None:
        """Count an answer, instead of the one that came from there before."""
        self.of(slot).pop(seat, None)
        self.of(slot)[seat] = value

    def payload(self, moment: Moment, slot: int) -> Payload:
        """What screens, leaders and, once it is closed, phones are sent of it."""
        return {"answered": self.answered(slot)} | self._payload(moment, slot)

    def answered(self, slot: int) -> int:
        """How many have answered, and are done with it."""
        return len(self.of(slot))

    def _payload(self, moment: Moment, slot: int) -> Payload:
        return {}


def texts(tally: Tally, slot: int) -> list[dict[str, Any]]:
    """What phones wrote in a round, the latest last, for the leader."""
    hidden = tally.hidden
    return [
        {
            "seat": seat,
            "text": text,
            "hidden": hidden.hides(seat, text),
            "marked": hidden.marks(text),
        }
        for seat, value in list(tally.of(slot).items())[-TEXTS:]
        if (text := tally.written(value))
    ]


class Texts(Tally):
    """One text from each phone, and how often each came."""

    KEY: ClassVar[str] = ""  # of the text in an answer

    def checked_text(self, text: Any) -> str:
        """The text as it is counted; Bad if it is none."""
        raise NotImplementedError

    def checked(self, value: Any) -> dict[str, str]:
        return {self.KEY: self.checked_text(field(value, self.KEY))}

    def _seen(self) -> tuple[dict[str, int], int]:
        """How often each text came that is seen, and how many texts are hidden."""
        texts = {seat: value[self.KEY] for seat, value in self.of(1).items()}
        shown = [t for seat, t in texts.items() if not self.hidden.hides(seat, t)]
        return dict(Counter(shown)), len(texts) - len(shown)
