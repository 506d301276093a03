"""The essay's line of steps: where models go on from it, as printed and as mended.

Claim C15: each step reads what stands in the text, a slip as exactly as anything else.
"""

from llm_lessons.fjordby.varied import fruit
from llm_lessons.language_model import LanguageModel

PRINTED = 30  # dollars, where 13 were meant


def from_there(lm: LanguageModel, total: int, real: LanguageModel | None = None) -> str:
    """What each model writes behind this total, in sentences; greedy.

    Args:
        lm: has practised such problems, in steps of this form.
        real: goes on with the essay's own words; None leaves it out.
    """
    problem = fruit.essay()
    line = f" {problem.steps[0]} The apples? 3 apples: {total} - 4 ="
    text = lm.generate(problem.step_prompt + line, 40, temperature=0)
    lines = [f"Behind `{total} - 4 =` Fjord writes: `{' '.join(text.split())}`"]
    if real is not None:
        line = f"2 oranges at $2 are $4. ${total} minus $4 is $"
        text = real.generate(f"{problem.question}\n{line}", 3, temperature=0)
        said = text.split(".")[0].strip()
        lines.append(f"Behind `${total} minus $4 is $` SmolLM2 writes: `{said}`")
    return " ".join(lines)
