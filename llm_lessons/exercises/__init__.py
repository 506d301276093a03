"""Exercises that check themselves: `ll.exercise("04.1").check()`."""

from llm_lessons.exercises import (
    lesson_00,
    lesson_01,
    lesson_02,
    lesson_03,
    lesson_04,
    lesson_05,
    lesson_06,
    lesson_07,
    lesson_08,
    lesson_09,
    lesson_10,
)
from llm_lessons.exercises.checker import Exercise
from llm_lessons.exercises.feedback import Feedback

EXERCISES = (
    *lesson_00.EXERCISES,
    *lesson_01.EXERCISES,
    *lesson_02.EXERCISES,
    *lesson_03.EXERCISES,
    *lesson_04.EXERCISES,
    *lesson_05.EXERCISES,
    *lesson_06.EXERCISES,
    *lesson_07.EXERCISES,
    *lesson_08.EXERCISES,
    *lesson_09.EXERCISES,
    *lesson_10.EXERCISES,
)

__all__ = ["EXERCISES", "Exercise", "Feedback", "exercise"]


def exercise(name: str) -> Exercise:
    """The exercise of this number or name, for example "04.1" or "04.temperature".

    The same name gives the same exercise, so that its hints come one at a time.

    Raises:
        ValueError: there is none of that name; lists those that there are.
    """
    for one in EXERCISES:
        if name in (one.number, one.name):
            return one
    known = ", ".join(f"{one.number} ({one.name})" for one in EXERCISES)
    raise ValueError(f"There is no exercise {name!r}; there are {known}.")
