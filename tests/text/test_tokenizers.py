"""Every text comes back as it was, wherever it is cut."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from llm_lessons.text.tokenizers import (
    SentencePieceTokenizer,
    Tokenizer,
    train_sentencepiece,
)
from tests import tiny, tiny_bpe
from tests.tiny_bpe import SNIPPETS, TEXT

EVERY = {
    "sentencepiece": tiny.tokenizer,
    "gpt-2": tiny_bpe.byte_level,
    "smollm": lambda: tiny_bpe.byte_level("smollm"),
    "llama-bpe": lambda: tiny_bpe.byte_level("llama-bpe"),
    "scored": tiny_bpe.scored,
}
every_kind = pytest.mark.parametrize("kind", EVERY)


@every_kind
@given(text=TEXT)
@example(text="".join(SNIPPETS))
@example(text="".join(chr(code) for code in range(0x300)))
def test_any_text_comes_back(kind: str, text: str):
    tokenizer = EVERY[kind]()
    assert isinstance(tokenizer, Tokenizer)
    ids = tokenizer.encode(text)
    assert tokenizer.decode(ids) == text
    assert "".join(tokenizer.decode_stream(ids)) == text
    assert not {*tokenizer.prefix, *tokenizer.stops} & set(ids)


@every_kind
@given(text=st.text(st.characters(categories=["Cs", "L"])))
@example(text="\ud83e")
@example(text="\udd8a\ud83e")
def test_half_a_surrogate_pair_becomes_the_replacement_character(kind: str, text: str):
    tokenizer = EVERY[kind]()
    # A pair that belongs together is a character after all.
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    assert tokenizer.decode(tokenizer.encode(text)) == whole


@every_kind
@given(ids=st.lists(st.integers(0, tiny.CONFIG.vocab_size - 1)))
@example(ids=[3 + byte for byte in "🦊".encode()[:2]])
def test_streaming_decodes_any_tokens_to_the_same_text(kind: str, ids: list[int]):
    tokenizer = EVERY[kind]()
    pieces = list(tokenizer.decode_stream(ids))
    assert "".join(pieces) == tokenizer.decode(ids)
    assert len(pieces) == len(ids) + 1
    ids = tokenizer.encode("a🦊b")  # a character comes whole
    assert list(filter(None, tokenizer.decode_stream(ids))) == ["a", "🦊", "b"]


@given(TEXT, st.data())
def test_a_prompt_and_its_continuation_read_as_one_text(text: str, data: st.DataObject):
    tokenizer = tiny.tokenizer()
    cut = data.draw(st.integers(0, len(text)))
    prompt, rest = text[:cut], text[cut:]
    # The continuation is decoded alone, without knowing what stood before it.
    assert prompt + tokenizer.decode(tokenizer.encode(rest)) == text


def test_digits_stand_alone_and_a_line_break_is_a_piece():
    tokenizer = tiny.tokenizer()

    def pieces(text: str) -> list[str]:
        return [tokenizer.pieces[i] for i in tokenizer.encode(text)]

    assert pieces("2012") == ["2", "0", "1", "2"]
    assert pieces("8\n\n8") == ["8", "\n", "\n", "8"]
    assert all(
        piece.strip().isdigit() <= (len(piece) == 1) for piece in tokenizer.pieces
    )
    assert [piece for piece in tokenizer.pieces if "\n" in piece] == ["\n"]


def test_a_saved_vocabulary_is_the_same_and_a_damaged_one_refused():
    again = SentencePieceTokenizer(tiny.tokenizer().model)
    assert again.pieces == tiny.tokenizer().pieces
    assert again.encode(tiny.TEXTS[0]) == tiny.tokenizer().encode(tiny.TEXTS[0])
    other = train_sentencepiece(tiny.TEXTS, tiny.CONFIG.vocab_size - 1)
    assert len({again, tiny.tokenizer()}) == 1 and again != other
    for kept in (0, 100, 2000, -1):
        with pytest.raises(ValueError, match=r"damaged; restore tokenizer\.model"):
            SentencePieceTokenizer(tiny.tokenizer().model[:kept])
