"""Eight stories of one beginning on a real model: where any two of them part.

Claim C8, on a model that nobody here has trained.
"""

from itertools import combinations

from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.quoted import quoted
from llm_lessons.lessons.sampling import divergence, runs

BEGINNING = "Once upon a time there was a little fox who"
LENGTH = 12  # tokens of a run


def eight(lm: LanguageModel) -> str:
    """Draw them; three of them, and where the pairs part, as Markdown."""
    drawn = runs.drawn(lm, [BEGINNING] * 8, LENGTH, seed=1)
    parted = [divergence.parting(*pair) for pair in combinations(drawn, 2)]
    half = divergence.token(divergence.Divergence(tuple(parted)).median.median)
    soon = sum(at <= 5 for at in parted)
    # The third story had this seed, as each one has the next.
    again = runs.drawn(lm, [BEGINNING], LENGTH, seed=3)[0] == drawn[2]
    texts = (lm.tokenizer.decode(tokens).replace("\n", "↵") for tokens in drawn[:3])
    stories = "\n\n".join(quoted("… who", text) for text in texts)
    return (
        f"{stories}\n\n**Of the {len(parted)} pairs on SmolLM2, half have parted by "
        f"{half}, and {soon} within 5 tokens.** With the coins of the third story once "
        f"more, SmolLM2 writes {'the same story' if again else 'another story'}."
    )
