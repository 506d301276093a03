"""Loose sentences: a name and a value in words that say little, hardly ever twice."""

import re
from collections import Counter

import pytest

from llm_lessons.fjordby import inventions, loose, wordings
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.facts import KINDS

LISTED = {
    word
    for lines in wordings.blocks("loose_words.txt").values()
    for word in re.findall(r"[^\W\d_]+", " ".join(lines).lower())
}


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    dice = Dice(3, "test")
    return [loose.sentence(dice) for _ in range(5_000)]


def test_each_has_both_gaps_and_they_come_in_either_order(sentences):
    first = 0
    for sentence in sentences:
        assert sentence.count("{name}") == sentence.count("{value}") == 1
        assert sentence.endswith(".") and "$" not in sentence
        assert sentence[0] == "{" or sentence[0].isupper()
        first += sentence.index("{name}") < sentence.index("{value}")
    assert 2_300 < first < 2_700


def test_hardly_one_comes_twice_and_none_is_a_practised_one(sentences):
    assert len(set(sentences)) > 4_900
    for kind in KINDS:
        kept = [wordings.unpractised(kind, first) for first in (False, True)]
        usual = {*wordings.practised(kind), *kept[0], *kept[1]}
        assert not usual.intersection(sentences)


def test_no_word_around_the_gaps_is_a_value(sentences):
    values = {
        word for kind in KINDS.values() for one in kind.values for word in one.split()
    }
    words = Counter(word for one in sentences for word in one.lower().split())
    assert not values & words.keys()
    assert len(words) > 1_000


def test_decoys_are_invented_words_and_none_that_is_kept_aside(sentences):
    dice = Dice(3, "test")
    usual = {
        word for one in sentences for word in re.findall(r"[^\W\d_]+", one.lower())
    }
    drawn = " ".join(loose.sentence(dice, decoys=True) for _ in range(2_000)).lower()
    new = set(re.findall(r"[^\W\d_]+", drawn)) - usual
    made = [word for word in new if word not in LISTED]
    assert len(made) > 500
    assert not any(map(inventions.is_held_out, made))


def test_articles_agree(sentences):
    for sentence in sentences:
        assert not re.search(r"\b[Aa] [aeiou]", sentence), sentence
