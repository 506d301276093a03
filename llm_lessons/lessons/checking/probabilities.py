"""What the exercises on the softmax share: the right one, and a look at any other."""

import contextlib
from typing import Any

import numpy as np

from llm_lessons.lessons.checking.answers import Finding, Wrong, call

SCORES = np.array([1.2, -0.3, 2.5, 0.0, -1.7])
_HUGE = np.array([1000.0, 999.0, 0.0])


def softmax(scores: np.ndarray) -> np.ndarray:
    """Probabilities of scores, also of huge ones."""
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()


def probabilities_by(
    function: Any, name: str, scores: np.ndarray, *settings: float
) -> np.ndarray:
    """What the learner's function makes of scores, if it is numbers of their count."""
    result = call(function, name, scores, *settings)
    try:
        given = np.asarray(result, dtype=float)
    except (TypeError, ValueError, OverflowError):
        raise Wrong(f"`{name}` should return an array of numbers.") from None
    if given.shape != scores.shape:
        raise Wrong(
            f"For {scores.size} scores there should be {scores.size} probabilities; "
            f"yours have the shape {given.shape}."
        )
    if not np.isfinite(given).all():
        raise Wrong(
            f"With the scores {scores.tolist()} yours gives {given.tolist()}. `np.exp` "
            "of large numbers is infinite: take the largest score away from all of "
            "them first; no probability changes by it."
        )
    return given


def discovery_at_huge_scores(function: Any, name: str, *settings: float) -> str:
    """What there is to find out where `np.exp` alone is infinite; "" if it holds."""
    with contextlib.suppress(Finding):
        given = probabilities_by(function, name, _HUGE, *settings)
        if np.allclose(given, softmax(_HUGE)):
            return ""
    more = "".join(f", {setting:g}" for setting in settings)
    return (
        f"One more thing to discover: run `{name}(np.array([1000.0, 999.0, 0.0])"
        f"{more})`. It fails, for `np.exp(1000)` is larger than any number that a "
        "computer keeps. Take the largest score away from all of them first: no "
        "probability changes by it, and it holds."
    )
