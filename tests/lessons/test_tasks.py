"""What a lesson's list of tasks leads one to expect is what Fjord then does.

A learner tries few cases: those that a list names are tried here, and others like them.
"""

import re
from itertools import product

import pytest

from llm_lessons import load
from llm_lessons.fjordby.corpus import ledger_of
from llm_lessons.lessons.forward_pass import exercises
from llm_lessons.lessons.lossy_zip import recall
from llm_lessons.measuring.replies import replies
from llm_lessons.widgets import OpenBook
from llm_lessons.widgets.open_book import OTHERS

NAMES = ("Liv", "Hanna", "Oda", "Lars", "Zebulon", "Priyanka")
SPOKEN = range(1, 10)


@pytest.fixture(scope="module")
def fjord():
    return load("fjord")


@pytest.fixture(scope="module")
def book(fjord):
    return OpenBook(fjord)


def test_2_another_name_in_the_text_is_fetched_or_its_first_letters(fjord):
    for name in NAMES:
        text = f"Once upon a time there was a girl called {name}. One day"
        [(token, _, chance)] = fjord.next_token(text, 1).rows
        assert f" {name}".startswith(token) and chance > 0.9


def test_2_one_head_alone_is_missed():
    name, whole, without = exercises._without_each()
    assert name == "Julia" and whole > 0.9 and without.min() < 0.5


def test_6_who_was_read_of_once_gets_answers_that_stand_in_fjordby(fjord):
    everything = ledger_of().facts
    facts = [fact for fact in everything if fact.readings == 1]
    said = replies(fjord, recall.prompts(facts[:120], ask=True))
    pairs = list(zip(facts, said, strict=False))
    wrong = [(fact, one) for fact, one in pairs if one.text != fact.value]
    assert len(wrong) >= 0.9 * len(pairs)
    stated = {(fact.kind, fact.value) for fact in everything}
    fitting = sum((fact.kind, one.text) in stated for fact, one in wrong)
    assert fitting >= 0.9 * len(wrong)


def opened(
    book, people, *, conflict: bool, labels=(True, False)
) -> list[tuple[str, str]]:
    """What the notes say and what Fjord says, in every setting of the boxes."""
    found = []
    settings = product(people, range(OTHERS + 1), labels)
    for book.person, book.others, book.label in settings:
        book.conflict = conflict
        found.append((book.note, book._replies[book.prompt][0]))
    return found


def test_9_of_the_six_people_fjord_knows_the_first_two_by_heart(book):
    for person, one in enumerate(book._people):
        book.person = person
        said, _ = book._replies[book.question]
        assert (said == one["truth"]) == (person < 2)


def test_9_it_finds_the_right_note_with_few_exceptions(book):
    read = [answer in note for note, answer in opened(book, range(6), conflict=False)]
    assert sum(read) >= 0.85 * len(read)


def test_9_a_note_with_its_label_wins_over_the_first_man(book):
    for note, answer in opened(book, [0], conflict=True, labels=(True,)):
        assert answer in note and answer != book._people[0]["truth"]


def test_10_a_small_sum_is_right_and_a_name_is_known_while_it_stands_there(fjord):
    asked = list(product(SPOKEN, SPOKEN))
    sums = [[user(f"What is {a} + {b}?")] for a, b in asked]
    said = fjord.chats(sums, 20, 0)
    right = [
        bool(re.search(rf"\b{a + b}\b", text))
        for (a, b), text in zip(asked, said, strict=True)
    ]
    assert sum(right) >= 0.95 * len(right)
    told = [user("My name is Ida."), {"role": "assistant", "content": "Hello, Ida."}]
    question = user("What is my name?")
    for chat, knows in (([*told, question], True), ([question], False)):
        named = ["Ida" in text for text in fjord.chats([chat] * 20, 20, 0.5)]
        assert sum(named) >= 18 if knows else not any(named)


def user(said: str) -> dict[str, str]:
    return {"role": "user", "content": said}
