"""Exercises of the lesson on written steps."""

import re
from itertools import pairwise
from typing import Any

from llm_lessons.language_model.loading import load
from llm_lessons.lessons.chain_of_thought import essay
from llm_lessons.lessons.checking.answers import Wrong, call
from llm_lessons.lessons.checking.boxes import Number
from llm_lessons.lessons.checking.checker import Exercise

_BAGS = ((12, [7, -3]), (30, [-5]), (8, [6, 9, -20, 4]))
_TOTAL = 13  # dollars, of the essay's problem
_STANDS, _STEERS = 4, 7  # its first result, and the one that leads to $2


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
        "that stands there already. Fjord has practised to write such sums, each "
        "behind the words of the problem that it works out."
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


def _examine_slip(instead: float) -> str:
    if instead == 30:
        raise Wrong("30 - 4 is 26, so 30 is the slip itself.")
    if instead in (9, 26):
        raise Wrong("The number in front of the minus has to change.")
    if instead != _TOTAL:
        raise Wrong("From which number do you take 4, so that 9 are left?")
    return (
        "`2 oranges at $2 are $4, $13 minus $4 is $9, 3 apples, so $3`. Now each step "
        f"comes out. {essay.from_there(load('fjord'), _TOTAL)}"
    )


def _examine_steer(number: float) -> str:
    if number == _STANDS:
        raise Wrong(f"{_STANDS} stands there already, and leads to `$3`.")
    if number == 2:
        raise Wrong("2 is the price that you want, not what is paid before.")
    if number == 6:
        raise Wrong(
            "6 is what has to be left for the 3 apples. `13 - 6` is 7, and "
            "7 shared by 3 is not 2, even where Fjord writes it."
        )
    if number != _STEERS:
        left = _TOTAL - number
        raise Wrong(
            f"The next step would be {_TOTAL} - {number:g} = {left:g}, and "
            "shared by 3 that is not 2, whatever Fjord writes."
        )
    return (
        "`13 - 7` is `6`, and `6 / 3` is `2`. A step is taken as it stands, so who "
        "changes a step changes the answer."
    )


EXERCISES = (
    Exercise(
        "08.1",
        "08.slip",
        aim="Find a slip in a chain of steps",
        task=(
            "Emma buys 3 apples and 2 oranges for `$13`. In short, the essay works out "
            "the price of an apple like this: `2 oranges at $2 are $4, $30 minus $4 is "
            "$9, 3 apples, so $3`. One number is a slip. Which should stand in its "
            "place?"
        ),
        answers={"mended": Number("The right number", f"{_TOTAL}")},
        examine=_examine_slip,
        hints=[
            "Work out each step by itself. Which one does not come out?",
            "The `$9` is right: 3 apples at `$3`. So what were the `$4` taken from?",
        ],
    ),
    Exercise(
        "08.2",
        "08.steer",
        aim="Lead a model to another answer",
        task=(
            "In the race at the top, choose the fruit, and press Run. Which number "
            "must you write in the place of the first result, so that Fjord's answer "
            "becomes `$2` and every step to it comes out? Try it there."
        ),
        answers={"written": Number("The number", f"{_STEERS}")},
        examine=_examine_steer,
        hints=[
            "The first result is what the 2 oranges cost. The next step takes it from "
            "13, and the last one shares what is left by 3.",
            "For 3 apples at `$2`, what has to be left of the 13?",
        ],
    ),
    Exercise(
        "08.3",
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
        code="""\
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
)
