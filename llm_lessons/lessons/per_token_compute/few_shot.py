"""Word problems behind worked examples, for a model that never practised them.

As in the published tests of large models: three problems of the same kind stand in
front, answered at once or with their steps; then one is asked. Raw text, greedy.
"""

import re
from collections.abc import Sequence

from llm_lessons.fjordby.problems import Problem
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring.intervals import Share, share

EXAMPLES = 3  # in the prompt
LONGEST = {False: 10, True: 96}  # tokens of an answer at once, and with its steps


def prompts(
    examples: Sequence[Problem], problems: Sequence[Problem], steps: bool
) -> list[str]:
    """The examples, answered in one of the ways, and each problem below them."""
    shown = "".join(
        f"{_asked(example)}{_answer(example, steps)}\n\n" for example in examples
    )
    return [f"{shown}{_asked(problem)}" for problem in problems]


@checked()
def right(
    lm: LanguageModel,
    examples: Sequence[Problem],
    problems: Sequence[Problem],
    steps: bool,
) -> Share:
    """Share of problems that are answered rightly."""
    asked = prompts(examples, problems, steps)
    texts = lm.batch(asked, LONGEST[steps], temperature=0, stop="\n")
    return share(
        said(text) == number(problem)
        for text, problem in zip(texts, problems, strict=True)
    )


def said(text: str) -> int | None:
    """The number behind the first "The answer is" of a line; None without any."""
    found = re.search(r"The answer is \$?(\d+)", text.split("\n")[0])
    return int(found[1]) if found else None


def number(problem: Problem) -> int:
    """The right answer, without its dollar."""
    return int(problem.answer.removeprefix("$"))


def _asked(problem: Problem) -> str:
    return f"Question: {problem.question}\nAnswer:"


def _answer(problem: Problem, steps: bool) -> str:
    worked = f" {' '.join(problem.steps)}" if steps else ""
    return f"{worked} The answer is {problem.answer}."
