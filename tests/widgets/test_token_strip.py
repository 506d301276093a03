"""The Python side of the strip of tokens; what it looks like is tested in a browser."""

from hypothesis import given
from hypothesis import strategies as st

from llm_lessons.widgets import TokenStrip, token_strip
from tests import tiny, tiny_bpe

TWO = {"letters": tiny.tokenizer(), "bytes": tiny_bpe.byte_level()}


def test_each_row_is_what_its_tokenizer_says():
    strip = TokenStrip("The fox 🦊", TWO)
    for row, (name, tokenizer) in zip(strip._rows, TWO.items(), strict=True):
        assert (row["name"], row["size"]) == (name, tokenizer.vocab_size)
        ids = [i for _, i, _ in row["tokens"]]
        assert ids == strip.tokens[name] == tokenizer.encode("The fox 🦊")
        assert [piece for piece, _, _ in row["tokens"]] == [
            tokenizer.pieces[i] for i in ids
        ]


def test_bytes_have_names_and_text_that_looks_like_one_has_none():
    strip = TokenStrip("<0xF0>🦊", {"bytes": tiny_bpe.byte_level()})
    names = [mark for _, _, mark in strip._rows[0]["tokens"]]
    assert names[-4:] == ["⟨0xF0⟩", "⟨0x9F⟩", "⟨0xA6⟩", "⟨0x8A⟩"]
    assert not any(names[:-4])


def test_typing_cuts_anew():
    strip = TokenStrip("The", TWO)
    strip.text = "The fox"
    assert strip._heard == "The fox" and strip._message == ""
    assert len(strip._rows[0]["tokens"]) == 2
    assert repr(strip) == "TokenStrip('The fox': letters 2, bytes 2 tokens)"


def test_what_is_not_installed_is_a_line(monkeypatch):
    known = token_strip.vocabularies.__wrapped__()
    known.clear()
    known.update(TWO)
    known.missing = {"GPT-4": "Get it."}
    monkeypatch.setattr(token_strip, "vocabularies", lambda: known)
    strip = TokenStrip("The fox")
    assert strip._rows[-1] == {"name": "GPT-4", "missing": "Get it."}
    assert list(strip.tokens) == [*TWO]


@given(st.text(st.characters()))
def test_any_text_is_taken(text: str):
    strip = TokenStrip("", TWO)
    strip.text = text
    assert strip._heard == text
