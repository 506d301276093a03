"""A question before the reveal: one click, and every choice explains itself."""

from typing import Any

import traitlets

from llm_lessons.foundation import diary
from llm_lessons.foundation.checks import checked
from llm_lessons.lessons.glossary import words
from llm_lessons.lessons.questions import Question, question
from llm_lessons.widgets.assets import assets
from llm_lessons.widgets.base import Kept


class Predict(Kept):
    """A question with choices; the learner picks one, reads why, and may pick again.

    It also brings the glossary along: from then on, a link to one of its words in this
    notebook or page explains it.

    Attributes:
        question: the question.
        chosen: the text of the choice picked last, or None.
    """

    _esm, _css = assets("predict")

    question = traitlets.Unicode().tag(sync=True)
    chosen = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    _choices = traitlets.List().tag(sync=True)  # [text, is it right, explanation]
    _words = traitlets.List().tag(sync=True)  # of the glossary: [word, its meaning]

    @checked()
    def __init__(self, asked: Question):
        """Show a question of `llm_lessons.lessons.questions`, or one of your own."""
        self._name = asked.name
        choices = [[one.text, one.right, one.why] for one in asked.choices]
        super().__init__(
            question=asked.text, _choices=choices, _words=[*map(list, words())]
        )
        diary.open_lesson(asked.name[:2])
        self.observe(self._on_chosen, "chosen")

    def _on_chosen(self, change: Any) -> None:
        diary.note(self._name[:2], "guesses", self._name)

    def __repr__(self) -> str:
        texts = [f"  [ ] {text}" for text, _, _ in self._choices]
        return "\n".join([self.question, *texts])

    @traitlets.validate("chosen")
    def _check_chosen(self, proposal: Any) -> str | None:
        texts = [text for text, _, _ in self._choices]
        if proposal.value is None or proposal.value in texts:
            return proposal.value
        raise ValueError(
            f"{proposal.value!r} is none of the choices; they are {texts}."
        )


@checked()
def predict(name: str) -> Predict:
    """Ask for a prediction before the lesson shows the answer.

    Args:
        name: of a question in a lesson's `questions.toml`, for example "04.zero".

    Raises:
        ValueError: there is none of that name; lists those that there are.
    """
    return Predict(question(name))
