"""What a learner moves is kept in their diary: one place, for all controls."""

from typing import Any

from anywidget import AnyWidget

from llm_lessons import diary


def note_moves(control: type[AnyWidget]) -> None:
    """Have the controls of this class be noted when the page changes one of them."""
    take = control.set_state

    def set_state(self: AnyWidget, sync_data: dict[str, Any]) -> None:
        # What Jupyter calls with the changes that come from the page.
        take(self, sync_data)
        diary.note_here("controls", control.__name__)

    setattr(control, "set_state", set_state)  # noqa: B010
