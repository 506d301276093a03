"""The corpus as a whole: the same everywhere, searchable, and known in its ledger."""

import hashlib
import random
from collections import Counter
from pathlib import Path

import pytest

from llm_lessons import fjordby
from llm_lessons.fjordby import Ledger
from llm_lessons.fjordby import corpus as corpus_module
from llm_lessons.fjordby.dice import Dice

pytestmark = pytest.mark.slow

SHA256 = "fe20bc8e23896db8bc9c744b22ca62a8b49a563d90bd36899d3a8c4c14d92858"
PLAIN = {*map(chr, range(32, 127)), "\n", *"åøæéöüÅØÆÉÖÜ"}


def test_the_fingerprint_is_the_same_on_every_python(corpus):
    joined = "\0".join(text for _, text in corpus.documents)
    assert corpus.sha256 == hashlib.sha256(joined.encode()).hexdigest() == SHA256


@pytest.mark.rest  # the fingerprint above holds what is written
def test_writing_it_twice_gives_the_same_and_prints_nothing(corpus, capsys):
    again = corpus_module.build.__wrapped__(0)
    assert capsys.readouterr() == ("", "")
    assert again is not corpus
    assert list(again.documents) == list(corpus.documents)
    assert again.ledger == corpus.ledger
    assert fjordby.build() is corpus


@pytest.mark.rest
def test_another_seed_gives_another_corpus(corpus):
    other = corpus_module.build.__wrapped__(1)
    assert other.sha256 != corpus.sha256
    sizes = {name: size.documents for name, size in other.section_counts().items()}
    assert sizes == {
        name: size.documents for name, size in corpus.section_counts().items()
    }


def test_section_counts_add_up(corpus):
    counts = corpus.section_counts()
    assert sum(size.documents for size in counts.values()) == len(corpus.documents)
    assert sum(size.characters for size in counts.values()) == sum(
        len(text) for _, text in corpus.documents
    )


def test_text_is_plain_and_short_enough(corpus):
    for _, text in corpus.documents:
        assert set(text) <= PLAIN
        assert text == text.strip()
        assert 0 < len(text) < 700


def test_sections_are_mixed_but_for_those_that_have_their_time(corpus):
    sections = [section for section, _ in corpus.documents]
    always = set(sections) - corpus_module.WHEN.keys()
    assert len(always) == len(set(sections)) - 4
    for start in range(0, len(sections) - 5_000, 5_000):
        assert always <= set(sections[start : start + 5_000])
    lists, first, others, sums = (
        [place for place, section in enumerate(sections) if section == name]
        for name in ("counts", "first notes", "notes", "first marbles")
    )
    assert lists[0] < 200 and lists[-1] < len(sections) / 2
    assert len(sections) / 10 < first[0] < first[len(first) // 4] < others[0]
    assert others[len(others) // 4] < first[-1] < others[len(others) // 2]
    assert others[-1] > len(sections) - 100
    # Sums of one change come in two crowds: most of them late, as the learning rate
    # falls to zero.
    assert len(sections) * 0.35 < sums[0]
    early, late = sums[: int(len(sums) * 0.3)], sums[int(len(sums) * 0.36) :]
    assert early[-1] < len(sections) * 0.6 < len(sections) * 0.75 < late[0]
    assert sums[-1] > len(sections) - 100


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
    written = [
        corpus_module.Document(*pair)
        for pair in [("notes", "a"), ("chat", "b c"), ("notes", "a"), ("till", "")]
    ]
    documents = corpus_module.Documents.of(written)
    assert list(documents) == written
    assert list(reversed(documents)) == written[::-1]
    for part in (slice(2), slice(-1, None), slice(3, 0, -2), slice(9, 12)):
        assert documents[part] == written[part]
    assert [documents[i] for i in range(-4, 4)] == written * 2
    for place in (4, -5):
        with pytest.raises(IndexError):
            documents[place]
    assert documents.spread(2) == written[::2]
    assert documents.spread(4) == documents.spread(9) == written


def test_search_finds_what_in_finds(corpus):
    chooser = random.Random(7)
    needles = ["Lomvik", "Once upon a time", "marbles", "Answer: 16.", "no such text"]
    for document in chooser.sample(corpus.documents, 5):
        start = chooser.randrange(len(document.text) - 20)
        needles.append(document.text[start : start + 20])
    for needle in needles:
        expected = [
            (i, document.section, document.text)
            for i, document in enumerate(corpus.documents)
            if needle in document.text
        ]
        found = corpus.search(needle, limit=7)
        assert found.total == len(expected)
        assert list(map(tuple, found.hits)) == expected[:7]


def test_search_keeps_to_single_documents(corpus):
    first, second = corpus.documents[0].text, corpus.documents[1].text
    assert corpus.search(first[-5:] + "\0" + second[:5]).total == 0
    assert corpus.search("loMVIK").total == 0


def test_search_in_the_last_document(corpus):
    last = len(corpus.documents) - 1
    ending = corpus.documents[last].text
    hits = corpus.search(ending, limit=len(corpus.documents)).hits
    assert hits[-1].index == last


def test_search_for_nothing_is_an_error():
    with pytest.raises(ValueError, match="at least one character"):
        fjordby.search("")


def test_the_shortcut_searches_the_standard_corpus(corpus):
    assert fjordby.search("Lomvik", limit=3) == corpus.search("Lomvik", limit=3)


def test_ledger_survives_json(corpus, tmp_path: Path):
    file = tmp_path / "ledger.json"
    file.write_text(corpus.ledger.to_json(), encoding="utf-8")
    assert Ledger.from_json(file.read_text(encoding="utf-8")) == corpus.ledger
    assert file.stat().st_size < 250_000
