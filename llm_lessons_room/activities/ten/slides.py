"""Slides of the ten questions: before the evening, and after it with what is right."""

import html
from collections.abc import Iterator

from llm_lessons.language_model import LanguageModel
from llm_lessons.pages.kit.words import Words
from llm_lessons_room.parts.slide import LETTERS, Content, asked, p


def _ten(step: Content, lm: LanguageModel, words: Words) -> Iterator[str]:
    questions = step["shown"]["questions"]
    before = step["shown"]["when"] == "before"
    for number, one in enumerate(questions):
        of = f"{number + 1}/{len(questions)}"
        if before:
            yield f"<h1>{html.escape(step['title'])} · {of}</h1>{asked(one)}"
            continue
        right, why = step["hidden"]["right"][number], step["hidden"]["why"][number]
        choice = html.escape(one["choices"][right])
        yield (
            f"<h1>{of}</h1>{p(one['question'])}"
            f"<p><b>{LETTERS[right]} · {choice}</b></p>{p(why)}"
        )


KINDS = {"ten": _ten}
