"""The standard corpus, written once for all tests of this folder."""

import pytest

from llm_lessons import fjordby
from llm_lessons.fjordby import Corpus
from llm_lessons.foundation.paths import DATA
from llm_lessons.text.tokenizers import SentencePieceTokenizer


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return fjordby.build()


@pytest.fixture(scope="session")
def texts(corpus: Corpus) -> dict[str, list[str]]:
    """The texts of each section, in the order of reading."""
    sections: dict[str, list[str]] = {name: [] for name in corpus.section_counts()}
    for section, text in corpus.documents:
        sections[section].append(text)
    return sections


@pytest.fixture(scope="session")
def tokenizer() -> SentencePieceTokenizer:
    """Fjord's own."""
    return SentencePieceTokenizer((DATA / "fjord" / "tokenizer.model").read_bytes())
