"""One problem on both sides of the race: the tokens that are written, and their cost.

Claim C15: steps are more tokens, and each brings its own computation.
"""

from typing import NamedTuple

from llm_lessons.fjordby.varied import marbles
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.per_token_compute import budget

CHANGES = 6


class Side(NamedTuple):
    """An answer behind its question.

    Attributes:
        text: both.
        tokens: of the answer.
        sentence: what they cost, as Markdown.
    """

    text: str
    tokens: int
    sentence: str


def sides(lm: LanguageModel) -> list[Side]:
    """Answered at once, and step by step; greedy."""
    [problem] = marbles.held_out(1, k=CHANGES)
    each = budget.operations(lm)
    found = []
    for way, prompt in (
        ("At once", problem.at_once_prompt),
        ("Step by step", problem.step_prompt),
    ):
        answer = lm.generate(prompt, 192, temperature=0)
        tokens = len(lm.tokenizer.encode(answer))
        cost = f"{tokens} tokens x {each:,} = **{tokens * each:,} operations**"
        found.append(Side(prompt + answer, tokens, f"{way}: {cost}."))
    return found
