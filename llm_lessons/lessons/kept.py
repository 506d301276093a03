"""Every experiment whose large result is kept in `data/measured`."""

from llm_lessons.lessons.build_it import base_and_assistant, orders
from llm_lessons.lessons.per_token_compute import at_once, changes, estimates
from llm_lessons.lessons.sampling import closed, commitment
from llm_lessons.lessons.working_memory import (
    forms,
    pasting,
    reach,
    real_notes,
    weights_or_context,
)
from llm_lessons.measuring.kept import Experiment

EXPERIMENTS: tuple[Experiment, ...] = (
    closed.PARTING,
    commitment.ENDS,
    at_once.AT_ONCE,
    estimates.HOW_FAR_OFF,
    changes.BOTH_WAYS,
    weights_or_context.BOOKS,
    forms.HABITS,
    reach.BY_DISTANCE,
    pasting.PASTED,
    real_notes.BELIEVED,
    base_and_assistant.TWO_FORMS,
    orders.TOOL,
)
