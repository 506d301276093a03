"""Sentences of notes that experiments ask about, and sentences that answer nothing.

Serves C16. `wordings.txt` holds blocks of sentences with gaps: "town not" are sentences
that only say what is not so, and "town new" wordings that no page of the corpus uses,
so that an experiment can (with the name before the value, or the value first).
"""

from llm_lessons.fjordby.varied.lists import blocks

_WORDINGS = "wordings.txt"


def negative(kind: str) -> tuple[str, ...]:
    """Returns sentences that only say what is not true."""
    return blocks(_WORDINGS)[f"{kind} not"]


def unpractised(kind: str, value_first: bool) -> tuple[str, ...]:
    """Returns sentences that no page of the corpus uses."""
    return blocks(_WORDINGS)[
        f"{kind} new, value first" if value_first else f"{kind} new"
    ]
