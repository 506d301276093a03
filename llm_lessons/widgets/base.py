"""What widgets have in common: controls, those that a model answers, and names."""

import html
import re
from collections.abc import Mapping
from typing import Any, ClassVar
from zlib import crc32

import traitlets
from anywidget import AnyWidget
from IPython.core.getipython import get_ipython

from llm_lessons.foundation import diary
from llm_lessons.language_model import LanguageModel
from llm_lessons.widgets.questions import Question, answer, answered
from llm_lessons_starter.too_early import id_of_cell, notebook_of

FJORD = "fjord"  # which read Fjordby, and has its own weights


class Kept(AnyWidget):
    """A widget whose page keeps what a learner made in it, while its notebook is open.

    So a cell that runs again begins with that. Kept are all of its public traits but
    those in `loses`, which only a kernel holds: for these a line says what was lost.
    """

    loses: ClassVar[tuple[str, ...]] = ()
    _place = traitlets.Unicode().tag(sync=True)  # empty where nothing tells the cell
    _keeps = traitlets.List(traitlets.Unicode()).tag(sync=True)
    _loses = traitlets.List(traitlets.Unicode()).tag(sync=True)

    @traitlets.default("_place")
    def _place_of_its_cell(self) -> str:
        """The notebook, the cell, its code and the class: other code, another toy."""
        shell: Any = get_ipython()
        cell = id_of_cell(shell)
        if cell is None:
            return ""
        code = crc32(shell.get_parent()["content"]["code"].encode())
        return f"{notebook_of(shell)}#{cell}:{type(self).__name__}:{code:x}"

    @traitlets.default("_keeps")
    def _kept_traits(self) -> list[str]:
        names = self.trait_names(sync=True)
        hosts = AnyWidget.class_trait_names(sync=True)
        public = (name for name in names if not name.startswith("_"))
        return sorted(set(public) - {*hosts, *self.loses})

    @traitlets.default("_loses")
    def _lost_traits(self) -> list[str]:
        return list(self.loses)


class Control(Kept):
    """A widget of which the diary notes that somebody moved it.

    No controls are a quiz and an exercise, which note their own names, and what prints
    a page or measures.
    """

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Called by Jupyter with the changes that come from the page."""
        super().set_state(sync_data)
        diary.note_here("controls", type(self).__name__)


class ModelWidget(Control):
    """A widget whose questions go to a model, its attribute `_lm`.

    In a notebook the kernel answers them, see `widgets/questions.py`. In a page there
    is no Python: there `web/answers` does, if a script brings a model of this name
    along.
    """

    _lm: Any
    _lm_name = traitlets.Unicode().tag(sync=True)
    _in_page = traitlets.Bool(False).tag(sync=True)  # does the page itself answer
    # By the places of the toy: what is asked there, and what was answered last.
    _questions = traitlets.Dict().tag(sync=True)
    _answers = traitlets.Dict().tag(sync=True)

    @traitlets.default("_lm_name")
    def _name_of_the_model(self) -> str:
        return str(getattr(self._lm, "name", ""))

    def _begin_with(self, place: str, question: Question, value: Any) -> None:
        """A question with its answer, from the beginning."""
        self._answers = {**self._answers, place: answer(question, value)}
        self._questions = {**self._questions, place: question}

    @traitlets.observe("_questions")
    def _on_questions(self, change: Any) -> None:
        for place, question in change.new.items():
            last = self._answers.get(place, {})
            if last.get("heard") != question:
                new = answered(self._lm, question, last)
                self._answers = {**self._answers, place: new}

    def _change(self, traits: Mapping[str, Any]) -> None:
        """Give several traits their values; the page hears of them together."""
        with self.hold_sync():
            for name, value in traits.items():
                self.set_trait(name, value)


class OriginsWidget(ModelWidget):
    """A widget with a button "Where did that come from?" below what Fjord writes."""

    _has_origins = traitlets.Bool(False).tag(sync=True)

    @traitlets.default("_has_origins")
    def _is_fjord(self) -> bool:
        return isinstance(self._lm, LanguageModel) and self._lm.name == FJORD


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


def with_code(text: str) -> str:
    """A text as HTML, what stands between backquotes as code."""
    return re.sub(r"`(.+?)`", r"<code>\1</code>", html.escape(text))
