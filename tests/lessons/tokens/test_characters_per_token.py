"""Characters a token, on tokenizers that are known and on the real vocabularies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_lessons.lessons.tokens import characters_per_token
from llm_lessons.lessons.tokens.vocabularies import vocabularies
from llm_lessons.text.bpe import BPETokenizer


class EveryFew(BPETokenizer):
    """A token for each so many characters."""

    def __init__(self, characters: int):
        self.characters = characters
        super().__init__(lambda text: [], ["x"] * 1000 * characters, [], {})

    def encode(self, text: str) -> list[int]:
        return [0] * -(-len(text) // self.characters)


@given(st.integers(1, 12), st.lists(st.integers(1, 50), min_size=1, max_size=9))
def test_it_is_characters_by_tokens(few: int, lengths: list[int]):
    texts = ["x" * length for length in lengths]
    found = characters_per_token.characters_per_token(EveryFew(few), texts)
    cut = sum(-(-length // few) for length in lengths)
    assert found.value == pytest.approx(sum(lengths) / cut)
    assert found.low is not None and found.high is not None
    assert found.low - 1e-9 <= found.value <= found.high + 1e-9


def test_what_the_lesson_says_of_the_real_vocabularies():
    """Larger ones carry more; English goes furthest, then come code and Norwegian."""
    found = characters_per_token.measure(vocabularies())
    for measured in found.of.values():
        english = measured["English"].value
        assert english == max(number.value for number in measured.values())
        assert measured["emoji"].value < 0.5 < 1 <= measured["digits"].value
        assert measured["Norwegian"].value < english
    if {"SmolLM2", "GPT-4"} <= found.of.keys():
        for kind in found.kinds:
            assert found.of["Fjord"][kind].value <= found.of["SmolLM2"][kind].value
            assert found.of["SmolLM2"][kind].value <= found.of["GPT-4"][kind].value
        digits = found.of["SmolLM2"]["digits"].value
        assert digits == pytest.approx(found.of["Fjord"]["digits"].value, abs=0.1)
