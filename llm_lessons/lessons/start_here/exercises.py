"""The exercise of the start page: what an exercise is."""

from typing import Any

from llm_lessons.exercises.answers import Wrong, as_number
from llm_lessons.exercises.checker import Exercise

_PARTS = 7


def _examine_parts(parts: Any) -> str:
    given = as_number(parts, "parts")
    if given == _PARTS - 1:
        raise Wrong("Nearly: the part you are in counts, and one comes after it.")
    if given != _PARTS:
        raise Wrong(f"It is not {given:g}. Look at the headings on this page.")
    return "From the question to the take-away: that is a whole lesson."


EXERCISES = (
    Exercise(
        "00.1",
        "00.parts",
        aim="Count the parts of a lesson",
        task="How many parts does a lesson have? Set `parts` to the number.",
        answers=["parts"],
        examine=_examine_parts,
        hints=["The headings are numbered.", "The last one is called “Take away”."],
        solution="parts = 7\n",
    ),
)
