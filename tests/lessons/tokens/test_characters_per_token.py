"""Characters a token, on tokenizers that are known and on the real vocabularies."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_lessons.lessons.tokens import characters_per_token, passages
from llm_lessons.lessons.tokens.vocabularies import vocabularies
from llm_lessons.text.bpe import BPETokenizer
from tests.titled import title_of


class EveryFew(BPETokenizer):
    """A token for each so many characters."""

    def __init__(self, characters: int):
        self.characters = characters
        super().__init__(lambda text: [], ["x"] * 1000 * characters, [], {})

    def encode(self, text: str) -> list[int]:
        return [0] * -(-len(text) // self.characters)


def by_few(few: int) -> characters_per_token.Lengths:
    known = {"Fjord": EveryFew(1), "Few": EveryFew(few)}
    kinds = {"even": ["x" * 12] * 5, "odd": ["x" * 13, "x" * 14]}
    return characters_per_token.measure(known, kinds)


@given(st.integers(1, 12), st.lists(st.integers(1, 50), min_size=1, max_size=9))
def test_it_is_characters_by_tokens(few: int, lengths: list[int]):
    texts = ["x" * length for length in lengths]
    found = characters_per_token.characters_per_token(EveryFew(few), texts)
    cut = sum(-(-length // few) for length in lengths)
    assert found.value == pytest.approx(sum(lengths) / cut)
    assert found.low is not None and found.high is not None
    assert found.low - 1e-9 <= found.value <= found.high + 1e-9


def test_equal_passages_leave_no_doubt():
    measured = by_few(4).of["Few"]
    even, odd = measured["even"], measured["odd"]
    assert (even.low, even.value, even.high) == (4, 4, 4)
    assert odd.low is not None and odd.high is not None
    assert odd.low < odd.value < odd.high


def test_sentence_and_alternative_text_say_the_numbers():
    found = by_few(4)
    assert title_of(found) == "Up to 4.0 characters a token in even, 3.4 in odd"
    assert found.sentence() == (
        "One token of Few's carries 4.0 characters of even, but only 3.4 of odd; one "
        "of Fjord's carries 1.0 and 1.0."
    )
    assert found.alt().endswith(
        "even: Fjord 1.00, Few 4.00; odd: Fjord 1.00, Few 3.38."
    )


def test_what_somebody_said_is_marked_in_the_figure_and_told():
    found = by_few(4)
    (axes,) = found.figure(9).axes
    assert "you said" in [text.get_text() for text in axes.texts]
    low, high = axes.get_xlim()
    assert low <= 9 <= high
    assert found.alt(9).endswith("Few 3.38. You said 9 of even.")
    assert "you said" not in [text.get_text() for text in found.figure().axes[0].texts]


def test_the_passages_are_enough_and_the_two_languages_side_by_side():
    assert all(len(texts) == 12 == len(set(texts)) for texts in passages.KINDS.values())
    assert all(text.isascii() for text in passages.ENGLISH + passages.CODE)
    for snippet in passages.CODE:
        compile(snippet, "passage", "exec")
    letters = set("".join(passages.NORWEGIAN))
    assert set("æøå") <= letters
    assert not any(c.isalpha() for c in "".join(passages.DIGITS + passages.EMOJI))


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
        np.testing.assert_allclose(digits, found.of["Fjord"]["digits"].value, atol=0.1)
