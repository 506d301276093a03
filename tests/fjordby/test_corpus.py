"""The corpus as a whole: the same everywhere, searchable, and known in its ledger."""

import hashlib
import random
from collections import Counter

import pytest

from llm_lessons import fjordby
from llm_lessons.fjordby import Ledger
from llm_lessons.fjordby import corpus as corpus_module
from llm_lessons.fjordby.dice import Dice

pytestmark = pytest.mark.slow

SHA256 = "a2af2a67608aa5392038a2e1cb9436c44eb18c99ea10a0a510157cf647ff3d98"


def test_the_fingerprint_is_the_same_on_every_python(corpus):
    joined = "\0".join(text for _, text in corpus.documents)
    assert corpus.sha256 == hashlib.sha256(joined.encode()).hexdigest() == SHA256


def test_another_order_of_reading_keeps_to_it(corpus):
    documents = corpus.documents[::5]
    orders = [
        corpus_module.in_reading_order(documents, Dice(seed, "another"))
        for seed in (1, 1, 2)
    ]
    assert orders[0] == orders[1] != orders[2]
    for order in orders:
        assert Counter(order) == Counter(documents)
        first = [place for place, one in enumerate(order) if one[0] == "first notes"]
        assert len(order) / 10 < first[0] < first[-1] < len(order) * 0.75


def test_documents_are_handed_out_as_by_a_list():
    pairs = [("notes", "a"), ("chat", "b c"), ("notes", "a"), ("till", "")]
    written = [corpus_module.Document(*pair) for pair in pairs]
    documents = corpus_module.Documents.of(written)
    assert list(documents) == written
    for part in (slice(2), slice(-1, None), slice(3, 0, -2), slice(9, 12)):
        assert documents[part] == written[part]
    assert [documents[i] for i in range(-4, 4)] == written * 2
    for place in (4, -5):
        with pytest.raises(IndexError):
            documents[place]
    assert documents.spread(2) == written[::2]
    assert documents.spread(4) == documents.spread(9) == written


def is_whole(needle: str, text: str) -> bool:
    """Whether a text stands in another without a letter that would make it longer."""
    places = (i for i in range(len(text)) if text.startswith(needle, i))
    edges = ((text[i - 1 : i + 1], text[i + len(needle) - 1 :][:2]) for i in places)
    return any(not a.isalnum() and not b.isalnum() for a, b in edges)


def test_search_finds_what_in_finds_and_for_people_whole_words_first(corpus):
    chooser = random.Random(7)
    needles = ["Lomvik", "marble", "marbles", "no such text"]
    for document in chooser.sample(corpus.documents, 3):
        start = chooser.randrange(len(document.text) - 20)
        needles.append(document.text[start : start + 20])
    for needle in needles:
        expected = [
            (i, document.section, document.text)
            for i, document in enumerate(corpus.documents)
            if needle in document.text
        ]
        in_order = corpus.search(needle, limit=7)
        assert in_order.total == len(expected)
        assert list(map(tuple, in_order.hits)) == expected[:7]
        expected.sort(key=lambda one: not is_whole(needle, one[2]))
        found = fjordby.search(needle, limit=7)
        assert found.whole == sum(is_whole(needle, text) for _, _, text in expected)
        assert found.total == len(expected)
        assert list(map(tuple, found.hits)) == expected[:7]
    with pytest.raises(ValueError, match="at least one character"):
        fjordby.search("")


def test_ledger_survives_json(corpus):
    told = corpus.ledger.to_json()
    assert Ledger.from_json(told) == corpus.ledger and len(told) < 250_000
