"""What the model writes for a problem, token by token, with what each token costs.

Claims C13 to C15: the same model answers the same question at once, or with steps
before the answer; only the last words of the prompt differ.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from llm_lessons.fjordby.problems import Problem
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.per_token_compute import budget
from llm_lessons.lessons.per_token_compute.direct_or_stepwise import (
    FINAL,
    LONGEST_ANSWER,
    LONGEST_STEPS,
)
from llm_lessons.measuring.surprise import chances


@dataclass(frozen=True)
class Written:
    """One text that the model wrote, always with the likeliest token.

    Attributes:
        problem: what was asked.
        prompt: the question, and the words that ask for the one way or the other.
        text: what the model wrote.
        tokens: the same as token ids.
        costs: operations of each token.
        answer: the answer in the text, without the full stop; "" if there is none.
    """

    problem: Problem
    prompt: str
    text: str
    tokens: tuple[int, ...]
    costs: tuple[int, ...]
    answer: str

    @property
    def right(self) -> bool:
        """Whether the answer is the right one."""
        return self.answer == self.problem.answer


@checked()
def write(
    lm: LanguageModel,
    problems: Sequence[Problem],
    stepwise: bool,
    begun: Sequence[str] = (),
) -> list[Written]:
    """Let the model answer each problem, at once or step by step; greedy.

    The token that ends a text is not counted.

    Args:
        begun: how each text begins, if the model is to go on from there.
    """
    begun = begun or [""] * len(problems)
    prompts = [p.step_prompt if stepwise else p.at_once_prompt for p in problems]
    longest = LONGEST_STEPS if stepwise else LONGEST_ANSWER
    starts = [prompt + start for prompt, start in zip(prompts, begun, strict=True)]
    texts = lm.batch(starts, longest, temperature=0)
    return [
        _written(lm, problem, prompt, start + text, stepwise)
        for problem, prompt, start, text in zip(
            problems, prompts, begun, texts, strict=True
        )
    ]


def _written(
    lm: LanguageModel, problem: Problem, prompt: str, text: str, stepwise: bool
) -> Written:
    tokens = lm.encode(prompt + text)[len(lm.encode(prompt)) :]
    costs = budget.answer_costs(lm, prompt, len(tokens))
    if stepwise:
        final = FINAL.search(text)
        answer = final[1] if final else ""
    else:
        answer = text.strip().split(".")[0]
    return Written(problem, prompt, text, tuple(tokens), tuple(costs), answer)


@checked()
def sureness(lm: LanguageModel, texts: Sequence[Written]) -> list[float]:
    """How often the coin would fall on each answer, after all that stands before it.

    It is the product of the probabilities of the answer's tokens and of the full stop
    behind them, at temperature 1; 0 where there is no answer.
    """
    befores, endings = [], []
    for text in texts:
        ending = f" {text.answer}."
        place = text.text.rfind(ending) if text.answer else -1
        befores.append(text.prompt + text.text[: max(place, 0)])
        endings.append(ending)
    odds = chances(lm, befores, endings)
    return [x if text.answer else 0.0 for text, x in zip(texts, odds, strict=True)]
