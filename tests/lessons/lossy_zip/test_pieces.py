"""Pieces of eight words are looked for in stories alone, beside their control."""

from types import SimpleNamespace

import pytest

from llm_lessons.fjordby.corpus import Document
from llm_lessons.lessons.lossy_zip import pieces
from llm_lessons.measuring.intervals import share

OLD = "one two three four five six seven eight nine ten"
NEW = "a b c d e f g h i j"


@pytest.fixture
def two_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [Document("stories", OLD), Document("notes", NEW)]
    corpus = SimpleNamespace(documents=documents)
    monkeypatch.setattr(pieces.fjordby, "build", lambda: corpus)


def test_a_piece_is_eight_words_wherever_it_begins():
    assert pieces.pieces("one two") == []
    assert pieces.pieces(OLD)[0] == "one two three four five six seven eight"
    assert pieces.pieces(OLD)[-1] == "three four five six seven eight nine ten"
    assert len(pieces.pieces(OLD)) == 3


@pytest.mark.usefixtures("two_pages")
def test_each_story_counts_once_by_its_share_of_pieces():
    found = pieces.compare(
        [OLD, "nine " + OLD, "too short"], [NEW, "zero two " + OLD.split(" ", 2)[2]]
    )
    assert found.own.n == 2
    assert found.own.share == pytest.approx((1 + 3 / 4) / 2)
    # A page of notes is no story; and of the other one only the first piece is new.
    assert found.fresh == share([0, 2 / 3])


@pytest.mark.usefixtures("two_pages")
def test_fresh_stories_begin_as_asked_and_stand_nowhere(monkeypatch):
    told = ["one day", OLD, "once more", "one more"]
    monkeypatch.setattr(pieces.stories, "texts", lambda seed: told)
    assert pieces.unread("one", 5) == ["one day", "one more"]
    assert pieces.unread("one", 1) == ["one day"]


def test_more_than_chance_is_told_apart_from_chance():
    few, half, all_of_it = (share([part] * 40) for part in (0.1, 0.5, 1))
    assert "repeats more than chance" in pieces.Pieces(all_of_it, half).sentence()
    for own, fresh in ((half, half), (few, half), (half, all_of_it)):
        sentence = pieces.Pieces(own, fresh).sentence()
        assert "no sign of copying" in sentence
        assert own.percent in sentence and fresh.percent in sentence
