"""What was never read is like what was read, and stands nowhere in it."""

from collections import Counter

import pytest

from llm_lessons import fjordby
from llm_lessons.fjordby import assistant, chat, fruit, marbles, note_pages, stories

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def unseen() -> tuple[str, ...]:
    return fjordby.unseen(3000)


def kind(text: str) -> str:
    """The section that a document is from, by its look."""
    marks = {
        "marbles in a bag": "marbles",
        "All the fruit": "fruit",
        "Question: ": "notes",
    }
    found = [section for mark, section in marks.items() if mark in text]
    return found[0] if found else "chat" if f"{chat.MODEL} " in text else "stories"


def test_no_unseen_document_was_read(unseen, corpus):
    read = {document.text for document in corpus.documents}
    assert len(unseen) == 3000 and not read.intersection(unseen)


def test_the_mix_is_that_of_the_corpus(unseen):
    expected = {
        "stories": stories.STORIES,
        "fruit": len(fruit.texts(1)),
        "marbles": 3 * sum(marbles.PAGES_BY_CHANGES.values()),
        "notes": note_pages.FIRST_PAGES + note_pages.PAGES,
        "chat": assistant.TRANSCRIPTS,
    }
    counted = Counter(map(kind, unseen))
    assert counted.keys() == expected.keys()
    for section, documents in expected.items():
        share = documents / sum(expected.values())
        # a bit fewer marbles: many a question with one change has been read
        assert counted[section] / 3000 == pytest.approx(share, abs=0.05)


def test_notes_can_be_left_out(corpus):
    without = fjordby.unseen(1000, notes=False)
    assert {kind(text) for text in without} == {"stories", "fruit", "marbles", "chat"}
    assert not {document.text for document in corpus.documents}.intersection(without)


@pytest.mark.rest
def test_another_seed_writes_other_documents(unseen):
    # but for a marble question with one change now and then
    assert len(set(fjordby.unseen(500, seed=2)).intersection(unseen)) < 10


def test_the_first_of_many_are_the_same_and_no_more_are_kept(unseen):
    assert fjordby.unseen(10) == unseen[:10]
    with pytest.raises(ValueError, match="take more seeds"):
        fjordby.unseen(5000)
