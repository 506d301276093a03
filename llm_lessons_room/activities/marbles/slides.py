"""Slides of the marbles: the problems, and how many Fjord has right."""

import html
from collections.abc import Iterator, Sequence

from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.per_token_compute.direct_or_stepwise import LONGEST_STEPS
from llm_lessons.pages.kit.words import Words
from llm_lessons.pages.places import table
from llm_lessons_room.parts.slide import Content, p, title


def _marbles(step: Content, lm: LanguageModel, words: Words) -> Iterator[str]:
    problems = step["shown"]["problems"]
    yield f"{title(step)}{p(words.plain('slides.paper'))}"
    for number, one in enumerate(problems, 1):
        # people do it in their own language; as Fjord reads it stands small below
        asked = one.get("gloss") or one["question"]
        read = one["question"] if one.get("gloss") else ""
        small = f'<p class="small">{html.escape(read)}</p>'
        yield f"<h1>{number}/{len(problems)}</h1>{p(asked)}{small}"
    rows = [
        [str(number), str(answer)]
        for number, answer in enumerate(step["hidden"]["answers"], 1)
    ]
    asked = step["hidden"]["fjord"]
    right = [_right(lm, asked, key) for key in ("at_once", "steps")]
    said = "".join(
        f"<p>Fjord, {words(f'slides.{key}')}: "
        f"{words('slides.right_of', right=count, n=len(asked))}</p>"
        for key, count in zip(("at_once", "steps"), right, strict=True)
    )
    answers = table("answers", [], rows)
    yield f"<h1>{words('slides.result')}</h1>{answers}{said}"


def _right(lm: LanguageModel, asked: Sequence[Content], key: str) -> int:
    """How many of these Fjord answers right with its favourite words."""
    written = lm.batch([one[key] for one in asked], LONGEST_STEPS, temperature=0)
    ends = [text.strip().rstrip(".").split()[-1:] for text in written]
    return sum(
        end == [str(one["answer"])] for end, one in zip(ends, asked, strict=True)
    )


KINDS = {"marbles": _marbles}
