"""A question before the reveal: one click, and every choice explains itself."""

from collections.abc import Mapping
from typing import Any

import anywidget
import traitlets

from llm_lessons.widgets.assets import assets


class Predict(anywidget.AnyWidget):
    """A question with choices; the learner picks one, reads why, and may pick again.

    Attributes:
        question: the question.
        chosen: the text of the choice picked last, or None.
    """

    _esm, _css = assets("predict")

    question = traitlets.Unicode().tag(sync=True)
    chosen = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    _choices = traitlets.List().tag(sync=True)  # [text, is it right, explanation]

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


def predict(question: str, choices: Mapping[str, tuple[bool, str]]) -> Predict:
    """Ask for a prediction before the lesson shows the answer.

    Args:
        question: one or two sentences.
        choices: each choice's text, and with it whether it is right and why; every
            choice, right or wrong, gets its own explanation.

    Raises:
        ValueError: no choice is right, or none is wrong, or one lacks its explanation.
    """
    if not question.strip():
        raise ValueError("A prediction needs a question; it was empty.")
    rights = [right for right, _ in choices.values()]
    if not (any(rights) and not all(rights)):
        raise ValueError(
            "A prediction needs at least one right and one wrong choice; "
            f"this one has {sum(rights)} right of {len(rights)}."
        )
    for text, (_, why) in choices.items():
        if not (text.strip() and why.strip()):
            raise ValueError(f"The choice {text!r} needs a text and an explanation.")
    return Predict(
        question=question,
        _choices=[[text, right, why] for text, (right, why) in choices.items()],
    )
