"""Every experiment whose large result is kept in `data/measured`."""

from llm_lessons.lessons.per_token_compute import at_once, changes, estimates
from llm_lessons.lessons.sampling import closed, commitment
from llm_lessons.measuring.kept import Experiment

EXPERIMENTS: tuple[Experiment, ...] = (
    closed.PARTING,
    commitment.ENDS,
    at_once.AT_ONCE,
    estimates.HOW_FAR_OFF,
    changes.BOTH_WAYS,
)
