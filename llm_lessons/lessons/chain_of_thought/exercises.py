"""Exercises of the lesson on written steps."""

import re
from collections import Counter
from itertools import pairwise
from typing import Any

from llm_lessons.exercises.answers import Wrong, as_number, call
from llm_lessons.exercises.checker import Exercise

_BAGS = ((12, [7, -3]), (30, [-5]), (8, [6, 9, -20, 4]))
_MENDED, _GOES_WITH = 13, 2
_VOTES = (
    ["17", "16", "17"],
    ["9", "4", "4", "9", "4"],
    ["3", "12", "12", "5", "12", "3"],
    ["21"],
)


def _steps(start: int, changes: list[int]) -> str:
    total, lines = start, []
    for change in changes:
        sign = "+" if change > 0 else "-"
        lines.append(f"{total} {sign} {abs(change)} = {total + change}.")
        total += change
    return " ".join([*lines, f"Answer: {total}."])


def _examine_steps(steps: Any) -> str:
    for start, changes in _BAGS:
        given = call(steps, "steps", start, list(changes))
        if not isinstance(given, str):
            raise Wrong("`steps` should return a text: the steps and the answer.")
        _compare_steps(" ".join(given.split()), start, changes)
    return (
        "Every line is one small sum, and the last line only has to repeat a number "
        "that stands there already. This is what Fjord has practised to write."
    )


def _compare_steps(given: str, start: int, changes: list[int]) -> None:
    """Raise what most likely went wrong, if these are not the right steps."""
    right = _steps(start, changes)
    if given == right:
        return
    if re.search(r"[+-] -", given):
        raise Wrong("A change below 0 is a loss: write 19 - 3, not 19 + -3.")
    sums = re.findall(r"(\d+) [+-] \d+ = (-?\d+)", given)
    if not sums:
        raise Wrong(
            f"There is no step in {given!r}; the first is {right.split('.')[0]}."
        )
    if "Answer:" not in given:
        raise Wrong("The last line is missing: end with `Answer: ` and the number.")
    if len(sums) < len(changes):
        raise Wrong(
            f"{len(changes)} changes need as many steps; yours has {len(sums)}."
        )
    if any(now[0] != before[1] for before, now in pairwise(sums)):
        raise Wrong("Each step begins with the number at which the last one ended.")
    raise Wrong(f"For {start} and {changes} it should read: {right} Yours: {given}")


def _examine_slip(mended: Any, goes_with: Any) -> str:
    instead = as_number(mended, "mended")
    price = as_number(goes_with, "goes_with")
    if instead == 30:
        raise Wrong("`mended`: 30 - 4 is 26, so 30 is the slip itself.")
    if instead in (9, 26):
        raise Wrong("`mended`: the number in front of the minus has to change.")
    if instead != _MENDED:
        raise Wrong("`mended`: from which number do you take 4, so that 9 are left?")
    if price == 3:
        raise Wrong(
            "`goes_with`: 3 is the right price. But the line above says `$6`, and that "
            "is the number that the last step finds."
        )
    if price == 6:
        raise Wrong("`goes_with`: `$6` is for all 3 apples.")
    if price != _GOES_WITH:
        raise Wrong("`goes_with`: share the `$6` among 3 apples.")
    return (
        "`$13` minus `$4` is `$9`. And a model that goes with what stands there turns "
        "one wrong step into a wrong answer: so check the steps, not only the end."
    )


def _examine_majority(majority: Any) -> str:
    for answers in _VOTES:
        given = call(majority, "majority", list(answers))
        right = Counter(answers).most_common(1)[0][0]
        if given == right:
            continue
        if isinstance(given, list | tuple | set | dict):
            raise Wrong(f"One answer, please; yours gives {type(given).__name__}.")
        if given == answers.count(right):
            raise Wrong("That is how often the winner came; return the winner itself.")
        raise Wrong(f"Of {answers} the commonest is {right!r}; yours gives {given!r}.")
    return "Chains that slip mostly do so at different places; those that don't, agree."


EXERCISES = (
    Exercise(
        "08.1",
        "08.steps",
        aim="Write down the steps of a sum",
        task=(
            "Be the model. Write `steps(start, changes)`: for a bag of 12 marbles and "
            "the changes `[7, -3]` it returns the text "
            '`"12 + 7 = 19. 19 - 3 = 16. Answer: 16."`.'
        ),
        answers=["steps"],
        examine=_examine_steps,
        hints=[
            "Keep the running total in a variable; every step begins with it.",
            "In a loop over `changes`, work out the new total, add one line to a list, "
            "and go on with the new total.",
            'The sign is `"+" if change > 0 else "-"`, and the number behind it is '
            "`abs(change)`.",
        ],
        solution="""\
def steps(start, changes):
    total, lines = start, []
    for change in changes:
        sign = "+" if change > 0 else "-"
        after = total + change
        lines.append(f"{total} {sign} {abs(change)} = {after}.")
        total = after
    return " ".join([*lines, f"Answer: {total}."])
""",
    ),
    Exercise(
        "08.2",
        "08.slip",
        aim="Find a slip in a chain of steps",
        task=(
            "Emma buys 3 apples and 2 oranges for `$13`.\n"
            "- `mended`: a page works out the price of an apple: `2 oranges at $2 "
            "are $4, $30 minus $4 is $9, 3 apples, so $3`. One number is a slip. "
            "What should stand in its place?\n"
            "- `goes_with`: a model has written `The apples cost 13 - 4 = $6.` If "
            "its last step goes with what stands there, what does one apple cost?"
        ),
        answers=["mended", "goes_with"],
        examine=_examine_slip,
        hints=[
            "Which of the three sums does not hold?",
            "For the second part, forget what is right: read the line, and do the next "
            "step with its number.",
        ],
        solution="""\
mended = 4 + 9
goes_with = 6 / 3
""",
    ),
    Exercise(
        "08.3",
        "08.majority",
        aim="Let several chains vote",
        task=(
            "Several chains have come to several answers. Write `majority(answers)`: "
            "it takes a list of texts and returns the one that is in it most often."
        ),
        answers=["majority"],
        examine=_examine_majority,
        hints=[
            'A list can count: `answers.count("17")`.',
            "Go through the answers and keep the one with the highest count; or ask "
            "`collections.Counter`, which has `.most_common(1)`.",
        ],
        solution="""\
def majority(answers):
    return max(answers, key=answers.count)
""",
    ),
)
