"""Measurements of the claims, each in seconds on a laptop.

`python3 start.py check` measures them all.
"""

from llm_lessons.experiments.intervals import Share, share
from llm_lessons.experiments.memory import knows, never_asked, recall, recitation
from llm_lessons.experiments.open_book import with_note, without_note
from llm_lessons.experiments.reasoning import (
    AlteredStep,
    altered_step,
    answers_at_once,
    answers_stepwise,
    right_at_once,
    right_stepwise,
)

__all__ = [
    "AlteredStep",
    "Share",
    "altered_step",
    "answers_at_once",
    "answers_stepwise",
    "knows",
    "never_asked",
    "recall",
    "recitation",
    "right_at_once",
    "right_stepwise",
    "share",
    "with_note",
    "without_note",
]
