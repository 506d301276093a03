"""The ten questions on paper, for who has no phone, and what the leader needs for them.

A sheet bears both columns, before and after the evening, and no name. The answers are
a file of their own, which the room's server keeps from phones.
"""

from llm_lessons.lessons.questions import Question
from llm_lessons.pages.kit.words import Words
from llm_lessons.pages.places import table
from llm_lessons_room.activities.ten.content import TEN
from llm_lessons_room.content.texts import words as words_of_pages
from llm_lessons_room.parts.slide import LETTERS

SHEET, KEY = "ten_questions", "ten_answers"  # files
SIDES = 2  # of a sheet
_BOX = '<td><i class="box"></i></td>'
_GAP = '<span class="gap"></span>'


def ten_sheet(words: Words) -> list[str]:
    """Both sides of the sheet: boxes to tick before the evening and after it."""
    half = len(TEN) // SIDES
    front = "".join(_asked(n, one, words) for n, one in enumerate(TEN[:half], 1))
    back = "".join(_asked(n, one, words) for n, one in enumerate(TEN[half:], half + 1))
    sign = f'<div class="own"><i></i><p>{words("ten.sign")}</p></div>'
    count = (
        f'<p class="keep">{words("ten.right")} {words("ten.before")} {_GAP} '
        f"{words('ten.after')} {_GAP}</p>"
    )
    title = f"<h1>{words('ten.title')}</h1>"
    return [
        f"{title}<p>{words('ten.rules')}</p>{sign}{front}"
        f'<p class="talk">{words("ten.over", n=len(TEN) - half)}</p>',
        f"{title}{back}<p>{words('ten.later')}</p>{count}",
    ]


def _asked(number: int, one: Question, words: Words) -> str:
    body = "".join(
        f"<tr>{_BOX}{_BOX}<td><b>{letter}</b> {words.told(choice.text)}</td></tr>"
        for letter, choice in zip(LETTERS, one.choices, strict=False)
    )
    heads = "".join(
        f'<th scope="col">{words(f"ten.{key}")}</th>' for key in ("before", "after")
    )
    head = f'<th scope="col"><b>{number}. {words.told(one.text)}</b></th>'
    return (
        f'<table class="ten"><thead><tr>{heads}{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def ten_key(words: Words) -> str:
    """The right answers, and room to count the sheets: one side, for the leader."""
    rows = [
        [
            f"{number}",
            f"<b>{letter}</b> {words.told(choice.text)}",
            words.told(choice.why_alone),
        ]
        for number, one in enumerate(TEN, 1)
        for letter, choice in zip(LETTERS, one.choices, strict=False)
        if choice.right
    ]
    heads = [words(f"ten.{one}") for one in ("question", "answer", "why")]
    told = words.told(words_of_pages()["lead"]["typed"])
    scores = [str(score) for score in range(len(TEN) + 1)]
    strokes = [
        [f"<b>{words(f'ten.{key}')}</b>", *("" for _ in scores)]
        for key in ("before", "after")
    ]
    return (
        f"<h1>{words('ten.key')}</h1><p>{words('ten.key_text')}</p>"
        f"{table('key', heads, rows)}"
        f"<h2>{words('ten.count')}</h2><p>{words('ten.count_text', form=told)}</p>"
        f"{table('strokes', [words('ten.right'), *scores], strokes)}"
    )
