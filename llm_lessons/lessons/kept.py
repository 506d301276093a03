"""Every experiment whose large result is kept in `data/measured`."""

from llm_lessons.lessons.per_token_compute import changes
from llm_lessons.lessons.sampling import closed, commitment
from llm_lessons.measuring.kept import Experiment

EXPERIMENTS: tuple[Experiment, ...] = (
    closed.PARTING,
    commitment.ENDS,
    changes.BOTH_WAYS,
)
