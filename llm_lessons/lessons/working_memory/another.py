"""The context against the weights, side by side: pages that are pasted."""

from functools import partial

from llm_lessons.fjordby import notes
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.working_memory import open_book, pasting
from llm_lessons.measuring.intervals import Share, share
from llm_lessons.measuring.side_by_side import Part, Plan, cost

ALONE, PAGE, SENTENCE = "question alone", "page above it", "one sentence above"
PEOPLE = 48  # whom the class model is asked about
TOGETHER = 4  # offices
_WAYS = (ALONE, PAGE, SENTENCE)


def _closed(lm: LanguageModel) -> dict[str, Share]:
    return {ALONE: open_book.without_note(lm, notes.held_out(PEOPLE))}


def _opened(lm: LanguageModel) -> dict[str, Share]:
    return {SENTENCE: open_book.with_note(lm, notes.held_out(PEOPLE))}


def _pasted(some: tuple[pasting.Office, ...], lm: LanguageModel) -> dict[str, Share]:
    found = pasting.measure(lm, some).outcomes.values()
    shares = (share(one == pasting.RIGHT for one in cases) for cases in found)
    return dict(zip(_WAYS, shares, strict=True))


def _parts() -> list[Part]:
    every = pasting.OFFICES
    groups = [every[i : i + TOGETHER] for i in range(0, len(every), TOGETHER)]
    return [
        Part(
            cost([one.page for one in some] * len(_WAYS), pasting.ANSWER),
            partial(_pasted, some),
        )
        for some in groups
    ]


PLAN = Plan(
    rows=_WAYS,
    ours=(Part(1, _closed), Part(1, _opened)),
    theirs=lambda lm: _parts(),
    compared=(ALONE, PAGE),
    note="Counted are right answers: to the question alone, below a page that holds "
    "the answer, and below that sentence of it. Fjord is asked about invented people, "
    "with and without a note.",
)
