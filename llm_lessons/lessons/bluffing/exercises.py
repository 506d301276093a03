"""Exercises of the lesson on bluffing: trust or check, and when to speak."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from llm_lessons.language_model.loading import load
from llm_lessons.lessons.bluffing.again import AGAIN, TIMES, asked_again
from llm_lessons.lessons.bluffing.asked import answered, questions
from llm_lessons.lessons.bluffing.sureness import best_threshold
from llm_lessons.lessons.checking.answers import Wrong, call
from llm_lessons.lessons.checking.boxes import Box, Choice
from llm_lessons.lessons.checking.checker import Exercise
from llm_lessons.measuring.kept import result_of

PRICE = 3  # of a wrong answer, where a right one is worth 1
PEOPLE = 8  # for each number of readings, whose answers a rule is tried on
GOOD = 0.85  # of what the best threshold scores


def ten() -> str:
    """Ten answers with their repetitions, as a numbered list of Markdown."""
    lines = []
    for number, one in enumerate(result_of(AGAIN, load("fjord")).ten, 1):
        again = ", ".join(one.again)
        lines.append(f"{number}. {one.question} **{one.text}.** Again: {again}.")
    return "\n".join(lines)


def _score(right: Sequence[bool]) -> int:
    return sum(1 if each else -PRICE for each in right)


def _examine_trust(trusted: str) -> str:
    answers = result_of(AGAIN, load("fjord")).ten
    numbers = {int(number) for number in re.findall(r"\d+", trusted)}
    if not numbers or not numbers <= set(range(1, len(answers) + 1)):
        raise Wrong(
            "Type the numbers of the answers that you trust, from 1 to "
            f"{len(answers)}, such as 2, 5."
        )
    right = [answers[number - 1].right for number in sorted(numbers)]
    best = [one.agree >= TIMES - 1 for one in answers]
    habit = [one.right for one, good in zip(answers, best, strict=True) if good]
    fooled = [
        f"{number} ({answers[number - 1].text})"
        for number in sorted(numbers)
        if not answers[number - 1].right
    ]
    wrong = f" Wrong among them: {', '.join(fooled)}." if fooled else ""
    return (
        f"You trusted {len(right)}, and {sum(right)} of these are right.{wrong} With 1 "
        f"for a right answer and -{PRICE} for a wrong one you have {_score(right)}; "
        f"always trusting has {_score([one.right for one in answers])}, and trusting "
        f"what at least {TIMES - 1} of {TIMES} repeat has {_score(habit)}."
    )


_SPEAK = {"A": "speak", "B": "keep silent"}


def _examine_price(one: str, three: str) -> str:
    for letter, price in ((one, 1), (three, 3)):
        worth = 60 - 40 * price
        if letter != ("A" if worth > 0 else "B"):
            raise Wrong(
                f"At a price of {price}: 100 such answers bring 60 for the right ones "
                f"and cost 40 times {price} for the wrong ones, which makes {worth}. "
                "Silence brings 0."
            )
    return (
        "The same answer, and as sure: what a wrong one costs decides whether to say "
        "it. At a price of 1, more than half has to be right; at 3, more than three of "
        "four."
    )


@cache
def _cases() -> tuple[list[tuple[float, int, bool]], float, float]:
    """How sure, how many agree, whether right; and what the best threshold scores."""
    lm = load("fjord")
    said = answered(lm, questions(PEOPLE))
    again = asked_again(lm, [one.fact for one in said])
    rows = [
        (one.sure, own.count(one.text), one.right)
        for one, own in zip(said, again, strict=True)
    ]
    best, score, _ = best_threshold(said, PRICE)
    return rows, best, score * len(said)


def _examine_speak(speak: Any) -> str:
    rows, best, most = _cases()
    spoken = [right for sure, agree, right in rows if call(speak, "speak", sure, agree)]
    score, always = _score(spoken), _score([right for *_, right in rows])
    told = (
        f"At a price of {PRICE}, yours speaks {len(spoken)} of {len(rows)} times and "
        f"scores {score}. Always speaking scores {always}; only from "
        f"{round(100 * best)}\u00a0% on, {most:.0f}."
    )
    if score < GOOD * most:
        raise Wrong(told)
    return f"{told} No rule knows whether an answer is right: it only sees how it came."


EXERCISES = (
    Exercise(
        "12.1",
        "12.trust",
        aim="Trust an answer, or check it",
        task=(
            "Trust or check? Above stand ten of Fjord's answers, each with what it "
            f"said when it was asked {TIMES} times again. A right answer that you "
            f"trust is worth 1, a wrong one costs {PRICE}, and checking is free."
        ),
        answers={"trusted": Box("The numbers of those that you trust", "2, 5")},
        examine=_examine_trust,
        hints=[
            "An answer that the model is sure of comes again.",
            "Trust what comes again at least four times of five. One of these may "
            "still be wrong.",
        ],
    ),
    Exercise(
        "12.2",
        "12.price",
        aim="Weigh an answer against its price",
        task=(
            "Of 100 answers like this one, 60 are right. A right one is worth 1, and "
            "silence 0. Speak, or keep silent?"
        ),
        answers={
            "one": Choice("A wrong answer costs 1", "A", _SPEAK),
            "three": Choice("A wrong answer costs 3", "B", _SPEAK),
        },
        examine=_examine_price,
        hints=[
            "Say all 100: 60 are right, and 40 are wrong.",
            "At a price of 1, that is 60 less 40. At a price of 3, the wrong ones cost "
            "120.",
        ],
    ),
    Exercise(
        "12.3",
        "12.speak",
        aim="Write a rule for when to speak",
        task=(
            "Write `speak(sure, agree)`: it takes the chance of an answer's first "
            f"token, from 0 to 1, and how many of {TIMES} more answers say the same, "
            "and returns whether to speak. It is tried on some hundred answers, where "
            f"a right one is worth 1 and a wrong one costs {PRICE}. How far do you get?"
        ),
        answers=["speak"],
        examine=_examine_speak,
        hints=[
            "Begin with `return sure > 0.5`, check it, and try other numbers.",
            "A high price asks for a high threshold. Does `agree` add anything?",
        ],
        code="""\
def speak(sure, agree):
    return sure > 0.8
""",
    ),
)
