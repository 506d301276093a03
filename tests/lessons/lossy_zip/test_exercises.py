"""Plausible wrong answers, and what each of them is told."""

import pytest

from llm_lessons import fjordby
from llm_lessons.lessons.lossy_zip import exercises
from llm_lessons.measuring.replies import Reply
from tests.each import each_of
from tests.lessons.checking.told import is_told

FACTS = fjordby.build().ledger.facts
ONCE = next(fact for fact in FACTS if fact.readings == 1)
NEVER = next(fact.person for fact in FACTS if not fact.readings)
OTHER = next(f.value for f in FACTS if f.kind == ONCE.kind and f.value != ONCE.value)
MADE_UP = "Qwertyville"  # no word of Fjordby


@pytest.fixture
def two_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Fjord that gives a value of somebody else, or a word of its own."""

    def replies(lm, prompts):
        assert all(ONCE.person in prompt for prompt in prompts)
        return [Reply((OTHER, MADE_UP)[i % 2], 0.5) for i, _ in enumerate(prompts)]

    monkeypatch.setattr(exercises, "replies", replies)


@each_of(
    ("person", "detail", "status", "text"),
    [
        (ONCE.person, f"{OTHER}.", "right", f"“{OTHER}” stands in "),
        (ONCE.person, MADE_UP, "right", "stands nowhere in all that Fjord read"),
        (ONCE.person, ONCE.value, "wrong", f"is true of {ONCE.person}"),
        (ONCE.person, "Paper Barn", "wrong", "doesn't say 'Paper Barn'"),
        (NEVER, OTHER, "wrong", "Copy a full name"),
    ],
)
def test_detail(two_answers, person, detail, status, text):
    is_told("06.1", {"person": person, "detail": detail}, status, text)


def stands(detail, name):
    return any(d.text.count(detail) for d in fjordby.search(name, limit=10_000).hits)


def compares_whole_pages(name, details):
    pages = [page.text for page in fjordby.search(name, limit=10_000).hits]
    return [d for d in details if d not in pages]


@each_of(
    ("function", "status", "text"),
    [
        (lambda n, ds: [d for d in ds if stands(d, n)], "wrong", "Turn it round"),
        (
            lambda n, ds: [d for d in ds if not fjordby.search(d).total],
            *("wrong", "does stand in Fjordby, but on no page about"),
        ),
        (
            lambda n, ds: [not stands(d, n) for d in ds],
            *("wrong", "Give back the details themselves"),
        ),
        (compares_whole_pages, "wrong", "holds everything for made up"),
        (lambda n, ds: {d for d in ds if not stands(d, n)}, "right", "try yours on"),
    ],
)
def test_made_up(function, status, text):
    is_told("06.3", {"made_up": function}, status, text)
