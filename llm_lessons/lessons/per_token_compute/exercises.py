"""Exercises of the lesson on the computation for each token."""

import math
from typing import Any

from llm_lessons.exercises.answers import Wrong, as_letter, as_number, call
from llm_lessons.exercises.checker import Exercise

_SHAPES = (
    [(3, 4)],
    [(192, 512), (512, 64)],
    [(7, 2), (5, 11), (2, 13)],
)
_SHORT, _LONG = 3, 75  # tokens of the two answers
_CHANCES = ([0.5, 0.4], [0.25], [0.9, 0.8, 0.5], [1.0, 0.1])


def _number_from(function: Any, name: str, value: Any) -> float:
    """What the learner's function gives for one input, if it is a number."""
    return as_number(call(function, name, value), f"{name}(...)")


def _examine_operations(operations: Any) -> str:
    for shapes in _SHAPES:
        given = _number_from(operations, "operations", shapes)
        products = sum(rows * columns for rows, columns in shapes)
        if given == 2 * products:
            continue
        for wrong, why in (
            (products, "These are the multiplications; with each goes an addition."),
            (
                sum(rows + columns for rows, columns in shapes),
                "A matrix holds rows times columns numbers, not rows plus columns.",
            ),
            (
                2 * shapes[0][0] * shapes[0][1],
                "That is the first matrix alone; the token goes through all of them.",
            ),
            (
                2 * shapes[-1][0] * shapes[-1][1],
                "That is the last matrix alone; add up those before it, too.",
            ),
        ):
            if given == wrong:
                raise Wrong(why)
        raise Wrong(
            f"For {shapes} it should be {2 * products:,}; yours gives {given:,g}."
        )
    return (
        "Two operations for each number in the matrices. Nothing in it asks what the "
        "question is: you can count it before anybody has asked one."
    )


def _examine_same(more_a_token: Any, times: Any) -> str:
    letter = as_letter(more_a_token, "more_a_token", "ABC")
    factor = as_number(times, "times")
    if letter == "B":
        raise Wrong(
            "`more_a_token`: a person takes longer over B. What did the count say?"
        )
    if letter != "C":
        raise Wrong("`more_a_token`: what did the count say about the two questions?")
    if factor == _LONG - _SHORT:
        raise Wrong("`times`: that is how many tokens more; divide instead.")
    if math.isclose(factor, _SHORT / _LONG):
        raise Wrong("`times`: the other way round: the long one by the short one.")
    if factor == 1:
        raise Wrong("`times`: a token costs the same, but there are more of them.")
    if factor != _LONG / _SHORT:
        raise Wrong(
            f"`times`: one answer has {_SHORT} tokens, the other {_LONG}, and each "
            "token costs the same."
        )
    return (
        "A token costs what it costs. Only more tokens bring more computation, and the "
        "next lesson makes use of it."
    )


def _examine_chance(chance_of: Any) -> str:
    for chances in _CHANCES:
        given = _number_from(chance_of, "chance_of", chances)
        if math.isclose(given, math.prod(chances)):
            continue
        for wrong, why in (
            (sum(chances), "Added up, chances soon pass 1: both flips have to fall."),
            (sum(chances) / len(chances), "A mean is no chance that all of them fall."),
            (min(chances), "The least one is not enough: the others can go wrong too."),
            (max(chances), "The surest token alone does not make the answer."),
            (
                chances[0],
                "That is the first token; the coin is flipped again after it.",
            ),
            (
                chances[-1],
                "That is the last token; the ones before it have to fall too.",
            ),
        ):
            if math.isclose(given, wrong):
                raise Wrong(why)
        raise Wrong(
            f"For {chances} it should be {math.prod(chances):g}; yours gives {given:g}."
        )
    return (
        "One flip for each token, and all have to fall right: so an answer of two "
        "digits can be unlikely even where each digit is the favourite."
    )


EXERCISES = (
    Exercise(
        "07.1",
        "07.operations",
        aim="Count the operations of a token",
        task=(
            "Write `operations(shapes)`. It takes a list of matrices, each as "
            "`(rows, columns)`, and returns how many operations they cost one token: "
            "a multiplication and an addition for each number in them."
        ),
        answers=["operations"],
        examine=_examine_operations,
        hints=[
            "A matrix with 3 rows and 4 columns holds 12 numbers.",
            "Begin with `total = 0` and go through the list: "
            "`for rows, columns in shapes:`.",
            "Each matrix adds `2 * rows * columns`.",
        ],
        solution="""\
def operations(shapes):
    total = 0
    for rows, columns in shapes:
        total += 2 * rows * columns
    return total
""",
    ),
    Exercise(
        "07.2",
        "07.same",
        aim="Compare the work of an easy and a hard question",
        task=(
            "Question A tells of 1 change of the bag, question B of 6.\n"
            "- `more_a_token`: which gets more computation for one token of its "
            'answer, if you leave out what a longer text costs? "A", "B" '
            'or "C" (both get the same).\n'
            "- `times`: a model answers A with 3 tokens, and B with 75, because it "
            "writes the steps. How many times the computation does the answer to B "
            "get?"
        ),
        answers=["more_a_token", "times"],
        examine=_examine_same,
        hints=[
            "Look at the line of numbers above the table: what was counted for the "
            "easy and the hard question?",
            "If each token costs the same, only their number counts.",
            f"Divide {_LONG} by {_SHORT}.",
        ],
        solution=f"""\
more_a_token = "C"
times = {_LONG} / {_SHORT}
""",
    ),
    Exercise(
        "07.3",
        "07.chance",
        aim="Work out the chance of an answer of two tokens",
        task=(
            "An answer of two digits takes two flips. Write `chance_of(chances)`: it "
            "takes the chances of an answer's tokens, one after the other, and returns "
            "the chance that the coin falls on all of them."
        ),
        answers=["chance_of"],
        examine=_examine_chance,
        hints=[
            "The first flip falls right in half of all cases, the second in half of "
            "those: what is left?",
            "Multiply them: begin with `chance = 1`.",
        ],
        solution="""\
def chance_of(chances):
    chance = 1
    for one in chances:
        chance *= one
    return chance
""",
    ),
)
