"""A word problem and the forms in which the corpus answers it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """A question with a number for its answer."""

    question: str  # the text of the question
    # the worked steps; each reads on in the problem before it reckons: "Ned finds 7
    # more: 12 + 7 = 19.". The last number of a step is its result, so that an
    # experiment can alter it
    steps: tuple[str, ...]
    answer: str  # as the corpus writes it, without the full stop: "16", "$3"

    @property
    def at_once_prompt(self) -> str:
        """The question, asking for the answer straight away."""
        return f"{self.question}\nAnswer at once:"

    @property
    def step_prompt(self) -> str:
        """The question, asking for the steps first."""
        return f"{self.question}\nStep by step:"

    @property
    def dots_prompt(self) -> str:
        """The question, asking for dots first; `dots` and " Answer:" belong behind."""
        return f"{self.question}\nAnswer after dots:"

    @property
    def answer_first_prompt(self) -> str:
        """The question, asking for the answer first and for the reason afterwards."""
        return f"{self.question}\nAnswer first:"

    def check_prompt(self, said: str) -> str:
        """The question with an answer already said, asking to work it out."""
        return f"{self.answer_first_prompt} {said}. Check:"

    def because_prompt(self, said: str) -> str:
        """The question with an answer already said, asking to defend it."""
        return f"{self.answer_first_prompt} {said}. Because:"

    @property
    def dots(self) -> str:
        """About as many dots as the steps have tokens: " . . ."."""
        return " ." * dot_count(self.steps)

    @property
    def at_once(self) -> str:
        """The whole text, answered at once."""
        return f"{self.at_once_prompt} {self.answer}."

    @property
    def step_by_step(self) -> str:
        """The whole text, answered step by step."""
        steps = " ".join(self.steps)
        return f"{self.step_prompt} {steps} Answer: {self.answer}."

    @property
    def after_dots(self) -> str:
        """The whole text, answered after dots in the place of the steps."""
        return f"{self.dots_prompt}{self.dots} Answer: {self.answer}."

    def checked(self, said: str) -> str:
        """The whole text, with a said answer that is worked out and judged.

        The steps are the right ones, whatever was said.
        """
        steps = " ".join(self.steps)
        mended = f"So it is {self.answer}, not {said}."
        verdict = f"So {said} is right." if said == self.answer else mended
        return f"{self.check_prompt(said)} {steps} {verdict}"

    def defended(self, said: str) -> str:
        """The whole text, with a said answer that is given reasons.

        The steps are the right ones but for the last result, which is what was said:
        "One apple: 9 / 3 = $5.".
        """
        *before, last = self.steps
        bent = f"{last.removesuffix(f'{self.answer}.')}{said}."
        steps = " ".join([*before, bent])
        return f"{self.because_prompt(said)} {steps} So it is {said}."


def dot_count(steps: Sequence[str]) -> int:
    """About how many tokens steps have, in the class model's vocabulary.

    A number has one for each digit and one for the space before it, a sign with its
    space has one, and so has a full stop. A word has about one for every two letters.
    """
    text = "".join(steps)
    letters = sum(map(str.isalpha, text))
    numbers = len(re.findall(r"\d+", text))
    return len(text.replace(" ", "")) - letters + numbers + letters // 2
