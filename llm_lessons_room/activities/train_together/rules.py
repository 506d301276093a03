"""The rules where the room trains a model: a name from each phone, then its thumbs."""

from typing import Any

from llm_lessons_room.parts.hiding import Hidden
from llm_lessons_room.parts.step import ASKED, OPEN, REVEAL, SHOWN, Moment, Step
from llm_lessons_room.parts.tally import Payload, Tally
from llm_lessons_room.parts.values import Bad, field, word

UNREADABLE = "\ufffd"  # stands for a letter that was lost: no list to learn has it


class TrainTogether(Tally):
    """A name from each phone, and the model that learns them."""

    # names, the training, its model; and once more by thumbs
    MOMENTS = (*ASKED, Moment(SHOWN, 2), Moment(REVEAL, 2))

    def __init__(self, step: Step):
        super().__init__(step)
        self.hidden = Hidden(by_people=True)
        self.listed = [str(line) for line in step.shown["lines"]]  # learned with them
        self.standing: Payload = {}  # of the training, as `run` tells it; it isn't kept

    def checked(self, value: Any) -> dict[str, str]:
        """A name that a model can learn."""
        name = word(field(value, "name"))
        if UNREADABLE in name:
            raise Bad("That can't be read.")
        return {"name": name}

    def written(self, value: Any) -> str:
        return value["name"]

    def names(self) -> list[str]:
        """Different names in their order, without those that are hidden one by one.

        What is hidden all at once is still learned, and shown again soon.
        """
        hidden = self.hidden
        seen = [
            value["name"]
            for seat, value in self.of(1).items()
            if seat not in hidden.seats and not hidden.hides_text(value["name"])
        ]
        return list(dict.fromkeys(seen))

    def answered(self, slot: int) -> int:
        """How many gave a name; by thumbs, how many judged in the last step."""
        return super().answered(slot) if slot < 2 else self.standing.get("phones", 0)

    def _payload(self, moment: Moment, slot: int) -> Payload:
        return {} if moment.phase == OPEN else self.standing


KINDS = {"train_together": TrainTogether}
