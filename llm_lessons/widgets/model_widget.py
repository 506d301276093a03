"""What widgets have in common that a model answers."""

from collections.abc import Mapping
from typing import Any

import traitlets

from llm_lessons.widgets.control import Control


class ModelWidget(Control):
    """A widget whose questions go to a model, its attribute `_lm`.

    In a notebook the widget's class asks it. In a page there is no Python: there the
    module of `web/answers` for this class does, if a script brings a model of this name
    along.
    """

    _lm: Any
    _lm_name = traitlets.Unicode().tag(sync=True)
    _in_page = traitlets.Bool(False).tag(sync=True)  # does the page itself answer

    @traitlets.default("_lm_name")
    def _name_of_the_model(self) -> str:
        return str(getattr(self._lm, "name", ""))

    def _change(self, traits: Mapping[str, Any]) -> None:
        """Give several traits their values; the page hears of them together."""
        with self.hold_sync():
            for name, value in traits.items():
                self.set_trait(name, value)


class TypedWidget(ModelWidget):
    """A widget that goes on from a text, and a box in which a learner types another.

    A text that is refused raises nothing once the widget is there: the sentence of the
    refusal stands below the box, all else stays, and the learner goes on.
    """

    _shown = traitlets.Unicode(None, allow_none=True).tag(sync=True)  # of all below it
    _heard = traitlets.Unicode(None, allow_none=True).tag(sync=True)  # last one read
    _message = traitlets.Unicode().tag(sync=True)  # why `_heard` was refused

    def _read_text(self, text: str) -> dict[str, Any]:
        """The traits that another text changes.

        Raises:
            ValueError: it means nothing, or there is no room for it.
        """
        raise NotImplementedError

    def _begun_with(self, text: str) -> dict[str, Any]:
        """All traits of a text that is shown; raises what `_read_text` raises."""
        told = {"_shown": text, "_heard": text, "_message": ""}
        return {**self._read_text(text), **told}

    def _answer_to(self, text: str) -> dict[str, Any]:
        """The same, or the refusal as a sentence for the learner."""
        try:
            return self._begun_with(text)
        except ValueError as refusal:
            return {"_heard": text, "_message": str(refusal)}

    def _on_text(self, change: Any) -> None:
        self._change(self._answer_to(change.new))


def counted(proposal: Any, last: int) -> int:
    """A trait's proposed number, which counts from 0.

    Raises:
        ValueError: it goes beyond the last.
    """
    if not 0 <= proposal.value <= last:
        raise ValueError(
            f"{proposal.trait.name} goes from 0 to {last}; it was {proposal.value}."
        )
    return proposal.value
