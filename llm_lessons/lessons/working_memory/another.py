"""The context against the weights, side by side: pages that are pasted, notes that lie.

A country has two notes, in two wordings, and they are one case.
"""

from collections.abc import Callable, Iterator
from functools import partial

from llm_lessons.fjordby import notes
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.temperature.capitals import COUNTRIES, Country
from llm_lessons.lessons.working_memory import open_book, pasting, real_notes
from llm_lessons.lessons.working_memory.open_book import facts_read
from llm_lessons.measuring.intervals import Share, share
from llm_lessons.measuring.side_by_side import Part, Plan, cost

ALONE, PAGE, SENTENCE = "question alone", "page above it", "one sentence above"
RAW, CHAT = "lying note wins", "… in a chat"
PEOPLE = 48  # whom the class model is asked about
OFFICES, TOWNS = 4, 6  # asked about together
_WAYS = (ALONE, PAGE, SENTENCE)
_FORMS = 1 + len(real_notes.WORDINGS)


def _closed(lm: LanguageModel) -> dict[str, Share]:
    return {ALONE: open_book.without_note(lm, notes.held_out(PEOPLE))}


def _opened(lm: LanguageModel) -> dict[str, Share]:
    return {SENTENCE: open_book.with_note(lm, notes.held_out(PEOPLE))}


def _contradicted(lm: LanguageModel) -> dict[str, Share]:
    return {RAW: open_book.conflict(lm, facts_read(256)[:PEOPLE]).note}


def _pasted(start: int, lm: LanguageModel) -> dict[str, Share]:
    found = pasting.measure(lm, pasting.OFFICES[start : start + OFFICES])
    shares = (
        share(one == pasting.RIGHT for one in cases)
        for cases in found.outcomes.values()
    )
    return dict(zip(_WAYS, shares, strict=True))


type Asked = Callable[[LanguageModel, tuple[Country, ...]], dict[str, list[int]]]


def _believed(row: str, ask: Asked, start: int, lm: LanguageModel) -> dict[str, Share]:
    found = ask(lm, COUNTRIES[start : start + TOWNS])
    wordings = (found[form] for form in real_notes.WORDINGS)
    won = [[one == real_notes.NOTE for one in cases] for cases in wordings]
    return {row: share(sum(case) / len(case) for case in zip(*won, strict=True))}


def _parts(lm: LanguageModel) -> Iterator[Part]:
    for start in range(0, len(pasting.OFFICES), OFFICES):
        pages = [one.page for one in pasting.OFFICES[start : start + OFFICES]]
        each = cost(pages * len(_WAYS), pasting.ANSWER)
        yield Part(each, partial(_pasted, start))
    asked = ["x" * 80] * _FORMS * TOWNS  # letters of a note and its question
    for start in range(0, len(COUNTRIES), TOWNS):
        each = cost(asked, real_notes.LONGEST)
        yield Part(each, partial(_believed, RAW, real_notes.raw, start))
    for start in range(0, len(COUNTRIES), TOWNS) if lm.template else ():
        each = cost(asked, real_notes.CHAT)
        yield Part(each, partial(_believed, CHAT, real_notes.in_chat, start))


PLAN = Plan(
    rows=(*_WAYS, RAW, CHAT),
    ours=tuple(Part(1, count) for count in (_closed, _opened, _contradicted)),
    theirs=lambda lm: [*_parts(lm)],
    compared=(ALONE, PAGE),
    note="The first three rows count right answers: to the question alone, below a "
    "page that holds the answer, and below that sentence of it. Then, how often a note "
    "that lies wins over what a model knows. Fjord is asked about invented people, "
    "with and without a note, and about well-known ones below a note that lies.",
)
