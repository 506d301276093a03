"""The exercise of the start page: a text that leaves the coin hardly a choice."""

from llm_lessons.language_model.loading import load
from llm_lessons.lessons.checking.answers import Wrong
from llm_lessons.lessons.checking.boxes import Box
from llm_lessons.lessons.checking.checker import Exercise
from llm_lessons.text.pieces import visible

_SURE = 0.9  # the chance that the longest bar has to reach
_QUOTED = 40  # letters of a text that are repeated


def _end_of(text: str) -> str:
    """A text's last words; that there are more before them is said."""
    if len(text) <= _QUOTED:
        return text
    cut = text[-_QUOTED:]
    return f"… {cut.partition(' ')[2] or cut}"


def _examine_text(text: str) -> str:
    piece, chance = favourite(text)
    share = f"{100 * chance:.0f}\u00a0%"
    seen = visible(piece)
    message = f"After “{_end_of(text)}” the longest bar is “{seen}”, with {share}"
    if chance < _SURE:
        raise Wrong(f"{message}. Which beginning leaves only one way to go on?")
    return (
        f"{message}. The coin has many sides even here, but one of them is huge. How "
        "large each of them is hangs on the text alone."
    )


def favourite(text: str) -> tuple[str, float]:
    """The likeliest token behind a learner's text, and its chance; or a finding."""
    try:
        [(piece, _, chance)] = load("fjord").next_token(text, top=1).rows
    except ValueError as refusal:
        raise Wrong(str(refusal)) from None
    return piece, chance


EXERCISES = (
    Exercise(
        "00.1",
        "00.sure",
        aim="Find a text after which the model is nearly sure",
        task=(
            "Change the text in the toy at the top until its longest bar is over 90 %. "
            "Type here what you found."
        ),
        answers={"text": Box("Your text", "Once upon a")},
        examine=_examine_text,
        hints=[
            "Fjord has read many stories. How do they all begin?",
            "Take “Once upon a time”, and leave out its last word.",
        ],
    ),
)
