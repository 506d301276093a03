"""Another model on this computer, to be picked for the lessons: a list, and one choice.

Only headers are read for the list. What is picked is kept in the learner's own file.
"""

from typing import Any

import traitlets

from llm_lessons.language_model import another
from llm_lessons.language_model.on_disk import memory
from llm_lessons.language_model.on_disk.listing import FoundModel
from llm_lessons.widgets.assets import assets
from llm_lessons.widgets.base import Control


class ModelPicker(Control):
    """The models on this computer that did not come with the lessons, one to pick.

    Attributes:
        chosen: the name of the one that is picked; "" for none.
    """

    _esm, _css = assets("model_picker")

    chosen = traitlets.Unicode().tag(sync=True)
    # [name, what it is, why it can't run, or ""]
    _rows = traitlets.List().tag(sync=True)
    _free = traitlets.Unicode().tag(sync=True)
    _how = traitlets.Unicode().tag(sync=True)  # one gets another; `code`
    _asked = traitlets.Int(0).tag(sync=True)  # how often the page asked to look again
    _looked = traitlets.Int(0).tag(sync=True)  # the last time that Python did
    _kept = traitlets.List().tag(sync=True)  # [what Python keeps, is it on the disk]

    def __init__(self) -> None:
        super().__init__(_how=another.HOW)
        self._look()
        self.chosen = another.picked() or ""
        self._kept = [self.chosen, True]
        self.observe(self._on_chosen, "chosen")
        self.observe(self._look, "_asked")

    def __repr__(self) -> str:
        rows = [
            f"  [{'x' * (self.chosen == name) or ' '}] {name}: {what}{no and '. '}{no}"
            for name, what, no in self._rows
        ]
        return "\n".join(["Another model for the lessons:", *rows])

    def _look(self, change: Any = None) -> None:
        found = another.others()
        free = memory.free()
        with self.hold_sync():
            self._rows = [_row(one) for one in found]
            self._free = "" if free is None else f"{free / 1e9:.1f} GB"
            self._looked = self._asked

    @traitlets.validate("chosen")
    def _check_chosen(self, proposal: Any) -> str:
        able = ["", *(name for name, _, no in self._rows if not no)]
        if proposal.value in able or proposal.value == another.picked():
            return proposal.value
        raise ValueError(f"{proposal.value!r} can't be picked; what can is {able}.")

    def _on_chosen(self, change: Any) -> None:
        self._kept = [change.new, another.pick(change.new or None)]


def _row(one: FoundModel) -> list[str]:
    _, architecture, count, size, needs, verdict = one.cells()
    parts = f"{count} parameters" if count != "?" else ""
    room = f"needs {needs} of memory" if one.room else ""
    kind = "" if architecture == "?" else architecture
    told = [kind, parts, f"{size} on disk", room]
    no = "" if one.runs else one.trouble
    slow = verdict.removeprefix("yes, ") if one.runs and verdict != "yes" else ""
    return [one.name, ", ".join(filter(None, [*told, slow])), no]
