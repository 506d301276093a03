"""Answering at once against writing the steps, on problems that were held out.

Claims C13 to C15: every token gets the same small budget; an answer at once crams the
whole calculation into one or two of them; written steps spread it over many. Dots give
as many tokens, and so as much computation, with nothing written in them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from llm_lessons.fjordby.problems import Problem
from llm_lessons.fjordby.varied import marbles
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring.intervals import Share, share

LONGEST_ANSWER = 8  # tokens
LONGEST_STEPS = 192  # tokens
FINAL = re.compile(r"Answer: ([^.\n]*)\.")


def with_room(lm: LanguageModel, n: int, k: int, seed: int = 0) -> list[Problem]:
    """Held-out marbles with k changes whose right steps fit into the model's window.

    Those of many changes often don't, and an end of the window says nothing about a
    procedure. Where too few of four times as many do, others fill up the n.
    """

    def is_too_long(problem: Problem) -> bool:
        tokens = lm.tokenizer.encode(problem.step_by_step)
        return len(lm.tokenizer.prefix) + len(tokens) > lm.config.max_seq_len

    return sorted(marbles.held_out(4 * n, k, seed), key=is_too_long)[:n]


@checked()
def answers_at_once(lm: LanguageModel, problems: Sequence[Problem]) -> list[str]:
    """What the model answers when it must answer straight away."""
    prompts = [problem.at_once_prompt for problem in problems]
    texts = lm.batch(prompts, LONGEST_ANSWER, temperature=0)
    return [text.strip().split(".")[0] for text in texts]


@checked()
def answers_stepwise(
    lm: LanguageModel, problems: Sequence[Problem], begun: Sequence[str] = ()
) -> list[tuple[str, str]]:
    """What the model writes step by step: the text, and the answer at its end.

    Args:
        begun: steps already written behind each prompt, if any.
    """
    begun = begun or [""] * len(problems)
    prompts = [p.step_prompt + start for p, start in zip(problems, begun, strict=True)]
    texts = lm.batch(prompts, LONGEST_STEPS, temperature=0)
    finals = (FINAL.search(text) for text in texts)
    return [
        (text, final[1] if final else "")
        for text, final in zip(texts, finals, strict=True)
    ]


@checked()
def answers_after_dots(lm: LanguageModel, problems: Sequence[Problem]) -> list[str]:
    """What the model answers after as many dots as the steps have tokens."""
    prompts = [f"{p.dots_prompt}{dots_for(lm, p)} Answer:" for p in problems]
    texts = lm.batch(prompts, LONGEST_ANSWER, temperature=0)
    return [text.strip().split(".")[0] for text in texts]


def dots_for(lm: LanguageModel, problem: Problem) -> str:
    """As many dots as the steps of a problem have tokens: " . . ."."""
    return " ." * len(lm.tokenizer.encode(" " + " ".join(problem.steps)))


@checked()
def right_at_once(lm: LanguageModel, problems: Sequence[Problem]) -> Share:
    """Share of problems answered correctly at once."""
    answers = answers_at_once(lm, problems)
    return share(a == p.answer for a, p in zip(answers, problems, strict=True))


@checked()
def right_after_dots(lm: LanguageModel, problems: Sequence[Problem]) -> Share:
    """Share of problems answered correctly after dots."""
    answers = answers_after_dots(lm, problems)
    return share(a == p.answer for a, p in zip(answers, problems, strict=True))


@checked()
def right_stepwise(lm: LanguageModel, problems: Sequence[Problem]) -> Share:
    """Share of problems answered correctly step by step."""
    answers = answers_stepwise(lm, problems)
    return share(a == p.answer for (_, a), p in zip(answers, problems, strict=True))


@dataclass(frozen=True)
class AlteredStep:
    """What follows when the first written step is made wrong by a little.

    Attributes:
        follows: share of problems whose next step takes the wrong number as it stands.
        ignores: share whose next step takes the number that would have been right.
    """

    follows: Share
    ignores: Share


@checked()
def altered_step(lm: LanguageModel, problems: Sequence[Problem]) -> AlteredStep:
    """Add one to the first step's result in fruit problems, and see who follows it.

    Where the step reads "The oranges? 3 apples, 2 oranges: 2 x 2 = $4.", the model
    finds "$5." and goes on from there; its next step subtracts 5 or 4.
    """
    begun, wrong, right = [], [], []
    for problem in problems:
        first = problem.steps[0]
        number = int(re.findall(r"\d+", first)[-1])
        begun.append(" " + first.replace(f"${number}.", f"${number + 1}."))
        wrong.append(f" - {number + 1} =")
        right.append(f" - {number} =")
    prompts = [p.step_prompt + start for p, start in zip(problems, begun, strict=True)]
    texts = lm.batch(prompts, LONGEST_STEPS, temperature=0, stop=".")
    return AlteredStep(
        share(mark in text for mark, text in zip(wrong, texts, strict=True)),
        share(mark in text for mark, text in zip(right, texts, strict=True)),
    )
