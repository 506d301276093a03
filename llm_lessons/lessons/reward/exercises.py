"""Exercises of the lesson on rewards."""

from typing import Any

from llm_lessons.fjordby.problems import Problem
from llm_lessons.lessons.checking.answers import Wrong, as_number, call
from llm_lessons.lessons.checking.boxes import Box, Choice
from llm_lessons.lessons.checking.checker import Exercise
from llm_lessons.lessons.reward.rewards import last_digit, number_in, right_number

_ASKED = Problem(
    "Ida has 12 marbles in a bag. Ida finds 7 more. How many are left?",
    ("12 + 7 = 19.",),
    "19",
)
# What two ways to answer bring: right answers of 100, and signs of an answer.
_WAYS = {"A": (20, 20), "B": (98, 180)}
_GUESS, _STEPS = (
    f"with {signs} characters, right in {right} of 100"
    for right, signs in _WAYS.values()
)
_ANSWERED = {"A": f"at once, {_GUESS}", "B": f"step by step, {_STEPS}"}
_PRICES = {"low": 0.002, "high": 0.02}
_GROUPS = ([1, 0, 0, 0, 1, 0, 0, 0], [0, 0, 0, 0], [3, 1, 2])


def _examine_fool(fooled: str) -> str:
    if not number_in(fooled):
        raise Wrong(
            "This judge looks for a number behind a colon, with a full stop "
            "behind it, at the very end: `Answer at once: 7.`"
        )
    if right_number(_ASKED, fooled):
        raise Wrong("This is the right answer. The judge can do without.")
    if not last_digit(_ASKED, fooled):
        raise Wrong(
            f"The judge sees the digit {number_in(fooled)[-1:]}, and wants "
            "the last digit of the right answer."
        )
    return (
        f"The judge gives 1 to {number_in(fooled)}, as to 19. It can't see what you "
        "meant; and a model that is paid by this judge has no reason to care, either."
    )


def _worth(way: str, price: float) -> float:
    right, signs = _WAYS[way]
    return right / 100 - price * signs


def _examine_price(low: str, high: str) -> str:
    for name, letter in (("low", low), ("high", high)):
        price = _PRICES[name]
        worth = {way: _worth(way, price) for way in _WAYS}
        if worth[letter] < max(worth.values()):
            right, signs = _WAYS[letter]
            raise Wrong(
                f"At {price:g}, {letter} is worth {right / 100:g} - {signs} x "
                f"{price:g} = {worth[letter]:.2f}, and the other one is worth more."
            )
    prices = [f"{_worth(way, _PRICES['high']):.2f}" for way in _WAYS]
    return (
        "Steps pay as long as they cost less than they bring. At the high price both "
        f"ways lose ({prices[0]} and {prices[1]}), and the quick guess loses less. So "
        "somebody who only wanted to save a little gets guesses."
    )


def _examine_better(better: Any) -> str:
    for rewards in _GROUPS:
        found = call(better, "better", list(rewards))
        mean = sum(rewards) / len(rewards)
        try:
            given = [as_number(value, "better(...)") for value in found]
        except TypeError:  # a single thing
            given = []
        if len(given) != len(rewards):
            raise Wrong(
                f"`better` should return a list with {len(rewards)} numbers for "
                f"{list(rewards)}: one for each reward."
            )
        wanted = [reward - mean for reward in rewards]
        pairs = zip(given, wanted, strict=True)
        if any(abs(one - other) > 1e-6 for one, other in pairs):
            raise Wrong(
                f"For {list(rewards)} the mean is {mean:g}, so it should be {wanted}; "
                f"yours are {given}."
            )
    return (
        "Whoever lies above the mean becomes likelier, whoever lies below less likely. "
        "Where all are alike, all of it is 0, and nothing is learned. (The program "
        "also divides by the spread, so that each group counts alike.)"
    )


EXERCISES = (
    Exercise(
        "11.1",
        "11.fool",
        aim="Fool a judge",
        task=(
            f"“{_ASKED.question}” A judge in a hurry looks at the last digit of the "
            "answer only. Write an answer that is wrong, and to which this judge "
            "gives 1, in the form “Answer at once: 7.”"
        ),
        answers={"fooled": Box("The wrong answer", "Answer at once: 9.")},
        examine=_examine_fool,
        hints=[
            "The right answer is 19. Which digit does the judge look at?",
            "Any other number that ends with a 9 will do.",
        ],
    ),
    Exercise(
        "11.2",
        "11.price",
        aim="Weigh what steps bring against what they cost",
        task=(
            "A right answer is worth 1, and each character costs a little. Which of "
            "two ways to answer is worth more on the average?"
        ),
        answers={
            "low": Choice("A character costs 0.002", "B", _ANSWERED),
            "high": Choice("A character costs 0.02", "A", _ANSWERED),
        },
        examine=_examine_price,
        hints=[
            "A right answer in 20 of 100 is worth 0.20 on the average. At a price of "
            "0.002, the 20 characters take 0.04 away.",
            "At a price of 0.02, the 180 characters of B cost 3.60.",
        ],
    ),
    Exercise(
        "11.3",
        "11.better",
        aim="Hold each reward against the mean of its group",
        task=(
            "Write `better(rewards)`: it takes the rewards of a group of answers, and "
            "returns a list that says of each by how much it lies above the mean of "
            "its group. For `[3, 1, 2]` it returns `[1.0, -1.0, 0.0]`."
        ),
        answers=["better"],
        examine=_examine_better,
        hints=[
            "The mean is `sum(rewards) / len(rewards)`.",
            "Return a list with `one - mean` for each `one` of the rewards.",
        ],
        code="""\
def better(rewards):
    mean = sum(rewards) / len(rewards)
    return [one - mean for one in rewards]
""",
    ),
)
