"""Something to reward that fits the tiny model: two short problems, short answers."""

from llm_lessons.fjordby.problems import Problem
from llm_lessons.lessons.reward.rewards import Choice

PROBLEMS = [
    Problem(f"{name} found", (f"{name} 1.",), "e") for name in ("The fox", "Anna")
]


def has_e(text: str) -> bool:
    """What the tiny model writes by chance, now and then."""
    return "e" in text


def problems(each: int, seed: int) -> list[Problem]:
    """Others for another seed, so that some are unseen."""
    return PROBLEMS[:1] if seed else PROBLEMS[1:]


CHOICE = Choice("it has an e", has_e, problems, 4)
