"""A training from one step to the next: batches for phones, and their gradients.

Nothing here waits, sends or asks for the time.
"""

from collections.abc import Hashable, Iterable
from typing import Any

from llm_lessons_room.activities.train_together import averaging, frames, model
from llm_lessons_room.activities.train_together.averaging import Contribution

# How far a step turns a weight, and the steps in which that rises: after a hundred or
# two, names of a list of 150 come by heart.
RATE, WARM_UP = 0.005, 20
# After ten or twenty rounds of thumbs that agree, it writes little else.
RATE_BY_THUMBS = 0.002
PATIENCE, PATIENCE_BY_THUMBS = 1.0, 20.0  # seconds that a step waits for phones
MAX_STEPS = 400  # then it stops by itself


def rate_of(step: int) -> float:
    """The learning rate of a step, counted from 0."""
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
        self.weights = averaging.init_weights(first)
        # of each step, nats; by thumbs, the share of those that were down
        self.losses: list[float] = []
        self._owed: dict[Phone, int] = {}  # of which step
        self._awaited: set[Phone] = set()
        self._contributions: list[Contribution] = []
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
        return self.step >= MAX_STEPS

    @property
    def is_complete(self) -> bool:
        """Whether there are gradients, and no phone is waited for."""
        return bool(self._contributions) and not self._awaited

    def frame(self, lines: int = frames.NO_LINES) -> bytes:
        """The weights now, with the batch that is to be read, if any."""
        return frames.weights(self.number, self.step, lines, self.weights.values)

    def frames_for_screen(self) -> list[bytes]:
        """The frames for a new screen: by thumbs, first the weights before them."""
        if self.before is None or not self.step:
            return [self.frame()]
        first = self.before.weights.values
        return [frames.weights(self.number, 0, frames.NO_LINES, first), self.frame()]

    def send_batches(self, phones: Iterable[Phone]) -> list[tuple[Phone, bytes]]:
        """The frames that begin a step: another batch for each phone that owes none."""
        batches = []
        for phone in phones:
            if phone not in self._owed:
                batches.append((phone, self.frame(self._batches)))
                self._batches += 1
                self._owed[phone] = self.step
                self._awaited.add(phone)
        return batches

    def receive(self, phone: Phone, raw: bytes) -> bool:
        """Take a gradient; False where nobody asked for it, or it is none.

        One of an earlier step, or of a training before this one, comes too late to
        count, and is no fault. But late thumbs count: people are slow, and a step of
        those is small.
        """
        if frames.is_of_other_run(raw, self.number):
            return True
        step = self._owed.pop(phone, None)
        self._awaited.discard(phone)
        if step is None:
            return False
        gradient = frames.gradient_in(raw, len(self.weights.values))
        if gradient is None or gradient.step != step:
            self._refused += 1
            return False
        if step == self.step or self.before is not None:
            self._contributions.append(gradient.contribution)
        return True

    def cancel_all(self) -> None:
        """Let no phone owe anything: they may have stopped calculating."""
        self._owed.clear()
        self._awaited.clear()

    def leave(self, phone: Phone) -> None:
        self._owed.pop(phone, None)
        self._awaited.discard(phone)

    def finish_step(self) -> bool:
        """Make a step of what has come, without late phones; whether there was any."""
        late, self._awaited = len(self._awaited), set()
        if not self._contributions:
            return False
        self._phones, self._late = len(self._contributions), late
        total, rate, loss = self._aggregate()
        self._contributions = []
        self._shortened += total.shortened
        self._letters += total.letters
        self.losses.append(loss)
        if total.gradient.any():  # else AdamW would go on by its momentum
            self.weights = averaging.adam_step(self.weights, total.gradient, rate)
        return True

    def _aggregate(self) -> tuple[averaging.Aggregate, float, float]:
        """The aggregate, its learning rate, and the step's loss."""
        total = averaging.aggregate(self._contributions)
        if self.before is None:
            return total, rate_of(self.step), total.loss
        down = [min(1.0, contribution.loss) for contribution in self._contributions]
        return total, RATE_BY_THUMBS, sum(down) / len(down)

    def state(self) -> dict[str, Any]:
        """The payload for phones and screens."""
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
