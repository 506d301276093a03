"""Activity 3: the cards of the relay, the slips of its line, and the answers."""

import html
import re
from collections.abc import Callable, Iterator, Sequence

from llm_lessons.fjordby.problems import Problem
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.per_token_compute import written
from llm_lessons.pages.kit.stories import grid
from llm_lessons.pages.kit.words import Words

ALONE, LINE, MISLED = 6, 5, 1  # cards for the one alone, for the line, and the last one
CARDS = ALONE + LINE + MISLED
CHANGES = 5  # on a card; the line writes so many slips for it
SLIPS, SLIPS_IN_A_ROW = 40, 5
ON_A_SIDE = 6


def most_marbles(problems: Sequence[Problem]) -> int:
    """How many marbles a bag must hold to play any of the cards with."""
    return max(
        int(number)
        for problem in problems
        for step in problem.steps
        for number in re.findall(r"\d+", step)
    )


def relay_cards(
    problems: Sequence[Problem], words: Words, told: Callable[[str], str] = str
) -> Iterator[str]:
    """The cards, side by side of paper; a line for each sentence, the answer below.

    Args:
        told: tells a question in the language of those who hear it.
    """
    made = []
    for number, problem in enumerate(problems, 1):
        sentences = re.split(r"(?<=[.?]) ", told(problem.question))
        lines = "".join(f"<li>{sentence}</li>" for sentence in sentences)
        made.append(
            f'<div class="card"><h3>{words("cards.card", n=number)}</h3>'
            f'<ol>{lines}</ol><p class="below">{words("cards.answer")}: '
            f"{problem.answer}</p></div>"
        )
    for start in range(0, len(made), ON_A_SIDE):
        yield grid(made[start : start + ON_A_SIDE])


def slips(words: Words) -> str:
    one = f'<div class="card slip">{words("cards.marbles")}</div>'
    return (
        f'<h3>{words("cards.slips")}</h3><div class="cards slips">{one * SLIPS}</div>'
    )


def answers_table(lm: LanguageModel, problems: Sequence[Problem], words: Words) -> str:
    """The answers, beside what the class model wrote for each card."""
    ways = [written.write(lm, problems, stepwise) for stepwise in (False, True)]
    rows = "".join(
        f'<tr><th scope="row">{number}</th><td>{_sums(problem)}</td>'
        f"<td><b>{problem.answer}</b></td>{_said(at_once, words)}"
        f"{_said(stepwise, words)}</tr>"
        for number, (problem, at_once, stepwise) in enumerate(
            zip(problems, *ways, strict=True), 1
        )
    )
    keys = ("number", "steps", "answer", "model_once", "model_steps")
    heads = "".join(f"<th>{words(f'cards.{key}')}</th>" for key in keys)
    at_once, stepwise = (sum(text.right for text in way) for way in ways)
    text = words("cards.answers_text", at_once=at_once, steps=stepwise, n=len(problems))
    return (
        f"<h2>{words('cards.answers')}</h2><p>{text}</p>"
        f'<table class="keep" tabindex="0"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _sums(problem: Problem) -> str:
    """The steps without their words, which would not fit on the leader's leaf."""
    return " ".join(step.rpartition(": ")[2] for step in problem.steps)


def _said(text: written.Written, words: Words) -> str:
    verdict = words("cards.right" if text.right else "cards.wrong")
    answer = html.escape(text.answer) if text.answer else words("cards.none")
    return f"<td>{answer} ({verdict})</td>"
