"""What a training together wants to know: `list`, one that TrainYourOwn offers.

A model learns it with the names of the room, and then follows the thumbs of the room.
"""

from llm_lessons.lessons.training.lists import lists
from llm_lessons_room.parts.plan import Kind, Planned, Shown, Tell, is_text


def _train_together(step: Planned, tell: Tell) -> Shown:
    return Shown({"lines": list(lists()[step.own["list"]])})


def _fits(step: Planned) -> None:
    if step.own["list"] not in lists():
        raise ValueError(f"`list` is one of {', '.join(lists())}.")


KINDS = {"train_together": Kind(_train_together, needs={"list": is_text}, fits=_fits)}
