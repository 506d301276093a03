"""Exercises of the lesson on temperature."""

from typing import Any

import numpy as np

from llm_lessons.exercises.answers import Finding, Wrong, as_letter, as_number
from llm_lessons.exercises.checker import Exercise
from llm_lessons.exercises.probabilities import (
    SCORES,
    discovery_at_huge_scores,
    probabilities_by,
    softmax,
)

_NAME = "apply_temperature"
_VOCABULARY = 1024


def _examine_temperature(apply_temperature: Any) -> str:
    for temperature in (1.0, 0.5, 2.0, 0.1):
        _compare(_probabilities(apply_temperature, temperature), temperature)
    praise = "Low temperatures sharpen the odds, high ones flatten them."
    discovery = discovery_at_huge_scores(apply_temperature, _NAME, 1.0)
    if discovery:
        return f"{praise} {discovery}"
    try:
        at_zero = _probabilities(apply_temperature, 0.0)
    except Finding:
        return (
            f"{praise} At temperature 0 yours divides by zero; there, programs take "
            "the likeliest token instead, which is called greedy."
        )
    if np.allclose(at_zero, np.arange(SCORES.size) == SCORES.argmax()):
        return f"{praise} And at 0 yours takes the likeliest token: that is greedy."
    return f"{praise} (At 0, put everything on the likeliest token: greedy.)"


def _probabilities(function: Any, temperature: float) -> np.ndarray:
    """What the learner's function gives, if it is probabilities at all."""
    given = probabilities_by(function, _NAME, SCORES, temperature)
    if not np.isclose(given.sum(), 1):
        raise Wrong(
            f"At temperature {temperature:g} yours add to {given.sum():.3f}; "
            "probabilities add to 1. Is the softmax the last step?"
        )
    return given


def _compare(given: np.ndarray, temperature: float) -> None:
    """Raise what most likely went wrong, if these are not the right probabilities."""
    if np.allclose(given, softmax(SCORES / temperature)):
        return
    if temperature == 1:
        raise Wrong("At temperature 1 it should be the plain softmax of the scores.")
    if np.allclose(given, softmax(SCORES * temperature)):
        raise Wrong(
            "Yours is sharper where it should be flatter: divide by the temperature, "
            "don't multiply."
        )
    if np.allclose(given, softmax(SCORES)):
        raise Wrong(
            "The temperature changes nothing in yours. Divide the scores, before the "
            "softmax; after it, the division cancels out."
        )
    top = softmax(SCORES / temperature).max()
    raise Wrong(
        f"At temperature {temperature:g} the likeliest of {SCORES.tolist()} should "
        f"get {top:.3f}; yours gives it {given[SCORES.argmax()]:.3f}."
    )


def _examine_extremes(at_zero: Any, at_infinity: Any, bits_at_infinity: Any) -> str:
    zero = as_letter(at_zero, "at_zero", "ABC")
    infinity = as_letter(at_infinity, "at_infinity", "ABC")
    bits = as_number(bits_at_infinity, "bits_at_infinity")
    if zero != "A":
        raise Wrong(
            "`at_zero`: divided by next to nothing, the smallest lead of one score "
            "over the others becomes enormous. What does the softmax make of that?"
        )
    if infinity != "B":
        raise Wrong(
            "`at_infinity`: divided by a huge number, all scores become nearly 0, and "
            "so nearly the same. What does the softmax make of equal scores?"
        )
    if bits == _VOCABULARY:
        raise Wrong("1,024 is the number of choices; bits count halvings of them.")
    if np.isclose(bits, np.log(_VOCABULARY), atol=0.01):
        raise Wrong("That is the natural logarithm; for bits it is `np.log2`.")
    if not np.isclose(bits, np.log2(_VOCABULARY), atol=0.01):
        raise Wrong(
            "`bits_at_infinity`: how often do you have to halve 1,024 equal choices "
            "until one is left?"
        )
    return (
        "At 0 the coin always falls on the likeliest token; at infinity it is a fair "
        "die with 1,024 sides, and 2 to the power of 10 is 1,024."
    )


def _examine_jobs(for_facts: Any, for_stories: Any) -> str:
    facts = as_number(for_facts, "for_facts")
    stories = as_number(for_stories, "for_stories")
    if min(facts, stories) < 0:
        raise Wrong("A temperature is never below 0.")
    if facts >= stories:
        raise Wrong(
            f"Facts at {facts:g} and stories at {stories:g}: which of the two jobs has "
            "one right answer, and which has many good ones?"
        )
    if facts > 0.5:
        raise Wrong(
            f"At {facts:g} the coin may fall on a wrong name. A fact has one right "
            "answer: lean on the likeliest token."
        )
    if stories < 0.3:
        raise Wrong(
            f"At {stories:g} stories still share many phrases. Look at the curve of "
            "variety: where does it rise?"
        )
    if stories > 1.5:
        raise Wrong(
            f"At {stories:g} the story falls apart: hundreds of unlikely tokens get "
            "their turn. Variety is not all a story needs."
        )
    return (
        f"Facts at {facts:g}: the likeliest answer, each time. Stories at "
        f"{stories:g}: different each time, and still in sentences. Neither makes a "
        "wrong fact right: what was never learned stays a guess at any temperature."
    )


EXERCISES = (
    Exercise(
        "04.1",
        "04.temperature",
        aim="Write what the temperature does",
        task=(
            "Write `apply_temperature(logits, temperature)`. It takes scores (a NumPy "
            "array) and returns the probabilities at that temperature."
        ),
        answers=["apply_temperature"],
        examine=_examine_temperature,
        hints=[
            "Two steps: the temperature changes the scores, then the softmax turns "
            "scores into probabilities.",
            "Divide `logits` by `temperature`. The softmax is `np.exp` of the result, "
            "divided by its own sum.",
            "That is all. (Where scores are huge, take the largest away from all of "
            "them before `np.exp`: `scores = scores - scores.max()`.)",
        ],
        solution="""\
import numpy as np

def apply_temperature(logits, temperature):
    scores = logits / temperature
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()
""",
    ),
    Exercise(
        "04.2",
        "04.extremes",
        aim="Find out what the coin does at 0 and without end",
        task=(
            "What does the coin do at temperature 0, and at a temperature without "
            'end? Is it "A" (it always falls on the likeliest token), "B" (on every '
            'token equally often) or "C" (it follows the model\'s own odds)?\n'
            '- `at_zero`: "A", "B" or "C"\n'
            '- `at_infinity`: "A", "B" or "C"\n'
            "- `bits_at_infinity`: the entropy there, in bits, over 1,024 tokens"
        ),
        answers=["at_zero", "at_infinity", "bits_at_infinity"],
        examine=_examine_extremes,
        hints=[
            "Drag the slider all the way down, then all the way up; watch the bars.",
            "Without end, the entropy is worth all 1,024 tokens as equal choices.",
            "Halve 1,024 again and again until 1 is left, and count: 512, 256, ...",
        ],
        solution="""\
import numpy as np

at_zero = "A"
at_infinity = "B"
bits_at_infinity = np.log2(1024)
""",
    ),
    Exercise(
        "04.3",
        "04.jobs",
        aim="Pick temperatures for facts and for stories",
        task=(
            "Pick a temperature for two jobs:\n"
            "- `for_facts`: to answer questions that have one right answer\n"
            "- `for_stories`: to write a different story each time"
        ),
        answers=["for_facts", "for_stories"],
        examine=_examine_jobs,
        hints=[
            "Look at the figure: where are the facts most often right, and where do "
            "the stories differ without falling apart?",
            "One of the two is near 0, the other near 1.",
        ],
        solution="""\
for_facts = 0.1
for_stories = 0.9
""",
    ),
)
