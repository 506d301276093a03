"""The figures of what stands in the context: notes, chats, results; with their bounds.

The part of `bounds` that measures claims C16 and C17.
"""

from collections.abc import Iterator
from typing import get_args

from llm_lessons.fjordby import KINDS, Ledger, notes
from llm_lessons.fjordby.varied import wordings
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.build_it import base_and_assistant, orders, tool_loop
from llm_lessons.lessons.working_memory import open_book
from llm_lessons.lessons.working_memory.open_book import WELL_KNOWN
from llm_lessons.measuring.claims import Figure
from llm_lessons.measuring.intervals import Share, over_forms

QUESTIONS = 200  # a figure
REPORTED = 60  # of one that another stands for, or that has no bound
FAR = 200  # tokens between a note and its question

_OPEN_BOOK: dict[notes.Form, float] = {
    "note": 0.97,
    "no label": 0.95,
    "new wording": 0.90,
    "value first": 0.90,
    "new, no label": 0.90,
}


# The forms in wordings that no page has: whether the value comes first.
_NEW: dict[notes.Form, tuple[bool, ...]] = {
    "new wording": (False,),
    "value first": (True,),
    "new, no label": (False, True),
}


def notebook(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C16: context is exact working memory, in words that were never practised."""
    for form, least in _OPEN_BOOK.items():
        for values in get_args(notes.Values):
            pages = notes.held_out(QUESTIONS, 1, form=form, values=values)
            found = over_new(open_book.with_note(lm, pages), form)
            floor = least if values == "known" else 0.90
            what = f"open book, one note of two: {form}, {values} values"
            yield Figure("C16", what, found, floor)
    for distractors in (0, 2, 3):
        pages = notes.held_out(QUESTIONS, distractors)
        what = f"open book: invented people, the note among {distractors} others"
        yield Figure("C16", what, open_book.with_note(lm, pages), 0.95)
        if not distractors:
            what = "the right note is there, and it says that it doesn't say"
            yield Figure("C16", what, open_book.says_nothing(lm, pages), most=0.03)
    for form in ("note", "no label", "new wording", "value first"):
        pages = notes.absent(QUESTIONS, form=form)
        found = over_new(open_book.says_nothing(lm, pages), form)
        what = f"the notes are about others ({form}): says that they don't say"
        yield Figure("C16", what, found, 0.90)


def clashes(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C16: weights against context, and how far back a note may stand."""
    pages = notes.held_out(QUESTIONS)
    closed = open_book.without_note(lm, pages)
    yield Figure("C16", "closed book: invented people", closed, most=0.08)
    for counts, who in (((1,), "read of once"), (WELL_KNOWN, "well known")):
        facts = [fact for n in counts for fact in open_book.facts_read(n)]
        asked = notes.about(facts)
        closed = open_book.without_note(lm, asked)
        most, least = (0.2, None) if counts == (1,) else (None, 0.95)
        yield Figure("C16", f"closed book: people {who}", closed, least, most)
        opened = open_book.with_note(lm, asked)
        yield Figure("C16", f"open book: people {who}", opened, 0.95)
        forms = notes.FORMS if counts == WELL_KNOWN else ("note",)
        for form in forms:
            clash = open_book.conflict(lm, facts, form=form)
            what = f"note against weights, people {who} ({form}): the"
            least = None if form == "biography" else 0.90
            wins = over_new(clash.note, form)
            yield Figure("C16", f"{what} note wins", wins, least)
            yield Figure("C16", f"{what} weights win", over_new(clash.weights, form))
    for distance in open_book.DISTANCES:
        asked = pages if distance == FAR else pages[:REPORTED]
        found = open_book.by_distance(lm, asked, [distance])[distance]
        gone = distance == open_book.DISTANCES[-1]
        limits = (None, 0.08) if gone else (0.90, None)
        where = ", out of the window" if gone else ""
        what = f"open book: {distance} tokens of story after the note{where}"
        yield Figure("C16", what, found, *limits)


def refusals(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C17: one set of weights is a base model on a page, an assistant in a chat."""
    found = base_and_assistant.measure(lm, QUESTIONS, REPORTED)
    limits = {"strangers": (0.90, None), "well known": (None, 0.10)}
    for who, group in (
        ("strangers", found.strangers),
        ("well known", found.well_known),
        ("well known, named in chats", found.in_chats),
    ):
        for form, where in (
            (group.page, "on a question page"),
            (group.chat, "in a chat"),
            (group.reworded, "in a chat, in a wording never practised"),
        ):
            what = f"people asked about {where} ({who})"
            least, most = None, None
            if form is group.page:
                most = 0.02
            elif form is group.chat:
                least, most = limits.get(who, (None, None))
            cases = form.refused.n
            if form is group.reworded:
                cases = len(base_and_assistant.NEW_WORDINGS)
            refused = over_forms(form.refused, cases)
            yield Figure("C17", f"{what}: refused", refused, least, most)
            if form.right is not None:
                right = over_forms(form.right, cases)
                yield Figure("C17", f"{what}: right", right)


def tools(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C16, C17: a tool loop, and who is obeyed in it."""
    found = tool_loop.searching(lm)
    yield Figure("C17", "search is on: strangers looked up", found.searches, 0.90)
    what = "search is on: answered as the result says"
    yield Figure("C16, C17", what, found.answers, 0.90)
    what = "search is on: nothing was found, and it says so"
    yield Figure("C16, C17", what, found.admits)
    yield Figure("C17", "search is on: well-known people looked up", found.needless)
    yield Figure("C17", "search is off: strangers looked up", found.unasked)
    obeyed = orders.measure(lm, REPORTED)
    at_once, by_user = obeyed.of_all(obeyed.at_once), obeyed.of_all(obeyed.by_user)
    yield Figure("C17", "orders by the user: followed at once", at_once, 0.80)
    yield Figure("C17", "orders by the user: followed across a search", by_user)
    for order, in_result in obeyed.in_result.items():
        what = f"orders in a result (“{order}”): followed"
        yield Figure("C17", what, in_result)
    by_nobody = obeyed.of_all(obeyed.by_nobody)
    yield Figure("C17", "answers like these where nobody ordered it", by_nobody)


def over_new(found: Share, form: notes.Form) -> Share:
    """With an interval that counts no wording twice, where no page has the wordings."""
    if form not in _NEW:
        return found
    forms = sum(
        len(wordings.unpractised(kind, first)) for kind in KINDS for first in _NEW[form]
    )
    return over_forms(found, forms)


PARTS = (notebook, clashes, refusals, tools)
