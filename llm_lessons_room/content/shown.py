"""What a step of an evening shows in a language."""

from llm_lessons_room.content.drawn import Figures
from llm_lessons_room.content.kinds import KINDS
from llm_lessons_room.content.talk import figure
from llm_lessons_room.parts.plan import Planned, Shown, Tell


def shown(step: Planned, tell: Tell, figures: Figures) -> Shown:
    """What a step shows, in a language.

    Raises:
        ValueError: it asks for what there is not; names the step.
    """
    try:
        if step.kind == "figure":
            return figure(step, tell, figures)
        return KINDS[step.kind].shown(step, tell)
    except ValueError as error:
        raise ValueError(f"The step {step.id!r}: {error}") from error
