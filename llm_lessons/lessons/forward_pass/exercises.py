"""Exercises of the lesson on the forward pass."""

from functools import cache
from typing import Any

import numpy as np
from jaxtyping import Float

from llm_lessons.language_model.loading import load
from llm_lessons.lessons.checking.answers import Wrong
from llm_lessons.lessons.checking.boxes import Number
from llm_lessons.lessons.checking.checker import Exercise
from llm_lessons.lessons.checking.probabilities import (
    SCORES,
    discovery_at_huge_scores,
    probabilities_by,
    softmax,
)
from llm_lessons.lessons.forward_pass.knobs import silenced

_SCORES = (
    SCORES,
    np.array([0.0, 0.0, 0.0, 0.0]),
    np.array([-3.0, -4.0, -2.5]),
)
_ALIKE = 0.02  # of a chance: a bar shows no smaller difference
TEXT = "Once upon a time there was a girl called Julia. One day"


def _examine_softmax(softmax: Any) -> str:
    for scores in _SCORES:
        _compare(probabilities_by(softmax, "softmax", scores), scores)
    praise = (
        "None is below 0, together they are 1, and the order of the scores is kept."
    )
    discovery = discovery_at_huge_scores(softmax, "softmax")
    return f"{praise} {discovery or 'With scores near 1,000 it holds as well.'}"


def _compare(given: np.ndarray, scores: np.ndarray) -> None:
    """Raise what most likely went wrong, if these are not the right probabilities."""
    if np.allclose(given, softmax(scores)):
        return
    if (given < 0).any():
        raise Wrong(
            f"With the scores {scores.tolist()} one of yours is below 0. `np.exp` "
            "makes every number positive."
        )
    if not np.isclose(given.sum(), 1):
        raise Wrong(
            f"With the scores {scores.tolist()} yours add to {given.sum():.3f}; "
            "probabilities add to 1. Divide by the sum of all of them."
        )
    best = softmax(scores).max()
    raise Wrong(
        f"Yours add to 1, but the best of {scores.tolist()} should get {best:.3f}, and "
        f"gets {given[scores.argmax()]:.3f}. Is it `np.exp` that makes them positive?"
    )


@cache
def _without_each() -> tuple[str, float, Float[np.ndarray, "L N"]]:
    """The favourite behind the text, its chance, and that with each head alone off."""
    lm = load("fjord")
    size = lm.config.n_layers, lm.config.n_heads
    settings = [[], *([head] for head in np.ndindex(size))]
    odds = [softmax(silenced(lm, off).logits(TEXT)) for off in settings]
    favourite = int(odds[0].argmax())
    chances = np.array([row[favourite] for row in odds], float)
    name = lm.tokenizer.pieces[favourite].strip()
    return name, float(chances[0]), chances[1:].reshape(size)


def _examine_head(layer: float, head: float) -> str:
    name, whole, without = _without_each()
    place = []
    for number, called, most in zip(
        (layer, head), ("layer", "head"), without.shape, strict=True
    ):
        if number != int(number) or not 1 <= number <= most:
            raise Wrong(f"The {called} should be a whole number from 1 to {most}.")
        place.append(int(number) - 1)
    chance = without[*place]
    found = f"Without that head, “{name}” has {100 * chance:.0f}\u00a0%"
    on = f"{100 * whole:.0f}\u00a0% with all heads on"
    if chance > without.min() + _ALIKE:
        raise Wrong(
            f"{found}, of {on}. Another head is missed more: press “All heads on”, "
            "then try the next."
        )
    return (
        f"{found}, and {on}. Of the other {without.size - 1}, none is missed clearly "
        "more. In another text it may be another."
    )


EXERCISES = (
    Exercise(
        "02.1",
        "02.head",
        aim="Find the head that is missed most",
        task=(
            f"In the machine above, the text is “{TEXT}”, and all heads are on. Switch "
            "off one head, and only one. With which of them does the name lose most? "
            "Point at a head: its layer and its number stand above the picture."
        ),
        answers={
            "layer": Number("The number of its layer", "6"),
            "head": Number("Its number in that layer", "2"),
        },
        examine=_examine_head,
        hints=[
            "Press a head, look at the bar of the name, and press it again.",
            "To write the name, the machine has to look at it: point at the heads, and "
            "see which of them look there.",
            "Try the heads of the last layers.",
        ],
    ),
    Exercise(
        "02.2",
        "02.softmax",
        aim="Write the softmax",
        task=(
            "Write `softmax(scores)`. It takes scores (a NumPy array) and returns "
            "probabilities: `np.exp` of each score, divided by the sum of all of them."
        ),
        answers=["softmax"],
        examine=_examine_softmax,
        hints=[
            "Two lines: `powers = np.exp(scores)`, and then divide.",
            "`powers.sum()` is the sum of all. Return `powers` divided by it.",
            "That is all. (Where scores are huge, take the largest away from all of "
            "them first: `np.exp(scores - scores.max())`.)",
        ],
        code="""\
import numpy as np

def softmax(scores):
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()
""",
    ),
)
