"""A wrong step that we write in a real model's place: does its answer go with it?

Claims C14 and C15, on a model that nobody here has trained. Worked examples stand in
front of each problem, then both of its steps, the last one with a wrong result. What
the model writes behind "The answer is" is looked at. Raw text, greedy.
"""

from dataclasses import dataclass

from llm_lessons.fjordby.problems import Problem
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.chain_of_thought import worked
from llm_lessons.lessons.per_token_compute import few_shot
from llm_lessons.measuring.intervals import share

PROBLEMS = 8
OFF = 2  # apples by which the last step is wrong
LONGEST = 4  # tokens of an answer


@dataclass(frozen=True)
class Slip:
    """What was answered behind a wrong step.

    Attributes:
        problems: those that were asked.
        answers: the number that each answer says; None without any.
    """

    problems: tuple[Problem, ...]
    answers: tuple[int | None, ...]

    def counted(self, off: int) -> int:
        """How many answers are off by so many apples."""
        pairs = zip(self.problems, self.answers, strict=True)
        return sum(
            answer == few_shot.number(problem) + off for problem, answer in pairs
        )

    def sentence(self) -> str:
        n = len(self.problems)
        return (
            f"For {n} small problems of apples we wrote both steps in SmolLM2's place, "
            f"the last one with a wrong result. Its answer goes with that result in "
            f"{self.counted(OFF)} of {n}, and is right in {self.counted(0)}."
        )

    def conclusion(self) -> str:
        """Whether most answers go with the step."""
        follows, n = self.counted(OFF), len(self.problems)
        if share(i < follows for i in range(n)).low > 0.5:
            return "A number is taken as it stands in the text, right or wrong."
        return "So few problems don't tell whether it mostly does so."


@checked(problems=1)
def measure(lm: LanguageModel, problems: int = PROBLEMS) -> Slip:
    """Write a wrong last step into problems, and read the answers; takes seconds."""
    examples, asked = worked.drawn(problems)
    pairs = zip(few_shot.prompts(examples, asked, steps=True), asked, strict=True)
    prompts = [prompt + slipped(problem) for prompt, problem in pairs]
    texts = lm.batch(prompts, LONGEST, temperature=0)
    answers = (few_shot.said(f"The answer is{text}") for text in texts)
    return Slip(tuple(asked), tuple(answers))


def slipped(problem: Problem) -> str:
    """Both steps, the last one wrong, up to where the answer begins."""
    first, last = problem.steps
    wrong = f"{few_shot.number(problem) + OFF}."
    return f" {first} {last.removesuffix(f'{problem.answer}.')}{wrong} The answer is"
