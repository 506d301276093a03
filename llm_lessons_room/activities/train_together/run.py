"""A training of a room from one step to the next: who reads what, and what counts.

Nothing here waits, sends or asks for the time.
"""

from collections.abc import Hashable, Iterable
from typing import Any

from llm_lessons_room.activities.train_together import averaging, frames, model
from llm_lessons_room.activities.train_together.averaging import Part

# How far a step turns a weight, and the steps in which that rises: after a hundred or
# two, names of a list of 150 come by heart.
RATE, WARM_UP = 0.005, 20
# After ten or twenty rounds of thumbs that agree, it writes little else.
RATE_BY_THUMBS = 0.002
PATIENCE, PATIENCE_BY_THUMBS = 1.0, 20.0  # seconds that a step waits for phones
MOST_STEPS = 400  # then it stops by itself


def rate_of(step: int) -> float:
    """How far a step turns a weight, counted from 0."""
    return RATE * min(1.0, (step + 1) / WARM_UP)


class Run[Phone: Hashable]:
    """A training.

    A phone owes a gradient from when it gets weights until it sends one. While it owes
    one, it gets no others and nobody waits for it beyond that one step: a locked phone
    holds up the room once.

    Args:
        number: that no other training of this server has.
        listed, names: lines of the evening, and of the room.
        before: a training of the same lines that goes on here, by thumbs up and down.
    """

    def __init__(
        self,
        number: int,
        listed: list[str],
        names: list[str],
        before: "Run[Phone] | None" = None,
    ):
        self.number, self.before = number, before
        lines = model.lines_of(listed, names)
        known = set(lines)
        self.names = [name for name in names if name in known]
        if before is None:
            first = model.first_weights(model.vocabulary(lines), number)
        else:
            first = before.weights.values
        self.weights = averaging.begun(first)
        # of each step, nats; by thumbs, the share of those that were down
        self.losses: list[float] = []
        self._owing: dict[Phone, int] = {}  # of which step
        self._awaited: set[Phone] = set()
        self._parts: list[Part] = []
        self._batches = self._letters = self._phones = self._late = 0
        self._shortened = self._refused = 0

    @property
    def step(self) -> int:
        return len(self.losses)

    @property
    def patience(self) -> float:
        """Seconds that a step waits for phones, or for who holds them."""
        return PATIENCE if self.before is None else PATIENCE_BY_THUMBS

    @property
    def is_over(self) -> bool:
        return self.step >= MOST_STEPS

    @property
    def is_complete(self) -> bool:
        """Whether something was found, and nobody is waited for."""
        return bool(self._parts) and not self._awaited

    def frame(self, lines: int = frames.NO_LINES) -> bytes:
        """The weights as they are now, to look at or to read these lines with."""
        return frames.weights(self.number, self.step, lines, self.weights.values)

    def seen(self) -> list[bytes]:
        """What a screen that comes is sent: by thumbs, first what was before them."""
        if self.before is None or not self.step:
            return [self.frame()]
        first = self.before.weights.values
        return [frames.weights(self.number, 0, frames.NO_LINES, first), self.frame()]

    def begin(self, here: Iterable[Phone]) -> list[tuple[Phone, bytes]]:
        """What is sent to whom as a step begins: other lines to each who owes none."""
        made = []
        for phone in here:
            if phone not in self._owing:
                made.append((phone, self.frame(self._batches)))
                self._batches += 1
                self._owing[phone] = self.step
                self._awaited.add(phone)
        return made

    def take(self, phone: Phone, raw: bytes) -> bool:
        """Take a gradient; False where nobody asked for it, or it is none.

        One of an earlier step, or of a training before this one, comes too late to
        count, and is no fault. But late thumbs count: people are slow, and a step of
        those is small.
        """
        if frames.is_of_another(raw, self.number):
            return True
        step = self._owing.pop(phone, None)
        self._awaited.discard(phone)
        if step is None:
            return False
        heard = frames.heard(raw, len(self.weights.values))
        if heard is None or heard.step != step:
            self._refused += 1
            return False
        if step == self.step or self.before is not None:
            self._parts.append(heard.part)
        return True

    def forgive(self) -> None:
        """Nobody owes anything: phones may have stopped what they were at."""
        self._owing.clear()
        self._awaited.clear()

    def leave(self, phone: Phone) -> None:
        """A phone is gone, or has come anew: it owes nothing."""
        self._owing.pop(phone, None)
        self._awaited.discard(phone)

    def close(self) -> bool:
        """Make a step of what was found, without those who are late; whether it was."""
        late, self._awaited = len(self._awaited), set()
        if not self._parts:
            return False
        self._phones, self._late = len(self._parts), late
        found, rate, loss = self._found()
        self._parts = []
        self._shortened += found.shortened
        self._letters += found.letters
        self.losses.append(loss)
        if found.gradient.any():  # else AdamW would go on by its momentum
            self.weights = averaging.turned(self.weights, found.gradient, rate)
        return True

    def _found(self) -> tuple[averaging.Sum, float, float]:
        """What the parts are together, how far a step turns, and the step's loss."""
        found = averaging.added_up(self._parts)
        if self.before is None:
            return found, rate_of(self.step), found.loss
        down = [min(1.0, part.loss) for part in self._parts]
        return found, RATE_BY_THUMBS, sum(down) / len(down)

    def standing(self) -> dict[str, Any]:
        """How it stands, for phones and screens."""
        return {
            "training": self.number,
            "names": self.names,
            "steps": self.step,
            "letters": self._letters,
            "losses": [round(loss, 4) for loss in self.losses],
            "phones": self._phones,
            "late": self._late,
            "shortened": self._shortened,
            "refused": self._refused,
            "over": self.is_over,
        }
