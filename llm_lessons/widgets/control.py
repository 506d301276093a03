"""What controls have in common: that a learner moved one is kept in their diary."""

from typing import Any

from anywidget import AnyWidget

from llm_lessons.foundation import diary


class Control(AnyWidget):
    """A widget of which the diary notes that somebody moved it.

    No controls are a quiz and an exercise, which note their own names, and what prints
    a page or measures.
    """

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Called by Jupyter with the changes that come from the page."""
        super().set_state(sync_data)
        diary.note_here("controls", type(self).__name__)
