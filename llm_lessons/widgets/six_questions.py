"""The six questions, for who learns alone: before the lessons and after them."""

from collections.abc import Iterator
from typing import Any

import traitlets
from anywidget import AnyWidget

from llm_lessons.foundation.checks import Refusal, checked
from llm_lessons.lessons.survey import ANSWER, ASKED, CHOSEN, JUDGED, TRUST, WRITTEN
from llm_lessons.widgets.assets import assets

BEFORE, AFTER = "before", "after"


class SixQuestions(AnyWidget):
    """Six questions, one after another; what is right it says after the second time.

    What somebody answers stays in their browser: it is in no trait, so neither a kernel
    nor a saved notebook has it.

    Args:
        when: "before" the lessons or "after" them. After them it begins with the second
            time, whoever skipped the first.

    Raises:
        ValueError: it is another time.
    """

    _esm, _css = assets("six_questions")

    _when = traitlets.Unicode().tag(sync=True)
    _asked = traitlets.List().tag(sync=True)  # as `_questions` makes them

    @checked()
    def __init__(self, when: str = BEFORE):
        if when not in (BEFORE, AFTER):
            raise Refusal(f"when must be before or after; it was {when!r}.")
        super().__init__(_when=when, _asked=[*_questions()])

    def __repr__(self) -> str:
        asked = (one["question"] for one in self._asked)
        return "\n".join(f"{number}. {text}" for number, text in enumerate(asked, 1))


def _questions() -> Iterator[dict[str, Any]]:
    """Each with its name, what is right, and why."""
    yield {"name": WRITTEN, "question": ASKED[WRITTEN], "why": ANSWER}
    yield {"name": TRUST, "question": ASKED[TRUST], "answers": JUDGED}
    for one in CHOSEN:
        (right,) = (place for place, choice in enumerate(one.choices) if choice.right)
        yield {
            "name": one.name.partition(".")[2],
            "question": one.text,
            "choices": [choice.text for choice in one.choices],
            "right": right,
            "why": one.choices[right].why,
        }
