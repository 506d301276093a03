"""What all answers to a step add up to, and its rules.

They are added up when it is told, some times a second however many answer. Answers lie
by slot, which is the round, but for the ten questions: those of before and after the
evening are one tally with two slots.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any, ClassVar

from llm_lessons_room.parts.hiding import Hidden
from llm_lessons_room.parts.step import TALK, TWICE, Moment, Step
from llm_lessons_room.parts.values import Bad, field, whole

Told = dict[str, Any]
TEXTS = 60  # texts of phones that are told, the latest


class Tally:
    """The answers to one step, in any language. This one asks nothing."""

    MOMENTS: ClassVar[tuple[Moment, ...]] = TALK  # see also `moments`
    TIMED: ClassVar[bool] = False  # whether a countdown ends it though nobody answers
    FINAL: ClassVar[bool] = False  # whether a phone's first answer is its last
    # whether a phone is told in the second round what it said in the first
    FIRST: ClassVar[bool] = False
    # 0 or 1, what is left of the numbers of seats, divided by 2, of those that may
    # write steps, or get a note; None for nobody
    HALF: ClassVar[int | None] = None
    LARGE: ClassVar[bool] = False  # whether what a phone wrote may fill the screen
    LONG: ClassVar[tuple[str, ...]] = ()  # what is told to screens and leaders alone

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

    def told(self, moment: Moment, slot: int) -> Told:
        """What the screen gets of it."""
        return {"answered": self.answered(slot)} | self._told(moment)

    def answered(self, slot: int) -> int:
        """How many have answered, and are done with it."""
        return len(self.of(slot))

    def _told(self, moment: Moment) -> Told:
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


class Choices(Tally):
    """One choice of several, twice."""

    MOMENTS = TWICE
    FIRST = True

    def __init__(self, step: Step):
        super().__init__(step)
        self._size = len(step.shown["choices"])

    def checked(self, value: Any) -> int:
        return whole(value, 0, self._size - 1)

    def counts(self, slot: int) -> list[int]:
        """How many phones chose each."""
        chosen = Counter(self.of(slot).values())
        return [chosen[n] for n in range(self._size)]


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
