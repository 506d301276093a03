"""What was never read is like what was read, and stands nowhere in it."""

import re
from collections import Counter

import pytest

from llm_lessons import fjordby
from llm_lessons.fjordby import assistant, chat, stories
from llm_lessons.fjordby.everyday import beginnings, chats, counting, shopping
from llm_lessons.fjordby.everyday import notes as everyday_notes
from llm_lessons.fjordby.varied import fruit, marbles, note_pages, told

pytestmark = pytest.mark.slow

PROBLEM = re.compile(r"\n(Answer (at once|after dots|first)|Step by step):")


@pytest.fixture(scope="module")
def unseen() -> tuple[str, ...]:
    return fjordby.unseen(3000)


def kind(text: str) -> str:
    """The section that a document is from, by its look."""
    if PROBLEM.search(text):
        return "fruit" if "$" in text else "marbles"
    if "\n" not in text:
        return "stories"
    return "chat" if f"\n{chat.MODEL} " in text else "notes"


def test_the_mix_is_that_of_the_corpus_and_no_document_was_read(unseen, corpus):
    read = {document.text for document in corpus.documents}
    assert len(unseen) == 3000 and not read.intersection(unseen)
    assert fjordby.unseen(10) == unseen[:10]
    with pytest.raises(ValueError, match="take more seeds"):
        fjordby.unseen(5000)
    expected = {
        "stories": stories.STORIES + beginnings.STORIES,
        "fruit": fruit.AT_ONCE
        + fruit.STEP_BY_STEP
        + fruit.CHECK
        + fruit.BECAUSE
        + shopping.AT_ONCE
        + shopping.STEP_BY_STEP,
        "marbles": 3 * sum(marbles.PAGES_BY_CHANGES.values())
        + (1 + counting.AT_ONCE + counting.AFTER_DOTS)
        * sum(counting.PAGES_BY_CHANGES.values()),
        "notes": note_pages.FIRST_PAGES + note_pages.PAGES + everyday_notes.PAGES,
        "chat": assistant.TRANSCRIPTS + told.TRANSCRIPTS + chats.TRANSCRIPTS,
    }
    counted = Counter(map(kind, unseen))
    assert counted.keys() == expected.keys()
    for section, documents in expected.items():
        share = documents / sum(expected.values())
        assert counted[section] / 3000 == pytest.approx(share, abs=0.02), section


@pytest.mark.rest
def test_notes_can_be_left_out(corpus):
    without = fjordby.unseen(1000, notes=False)
    assert {kind(text) for text in without} == {"stories", "fruit", "marbles", "chat"}
    assert not {document.text for document in corpus.documents}.intersection(without)
