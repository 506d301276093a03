"""Which tally, and so which rules, a step has."""

from llm_lessons_room.activities import brought
from llm_lessons_room.parts.step import Step
from llm_lessons_room.parts.tally import Tally

KINDS: dict[str, type[Tally]] = brought("rules")


def tally(step: Step) -> Tally:
    """An empty tally of a step."""
    return KINDS[step.kind](step)


def slot_of(step: Step, number: int) -> int:
    """Where the answers of a round of a step lie in its tally."""
    return KINDS[step.kind].slot(step, number)
