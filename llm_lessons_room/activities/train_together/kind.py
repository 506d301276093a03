"""A training step: a deck gives `list`, one that TrainYourOwn offers.

A model learns it with the names of the room, and then follows the thumbs of the room.
"""

from llm_lessons.lessons.training.lists import lists
from llm_lessons_room.parts.plan import Kind, Planned, Shown, Translate, is_text


def _show(step: Planned, translate: Translate) -> Shown:
    return Shown({"lines": list(lists()[step.own["list"]])})


def _check(step: Planned) -> None:
    if step.own["list"] not in lists():
        raise ValueError(f"`list` is one of {', '.join(lists())}.")


KINDS = {"train_together": Kind(_show, needs={"list": is_text}, check=_check)}
