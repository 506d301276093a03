"""A vocabulary of letters: every text of its letters comes back."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from llm_lessons.text.letters import RARE, LetterTokenizer
from llm_lessons.text.tokenizers import Tokenizer
from tests.refused import refused

LETTERS = "ena éøअन😀"


@given(st.text(LETTERS))
def test_a_text_of_its_letters_comes_back(text: str):
    tokenizer = LetterTokenizer(LETTERS)
    assert isinstance(tokenizer, Tokenizer)
    ids = tokenizer.encode(unicodedata.normalize("NFD", text))
    assert ids == [LETTERS.index(letter) + 1 for letter in text]
    assert tokenizer.decode([*tokenizer.prefix, *ids, *tokenizer.stops]) == text
    assert "".join(tokenizer.decode_stream(ids)) == text


def test_the_edge_is_no_text_and_other_letters_are_refused_or_one_sign():
    tokenizer = LetterTokenizer(LETTERS)
    assert tokenizer.vocab_size == len(LETTERS) + 1 and tokenizer.stops == (0,)
    assert tokenizer.pieces[0] == "<s>" and tokenizer.decode([0]) == ""
    assert "has never read '<'" in refused(lambda: tokenizer.encode("<s>"))
    tokenizer = LetterTokenizer("ab" + RARE)
    assert tokenizer.encode("axb\ud83d") == [1, 3, 2, 3]
    assert tokenizer.decode([1, 3, 2]) == f"a{RARE}b"
    for letters in ("", "aba", "a\ud83d"):
        refused(lambda letters=letters: LetterTokenizer(letters))
