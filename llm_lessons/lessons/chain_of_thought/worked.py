"""Small problems behind worked examples, for models that nobody here has trained.

Claims C14 and C15. As in the published tests of large models, the prompt holds worked
examples, with steps or without; then a problem of the same kind follows. Raw text,
greedy.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from llm_lessons.fjordby.dice import Dice
from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring.intervals import Share, share

EXAMPLES = 3  # in the prompt
AT_ONCE, STEPS = 8, 36  # tokens that an answer may take


class Apples(NamedTuple):
    """So many apples, so many bought, so many eaten.

    Attributes:
        have, bought, eaten: numbers of apples; what is left is above 0.
    """

    have: int
    bought: int
    eaten: int

    @property
    def left(self) -> int:
        """The answer."""
        return self.have + self.bought - self.eaten

    @property
    def question(self) -> str:
        """The problem, up to where the answer begins."""
        return (
            f"Question: Ida has {self.have} apples. She buys {self.bought} more. Then "
            f"she eats {self.eaten}. How many are left?\nAnswer:"
        )

    def answer(self, steps: bool) -> str:
        """How an example is answered, with both steps or without."""
        bought = self.have + self.bought
        worked = f" {self.have} + {self.bought} = {bought}. "
        worked += f"{bought} - {self.eaten} = {self.left}."
        return f"{worked if steps else ''} The answer is {self.left}."


def said(text: str) -> int | None:
    """The number behind the first "The answer is" of an answer; None without any."""
    found = re.search(r"The answer is (\d+)", text.split("\n")[0])
    return int(found[1]) if found else None


def drawn(problems: int, seed: int = 0) -> tuple[list[Apples], list[Apples]]:
    """The examples, and so many problems."""
    dice = Dice(seed, "worked examples")
    found = [_draw(dice) for _ in range(EXAMPLES + problems)]
    return found[:EXAMPLES], found[EXAMPLES:]


def ask(
    lm: LanguageModel, examples: list[Apples], asked: list[Apples]
) -> dict[str, Share]:
    """Right answers to these problems behind these examples, in both ways."""
    ways = {"at once": (False, AT_ONCE), "step by step": (True, STEPS)}
    found = {}
    for way, (steps, length) in ways.items():
        texts = lm.batch(_prompts(examples, asked, steps), length, temperature=0)
        pairs = zip(asked, texts, strict=True)
        found[way] = share(said(text) == problem.left for problem, text in pairs)
    return found


def _draw(dice: Dice) -> Apples:
    have, bought = dice.pick(range(3, 21)), dice.pick(range(2, 10))
    return Apples(have, bought, dice.pick(range(1, min(10, have + bought))))


def _prompts(
    examples: Sequence[Apples], asked: Sequence[Apples], steps: bool
) -> list[str]:
    shown = "".join(f"{one.question}{one.answer(steps)}\n\n" for one in examples)
    return [f"{shown}{problem.question}" for problem in asked]
