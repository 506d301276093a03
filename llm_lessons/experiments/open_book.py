"""Weights against context: the same kind of question with and without a note.

Claim C16: the context window is working memory, directly available and exact.
"""

from collections.abc import Sequence

from llm_lessons.experiments.intervals import Share, share
from llm_lessons.experiments.memory import LONGEST_VALUE
from llm_lessons.fjordby import question
from llm_lessons.fjordby.notes import OpenBook
from llm_lessons.language_model import LanguageModel


def with_note(lm: LanguageModel, pages: Sequence[OpenBook]) -> Share:
    """Share of questions answered from the notes above them."""
    return _right(lm, pages, [page.prompt for page in pages])


def without_note(lm: LanguageModel, pages: Sequence[OpenBook]) -> Share:
    """Share of the same questions answered with the notes taken away: chance."""
    return _right(lm, pages, [question(p.asked.kind, p.asked.name) for p in pages])


def _right(
    lm: LanguageModel, pages: Sequence[OpenBook], prompts: Sequence[str]
) -> Share:
    answers = lm.batch(prompts, LONGEST_VALUE, temperature=0)
    return share(
        answer.startswith(f" {page.asked.value}.")
        for page, answer in zip(pages, answers, strict=True)
    )
