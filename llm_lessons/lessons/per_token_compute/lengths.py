"""What looking back costs beside the matrices, in the longest text of a model.

Claim C13: the cost of a token grows with the length of its text, never with difficulty.
"""

from collections.abc import Mapping

from llm_lessons.lessons.per_token_compute.budget import operations_by_shape
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import count_parameters


def sentences(models: Mapping[str, ModelConfig]) -> str:
    """What the longest texts cost the last two of the models, and a knob, as Markdown.

    Args:
        models: Fjord, SmolLM2 and Llama 3 405B, in this order.
    """
    _, small, large = (_times(model, model.max_seq_len) for model in models.values())
    *_, llama = models.values()
    knobs = count_parameters(llama)
    each = operations_by_shape(llama).matrices / knobs
    return f"""
**In the longest text that it can read, looking back costs SmolLM2
{small:.1f} times as much as all its matrices, and Llama 3 405B
{large:.1f} times.** In a short one it costs next to nothing. So a token costs more
in a long chat: for its length, not for what it says.

A big model computes more for every token: Llama 3 about {each:.1f} operations for
each of its {knobs / 1e9:.0f} billion knobs. But it, too, computes the same for “the”
as for the answer to a riddle in the same place.
"""


def _times(config: ModelConfig, context: int) -> float:
    """How many times the work of all matrices looking back is."""
    found = operations_by_shape(config, context)
    return found.attention / found.matrices
