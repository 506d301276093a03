"""The exercises of all lessons: `ll.exercise("04.1").check()`."""

from importlib import import_module

from llm_lessons.foundation.checks import checked
from llm_lessons.lessons import LESSONS
from llm_lessons.lessons.checking.checker import Exercise

EXERCISES: tuple[Exercise, ...] = tuple(
    task
    for lesson in LESSONS
    for task in import_module(f"llm_lessons.lessons.{lesson}.exercises").EXERCISES
)


@checked()
def exercise(name: str) -> Exercise:
    """The exercise of this number or name, for example "04.3" or "04.temperature".

    The same name gives the same exercise, so that its hints come one at a time.

    Raises:
        ValueError: there is none of that name; lists those that there are.
    """
    for candidate in EXERCISES:
        if name in (candidate.number, candidate.name):
            return candidate
    known = ", ".join(f"{task.number} ({task.name})" for task in EXERCISES)
    raise ValueError(f"There is no exercise {name!r}; there are {known}.")
