"""Training together: a name from each phone, then its thumbs."""

from typing import Any

from llm_lessons_room.parts.hiding import Hidden
from llm_lessons_room.parts.step import ASKED, OPEN, REVEAL, SHOWN, Moment, Step
from llm_lessons_room.parts.tally import Payload, Tally
from llm_lessons_room.parts.values import BadAnswer, clean_word, field_of

UNREADABLE = "\ufffd"  # stands for a letter that was lost: no list to learn has it


class TrainTogether(Tally):
    # names, the training, its model; and once more by thumbs
    MOMENTS = (*ASKED, Moment(SHOWN, 2), Moment(REVEAL, 2))

    def __init__(self, step: Step):
        super().__init__(step)
        self.hidden = Hidden(by_people=True)
        self.listed = [str(line) for line in step.shown["lines"]]  # learned with them
        self.state: Payload = {}  # of the training, as `run` has it; it isn't saved

    def validate(self, value: Any) -> dict[str, str]:
        name = clean_word(field_of(value, "name"))
        if UNREADABLE in name:
            raise BadAnswer("That can't be read.")
        return {"name": name}

    def text_of(self, value: Any) -> str:
        return value["name"]

    def names(self) -> list[str]:
        """Different names in their order, without those that are hidden one by one.

        What is hidden all at once is still learned, and shown again soon.
        """
        hidden = self.hidden
        visible = [
            value["name"]
            for seat, value in self.answers_in(1).items()
            if seat not in hidden.seats and not hidden.hides_text(value["name"])
        ]
        return list(dict.fromkeys(visible))

    def answered(self, slot: int) -> int:
        """How many gave a name; by thumbs, how many judged in the last step."""
        return super().answered(slot) if slot < 2 else self.state.get("phones", 0)

    def _payload(self, moment: Moment, slot: int) -> Payload:
        return {} if moment.phase == OPEN else self.state


KINDS = {"train_together": TrainTogether}
