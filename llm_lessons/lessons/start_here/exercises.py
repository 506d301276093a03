"""The exercise of the start page: a text that leaves the coin hardly a choice."""

from typing import Any

from llm_lessons.language_model.loading import load
from llm_lessons.lessons.checking.answers import Wrong
from llm_lessons.lessons.checking.checker import Exercise
from llm_lessons.text.pieces import visible

_SURE = 0.9  # the chance that the longest bar has to reach
_QUOTED = 40  # letters of a text that are repeated


def _examine_text(text: Any) -> str:
    if not isinstance(text, str):
        raise Wrong('`text` should be a text in quotes, such as "Once upon a time".')
    piece, chance = favourite(text, "text")
    share = f"{100 * chance:.0f}\u00a0%"
    seen = visible(piece)
    told = f"After “{text[-_QUOTED:]}” the longest bar is “{seen}”, with {share}"
    if chance < _SURE:
        raise Wrong(f"{told}. Which beginning leaves only one way to go on?")
    return (
        f"{told}. The coin has many sides even here, but one of them is huge. How "
        "large each of them is hangs on the text alone."
    )


def favourite(text: str, name: str) -> tuple[str, float]:
    """The likeliest token behind a learner's text, and its chance; or a finding."""
    try:
        [(piece, _, chance)] = load("fjord").next_token(text, top=1).rows
    except ValueError as refusal:
        raise Wrong(f"`{name}`: {refusal}") from None
    return piece, chance


EXERCISES = (
    Exercise(
        "00.1",
        "00.sure",
        aim="Find a text after which the model is nearly sure",
        task=(
            "Change the text in the toy at the top until its longest bar is over 90 %. "
            "Set `text` to what you found, in quotes."
        ),
        answers=["text"],
        examine=_examine_text,
        hints=[
            "Fjord has read many stories. How do they all begin?",
            "Take “Once upon a time”, and leave out its last word.",
        ],
        code='text = "Once upon a"\n',
    ),
)
