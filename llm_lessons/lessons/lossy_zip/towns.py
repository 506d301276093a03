"""The sights of two towns: of the one that was read of least, and most.

Claim C11: a list may look right, and be wrong in its details.
"""

from llm_lessons.fjordby import places
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.quoted import quoted


def two(lm: LanguageModel) -> str:
    """What the model lists for each, and what is true, as Markdown; greedy."""
    towns = places.towns(0)
    parts = []
    for town in (towns[0], towns[-1]):
        question = places.question(town.name)
        answer = lm.generate(question, 64, temperature=0).split(".")[0]
        pages = f"{town.readings} page{'s' * (town.readings > 1)}"
        parts.append(quoted(question, f"{answer}."))
        parts.append(f"Read on {pages}. The truth: {', '.join(town.sights)}.")
    return "\n\n".join(parts)
