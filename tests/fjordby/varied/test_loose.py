"""Loose sentences: a name and a value in words that say little, hardly ever twice."""

from collections import Counter

import pytest

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.facts import KINDS
from llm_lessons.fjordby.varied import loose, note_frames, wordings


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    dice = Dice(3, "test")
    return [loose.sentence(dice) for _ in range(5_000)]


def test_hardly_one_comes_twice_and_none_says_a_kind_of_fact(sentences):
    assert len(set(sentences)) > 4_900
    said = {one.removesuffix(".") for one in sentences}
    for kind in KINDS:
        usual = set(KINDS[kind].statements)
        for order in note_frames.ORDERS:
            usual.update(wordings.unpractised(kind, order == "value first"))
            usual.update(note_frames.doings(kind, order))
            usual.update(note_frames.attributes(kind, order))
        assert not said.intersection(one.removesuffix(".") for one in usual)


def test_no_word_around_the_gaps_is_a_value(sentences):
    values = {
        word for kind in KINDS.values() for one in kind.values for word in one.split()
    }
    words = Counter(word for one in sentences for word in one.lower().split())
    assert not values & words.keys()
    assert len(words) > 1_000 and max(words.values()) < len(sentences)
