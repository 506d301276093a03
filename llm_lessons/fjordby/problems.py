"""A word problem and the forms in which the corpus answers it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """A question with a number for its answer.

    Attributes:
        question: the text of the question.
        steps: the worked steps, one sentence each: "12 + 7 = 19.". The last number of
            a step is its result, so an experiment can alter it by replacing the text.
        answer: as the corpus writes it, without the full stop: "16", "$3".
    """

    question: str
    steps: tuple[str, ...]
    answer: str

    @property
    def at_once_prompt(self) -> str:
        """The question, asking for the answer straight away."""
        return f"{self.question}\nAnswer at once:"

    @property
    def step_prompt(self) -> str:
        """The question, asking for the steps first."""
        return f"{self.question}\nStep by step:"

    @property
    def answer_first_prompt(self) -> str:
        """The question, asking for the answer first and for the reason afterwards."""
        return f"{self.question}\nAnswer first:"

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
    def answer_first(self) -> str:
        """The whole text, with the steps given as a reason after the answer."""
        steps = " ".join(self.steps)
        return f"{self.answer_first_prompt} {self.answer}. Why? {steps}"
