"""The marbles of an evening: for the room to answer, and for Fjord's own curve.

Their numbers were held out: Fjord has met none of these problems. They stay English,
as the model reads them; in another language each sentence has a gloss.
"""

import re
from typing import Any

from llm_lessons.fjordby.problems import Problem
from llm_lessons.fjordby.varied import marbles
from llm_lessons.foundation.languages import Translate
from llm_lessons_room.parts.gaps import gaps

CHANGES = range(1, 7)
FOR_FJORD = 12  # of each number of changes
# Others than the cards of the relay, which many have read by then; Fjord does about as
# well on them as on the many that the lessons count.
_EVENING = 4
# What its sentences are made of; {name} and {n} are filled in.
SENTENCES = (
    "{name} has {n} marbles in a bag.",
    "{name} finds {n} more.",
    "{name} wins {n} more.",
    "{name} buys {n} more.",
    "{name} loses {n}.",
    "{name} gives away {n}.",
    "{name} drops {n}.",
    "How many are left?",
)


def problems() -> list[list[Problem]]:
    """For each number of changes the room's problem, and behind it those for Fjord."""
    return [marbles.read_aloud(1 + FOR_FJORD, k, seed=_EVENING) for k in CHANGES]


def for_fjord() -> list[dict[str, Any]]:
    """What Fjord is asked, both ways, beside the room: each number of changes early."""
    each = [others for _, *others in problems()]
    return [
        {
            "changes": k,
            "at_once": problem.at_once_prompt,
            "steps": problem.step_prompt,
            "answer": int(problem.answer),
        }
        for turn in zip(*each, strict=True)
        for k, problem in zip(CHANGES, turn, strict=True)
    ]


def gloss(question: str, translate: Translate) -> str:
    """A problem in another language, sentence by sentence."""
    return " ".join(
        _told(sentence, translate) for sentence in re.split(r"(?<=[.?]) ", question)
    )


def _told(sentence: str, translate: Translate) -> str:
    for pattern in SENTENCES:
        if (values := gaps(pattern, sentence)) is not None:
            return translate(pattern).format(**values)
    raise ValueError(f"No problem of marbles has the sentence {sentence!r}.")
