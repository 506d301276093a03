"""Small problems of apples, for models that nobody here has trained.

Claims C14 and C15. Worked examples of the same kind stand in front: see `few_shot`.
"""

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.problems import Problem
from llm_lessons.lessons.per_token_compute.few_shot import EXAMPLES


def apples(have: int, bought: int, eaten: int) -> Problem:
    """So many apples, so many bought, so many eaten; of all, some are left."""
    whole = have + bought
    return Problem(
        f"Ida has {have} apples. She buys {bought} more. Then she eats {eaten}. How "
        "many are left?",
        (f"{have} + {bought} = {whole}.", f"{whole} - {eaten} = {whole - eaten}."),
        f"{whole - eaten}",
    )


def drawn(problems: int, seed: int = 0) -> tuple[list[Problem], list[Problem]]:
    """The examples, and so many problems."""
    dice = Dice(seed, "worked examples")
    found = [_draw(dice) for _ in range(EXAMPLES + problems)]
    return found[:EXAMPLES], found[EXAMPLES:]


def _draw(dice: Dice) -> Problem:
    have, bought = dice.pick(range(3, 21)), dice.pick(range(2, 10))
    return apples(have, bought, dice.pick(range(1, min(10, have + bought))))
