"""Exercises of the lesson on temperature."""

from functools import cache
from typing import Any

import numpy as np

from llm_lessons.language_model.loading import load
from llm_lessons.lessons.checking.answers import Finding, Wrong
from llm_lessons.lessons.checking.boxes import Number
from llm_lessons.lessons.checking.checker import Exercise
from llm_lessons.lessons.checking.probabilities import (
    SCORES,
    discovery_at_huge_scores,
    probabilities_by,
    softmax,
)
from llm_lessons.lessons.temperature import trade_off
from llm_lessons.measuring import kept

_NAME = "apply_temperature"
_PROMPT = "Once upon a time there was a girl called Ida who lived in a"
_NEAR = 0.06  # of a share: the slider has steps


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


@cache
def _scores() -> np.ndarray:
    return load("fjord").logits(_PROMPT)


def _longest(temperature: float) -> float:
    """The chance of the likeliest token of the lesson's text."""
    scores = _scores().astype(np.float64)
    with np.errstate(over="ignore"):
        return float(softmax((scores - scores.max()) / temperature).max())


def _examine_half(temperature: float) -> str:
    if temperature < 0:
        raise Wrong("A temperature is never below 0.")
    chance = _longest(temperature) if temperature else 1.0
    message = f"At {temperature:g} the longest bar has {100 * chance:.0f}\u00a0%."
    if abs(chance - 0.5) > _NEAR:
        way = "warmer" if chance > 0.5 else "colder"
        raise Wrong(f"{message} It has to become {way}.")
    return (
        f"{message} The scores are as they were: only what they are divided by changed."
    )


@cache
def _steady() -> float:
    """The last temperature at which the lesson's facts hold."""
    return kept.find(trade_off.TRADE_OFF, [load("fjord")]).result.steady.temperature


def _examine_jobs(facts: float, stories: float) -> str:
    if min(facts, stories) < 0:
        raise Wrong("A temperature is never below 0.")
    if facts > stories:
        raise Wrong(
            f"Facts at {facts:g} and stories at {stories:g}: which of the two jobs has "
            "one right answer, and which has many good ones?"
        )
    if facts > _steady():
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
        f"On Fjord, facts at {facts:g}: {'nearly always ' if facts else ''}the "
        f"likeliest answer{'' if facts else ', each time'}. Stories at {stories:g}: "
        "different each time, and still in sentences. Neither makes a "
        "wrong fact right: what was never learned stays a guess at any temperature."
    )


EXERCISES = (
    Exercise(
        "04.1",
        "04.half",
        aim="Find the heat at which the longest bar has one half",
        task=(
            "Behind “… a girl called Ida who lived in a”: at which temperature does "
            "the longest bar have 50\u00a0%? Find it with the slider at the top. A few "
            "points more or less are right, too."
        ),
        answers={"half": Number("The temperature, such as 1.5", "0.85")},
        examine=_examine_half,
        hints=[
            "Colder makes the longest bar longer, warmer makes it shorter.",
            "Top-k and Top-p have to be off, and the text has to be that of the "
            "beginning: run the first cell again if you are not sure.",
        ],
    ),
    Exercise(
        "04.2",
        "04.jobs",
        aim="Pick temperatures for facts and for stories",
        task="Pick a temperature for two jobs.",
        answers={
            "for_facts": Number(
                "Facts: to answer questions that have one right answer", "0.1"
            ),
            "for_stories": Number(
                "Stories: to write a different story each time", "0.9"
            ),
        },
        examine=_examine_jobs,
        hints=[
            "Look at the figure: where are the facts most often right, and where do "
            "the stories differ without falling apart?",
            "One of the two is near 0, the other near 1.",
        ],
    ),
    Exercise(
        "04.3",
        "04.temperature",
        aim="Write what the temperature does",
        task=(
            "Write `apply_temperature(logits, temperature)`. It takes scores (a NumPy "
            "array) and returns the probabilities at that temperature. For the scores "
            "`np.array([2.0, 1.0, 0.0])` and a temperature of 1 these are about 0.67, "
            "0.24 and 0.09. (`np.exp` takes the power of each score.)"
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
        code="""\
import numpy as np

def apply_temperature(logits, temperature):
    scores = logits / temperature
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()
""",
    ),
)
