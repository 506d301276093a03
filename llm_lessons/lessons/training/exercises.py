"""Exercises of the lesson on training."""

import math
import sys
from typing import Any

import numpy as np

from llm_lessons.language_model.loading import load
from llm_lessons.lessons.checking.answers import Wrong, as_number, call
from llm_lessons.lessons.checking.boxes import Box
from llm_lessons.lessons.checking.checker import Exercise
from llm_lessons.measuring import surprise

BEGINNING = "Once upon a time there was a"
_EXPECTED, _UNEXPECTED = 3, 12  # bits: at most, and at least
_LONGEST = 20  # letters of a word
_LOWEST = 3.0  # where the valley of the second exercise has its floor


def _examine_words(expected: str, unexpected: str) -> str:
    words = [_word(expected), _word(unexpected)]
    odds = surprise.chances(load("fjord"), [BEGINNING] * 2, [f" {w}" for w in words])
    bits = [-math.log2(max(chance, sys.float_info.min)) for chance in odds]
    costs = [_cost(*pair) for pair in zip(words, bits, strict=True)]
    if bits[0] > _EXPECTED:
        raise Wrong(f"{costs[0]} Who are its stories about? Lesson 3 told some.")
    if bits[1] < _UNEXPECTED:
        raise Wrong(f"{costs[1]} Find a word that nobody would put there.")
    return (
        f"{costs[0]} {costs[1]} Training made it so: what comes often in its texts "
        "surprises it little."
    )


def _cost(word: str, bits: float) -> str:
    times = 2**bits
    odds = f"1 in {times:,.0f}" if times < 1e9 else "less than 1 in a billion"
    return f"“{word}” costs Fjord {bits:.1f} bits: it gave it odds of {odds}."


def _word(typed: str) -> str:
    """One word, without spaces around it."""
    word = typed.strip()
    if not word.isalpha() or len(word) > _LONGEST:
        raise Wrong(f"“{word[:_LONGEST]}” should be one word, such as moon.")
    return word


def _examine_step(downhill: Any) -> str:
    def step(knob: float, slope: float, size: float) -> float:
        moved = as_number(
            call(downhill, "downhill", knob, slope, size), "downhill(...)"
        )
        _compare_step(moved, knob, slope, size)
        return moved

    knob = -1.0
    for _ in range(40):
        knob = step(knob, 2 * (knob - _LOWEST), 0.2)
    # A step of another size, on a flat spot and on the other side of the valley.
    step(1.5, 0.0, 0.5)
    step(5.0, 4.0, 0.01)
    return (
        f"40 of your steps take the knob from -1 to {knob:.2f}, where this loss is "
        "lowest. Training is this, for every knob at once."
    )


def _compare_step(moved: float, knob: float, slope: float, size: float) -> None:
    """Raise what most likely went wrong, if this is not one step downhill."""
    if math.isclose(moved, knob - size * slope, rel_tol=1e-6, abs_tol=1e-9):
        return
    at = f"With the knob at {knob:g}, a slope of {slope:g} and a size of {size:g},"
    if math.isclose(moved, knob + size * slope, rel_tol=1e-6):
        raise Wrong(f"{at} yours goes uphill. Which sign leads down?")
    if math.isclose(moved, knob - slope, rel_tol=1e-6):
        raise Wrong(
            f"{at} yours goes the whole slope far and jumps across the valley: "
            "multiply the slope by `size`."
        )
    if math.isclose(moved, -size * slope, rel_tol=1e-6):
        raise Wrong(f"{at} yours is only the change. Where does the knob end up?")
    if math.isclose(moved, knob - size * np.sign(slope), rel_tol=1e-6):
        raise Wrong(
            "Yours always goes equally far. Where the slope is steep, go further; "
            "where it is flat, hardly move."
        )
    raise Wrong(f"{at} it ends at {knob - size * slope:g}; yours at {moved:g}.")


EXERCISES = (
    Exercise(
        "05.1",
        "05.words",
        aim="Find a word that is expected, and one that is not",
        task=(
            f"Go on with “{BEGINNING} …”. Find a word that Fjord expects there, and "
            "one that it doesn't."
        ),
        answers={
            "expected": Box(
                f"Expected: it costs Fjord {_EXPECTED} bits at most, odds of 1 in "
                f"{2**_EXPECTED} or better",
                "girl",
            ),
            "unexpected": Box(
                f"Unexpected: it costs Fjord {_UNEXPECTED} bits or more, odds of 1 in "
                f"{2**_UNEXPECTED:,} or worse",
                "spoon",
            ),
        },
        examine=_examine_words,
        hints=[
            "Fjord told stories in lessons 3 and 4. Who were they about?",
            "Half of its heroes are children of one kind, and half of the other.",
            "A word such as “girl” is expected. A word such as “spoon” is not.",
        ],
    ),
    Exercise(
        "05.2",
        "05.downhill",
        aim="Take one step downhill",
        task=(
            "Write `downhill(knob, slope, size)`: where a knob stands after one step "
            "downhill. `slope` says how much the loss grows for one turn of the knob, "
            "and `size` how far to go."
        ),
        answers=["downhill"],
        examine=_examine_step,
        hints=[
            "If the loss grows to the right (a slope above 0), the knob must go left.",
            "The steeper, the further: the change is `size * slope`.",
            "Take that change away from `knob`, and return what is left.",
        ],
        code="""\
def downhill(knob, slope, size):
    return knob - size * slope
""",
    ),
)
