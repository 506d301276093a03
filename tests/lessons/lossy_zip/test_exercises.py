"""Plausible wrong answers, and what each of them is told."""

import pytest

from llm_lessons import fjordby
from llm_lessons.lessons.exercises import exercise
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


@pytest.mark.usefixtures("two_answers")
@pytest.mark.parametrize(
    ("person", "detail", "status", "text"),
    [
        (ONCE.person, f"{OTHER}.", "right", f"“{OTHER}” stands in "),
        (ONCE.person, MADE_UP, "right", "stands nowhere in all that Fjord read"),
        (ONCE.person, ONCE.value, "wrong", f"is true of {ONCE.person}"),
        (ONCE.person, "Paper Barn", "wrong", "doesn't say 'Paper Barn'"),
        ("Nobody Atall", OTHER, "wrong", "nobody called 'Nobody Atall'"),
        (NEVER, OTHER, "wrong", "Copy a full name"),
        (ONCE.person, " . ", "wrong", "`detail` should be words in quotes"),
        (12, OTHER, "wrong", "`person` should be words in quotes"),
    ],
)
def test_detail(person, detail, status, text):
    is_told("06.1", {"person": person, "detail": detail}, status, text)


def pages(name):
    return fjordby.search(name, limit=10_000).hits


def keeps_the_right_ones(name, details):
    return [d for d in details if any(d in page.text for page in pages(name))]


def looks_everywhere(name, details):
    return [d for d in details if fjordby.search(d).total == 0]


def gives_yes_and_no(name, details):
    return [not any(d in page.text for page in pages(name)) for d in details]


def compares_whole_pages(name, details):
    return [d for d in details if d not in [page.text for page in pages(name)]]


def gives_the_first(name, details):
    return next((d for d in details if not any(d in p.text for p in pages(name))), "")


def forgets_to_return(name, details):
    [d for d in details if fjordby.search(d)]


def misspells(name, details):
    return fjordby.search(name).hit  # pyright: ignore


@each_of(
    ("function", "status", "text"),
    [
        (keeps_the_right_ones, "wrong", "Turn it round"),
        (looks_everywhere, "wrong", "does stand in Fjordby, but on no page about"),
        (gives_yes_and_no, "wrong", "Give back the details themselves"),
        (compares_whole_pages, "wrong", "holds everything for made up"),
        (gives_the_first, "wrong", "should return a list"),
        (forgets_to_return, "wrong", "end it with `return`"),
        (misspells, "error", "AttributeError"),
    ],
)
def test_a_wrong_search_is_told_why(function, status, text):
    is_told("06.3", {"made_up": function}, status, text)


def in_a_set(name, details):
    return {d for d in details if not any(d in page.text for page in pages(name))}


def test_a_right_search_may_be_written_in_another_way():
    assert exercise("06.made_up").check({"made_up": in_a_set}).status == "right"
