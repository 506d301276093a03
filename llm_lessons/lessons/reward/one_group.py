"""Eight answers to one problem, each with its reward held against their mean."""

import re

from llm_lessons.fjordby.varied import marbles
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.quoted import quoted
from llm_lessons.lessons.reward.rewards import right_number

ANSWERS = 8
_DOTS = re.compile(r"(?:\. ){4,}")  # a row of them, which says nothing


def drawn(lm: LanguageModel) -> str:
    """The question, and a line for each answer; other ones each time, as Markdown."""
    [problem] = marbles.held_out(1, k=3)
    answers = lm.batch([f"{problem.question}\n"] * ANSWERS, max_tokens=96)
    rewards = [float(right_number(problem, answer)) for answer in answers]
    mean = sum(rewards) / ANSWERS
    lines = [
        f"{reward - mean:+.2f}  {_DOTS.sub('. . . … ', answer)}\n"
        for answer, reward in zip(answers, rewards, strict=True)
    ]
    return f"{problem.question}\n\n{quoted(''.join(lines))}"
