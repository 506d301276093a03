"""The two books: on a known student, and on Fjord."""

from typing import Any

import pytest

from llm_lessons import fjordby
from llm_lessons.fjordby.corpus import ledger_of
from llm_lessons.fjordby.varied import note_pages
from llm_lessons.lessons.working_memory import weights_or_context
from llm_lessons.loading import load
from llm_lessons.measuring.intervals import Share, median, share
from llm_lessons.measuring.replies import Reply
from tests.titled import title_of


class Student:
    """Knows what stands on 64 pages or more, is unsure of the rest, reads no notes."""

    def __init__(self):
        self.known = {
            fjordby.question(fact.kind, fact.person): fact.value
            for fact in ledger_of().facts
            if fact.readings >= 64
        }

    def batch(self, prompts, max_tokens, temperature, window="stop", stop=""):
        return [f" {self.reply(None, [prompt])[0].text}." for prompt in prompts]

    def reply(self, lm, prompts):
        asked = ["Question: " + prompt.split("Question: ")[1] for prompt in prompts]
        return [
            Reply(self.known[one], 0.9) if one in self.known else Reply("?", 0.3)
            for one in asked
        ]


@pytest.fixture
def books(monkeypatch) -> weights_or_context.Books:
    student: Any = Student()
    monkeypatch.setattr(weights_or_context, "replies", student.reply)
    return weights_or_context.measure(student)


def test_each_kind_of_people_is_asked_once(books):
    known, rare, invented = books.groups
    assert (known.closed.n, rare.closed.n, invented.closed.n) == (120, 40, 120)
    assert [group.closed.share for group in books.groups] == [1, 0, 0]
    assert [group.opened.share for group in books.groups] == [1, 0, 0]
    assert [group.sure.value for group in books.groups] == [0.9, 0.3, 0.3]
    assert known.conflict.weights.share == 1 and rare.conflict.neither.share == 1
    assert invented.conflict is None


def test_nobody_is_asked_for_whom_a_note_of_fjordby_contradicts():
    against = {fact.person for fact in note_pages.contradictions(0)}
    for readings, people in ((1, 40), (64, 30), (512, 30)):
        facts = weights_or_context.facts_read(readings)
        assert {fact.readings for fact in facts} == {readings}
        assert len({fact.person for fact in facts} - against) == len(facts) == people


def test_both_books_are_told_in_numbers(books):
    sentence, alt = (
        text.replace("\u00a0", " ") for text in (books.sentence(), books.alt())
    )
    shares = "100 % (well known), 0 % (read of once), 0 % (invented)"
    assert sentence.count(shares) == 2
    assert alt.endswith("invented: closed 0 %, open 0 %.")


def test_the_books_are_named_in_the_figure(books):
    figure = books.figure()
    (axes,) = figure.axes
    assert {text.get_text() for text in axes.texts} == {"closed book", "open book"}
    assert all(container.has_xerr for container in axes.containers)


@pytest.mark.slow
def test_fjord_reads_what_it_never_learned_and_believes_it():
    books = weights_or_context.measure(load("fjord"))
    known, rare, invented = books.groups
    assert known.closed.share > 0.95 and rare.closed.share < 0.2
    assert invented.closed.share < 0.08
    assert all(group.opened.share > 0.95 for group in books.groups)
    assert known.conflict and known.conflict.note.share > 0.9
    # The lesson says that it is far surer of what it makes up than it has reason to be.
    assert invented.sure.low > 5 * invented.closed.share
    assert known.sure.low > invented.sure.high


def test_the_title_says_where_the_open_book_differs_most():
    def one(part: float) -> Share:
        return share(i < round(100 * part) for i in range(100))

    def title(*rows: tuple[str, float, float]) -> str:
        groups = [
            weights_or_context.Group(
                name, one(closed), one(opened), median([0.5]), None
            )
            for name, closed, opened in rows
        ]
        return title_of(weights_or_context.Books(tuple(groups)))

    known, rare = ("well known", 1.0, 1.0), ("read of once", 0.02, 1.0)
    assert title(known, rare, ("invented", 0, 1)) == (
        "With a note, 100 % are right, without 0 % (invented)"
    )
    assert title(known, rare, ("invented", 0.5, 0.1)) == (
        "With a note, 100 % are right, without 2 % (read of once)"
    )
    assert title(known, ("invented", 0.9, 0.1)) == (
        "With a note, 10 % are right, without 90 % (invented)"
    )
    assert title(known, ("read of once", 0.05, 0.1)) == (
        "No clear difference between closed and open book"
    )
