"""What the checker tells a learner who answers like this."""

from typing import Any

from llm_lessons.lessons.checking.checker import Exercise
from llm_lessons.lessons.exercises import exercise


def is_told(name: str, answers: dict[str, Any], status: str, text: str) -> None:
    """An exercise finds these answers right or wrong, and says so in such words."""
    feedback = exercise(name).check(answers)
    assert feedback.status == status, feedback
    assert text in feedback.text, feedback


def an_exercise(**changed: Any) -> Exercise:
    """An exercise that is in no lesson."""
    own = {"aim": "Try it", "task": "Set `number`.", "hints": ["First.", "Second."]}
    return Exercise("99.1", "99.example", **(own | changed))
