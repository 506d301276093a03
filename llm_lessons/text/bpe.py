"""Byte-pair vocabularies of other models, built from the metadata of a GGUF file.

All of them join neighbouring pieces of a text, the most frequent pair first, as it was
counted when the vocabulary was made (arXiv 1508.07909). They differ in how a text is
cut beforehand and in how a token spells its bytes. GGUF files name a way of cutting and
don't describe it; what the names mean stands in llama.cpp's src/llama-vocab.cpp.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum

from tokenizers import AddedToken, Regex, Tokenizer, models, pre_tokenizers

from llm_lessons.foundation.checks import Refusal, checked, shown
from llm_lessons.text.tokenizers import (
    SPACE,
    InBytes,
    keep_space_marks,
    whole_characters,
)

LONGEST = 1_000  # letters of a token; of more, all ways to join it would take too long

# Llama 3: llama3/tokenizer.py in meta-llama's repository llama-models.
LLAMA3_WORDS = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
# Qwen2, 2.5 and 3: each digit stands alone (tokenization_qwen2.py in transformers).
QWEN2_WORDS = LLAMA3_WORDS.replace(r"\p{N}{1,3}", r"\p{N}")
# Mistral Nemo: also cuts before a capital letter (tekken.json in mistral-common).
TEKKEN_WORDS = (
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"
    r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"
    r"|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)

_PATTERNS = {
    **dict.fromkeys(("llama-bpe", "llama3", "llama-v3"), LLAMA3_WORDS),
    **dict.fromkeys(("qwen2", "deepseek-r1-qwen"), QWEN2_WORDS),
    "tekken": TEKKEN_WORDS,
}
# These take a word that is in the vocabulary whole, without joining it up, and begin
# every text with a token of its own, unless their file says no.
WHOLE_WORDS = ("llama-bpe", "llama3", "llama-v3", "tekken")


class TokenType(IntEnum):
    """What a GGUF file says of a token (`LLAMA_TOKEN_TYPE` in llama.cpp)."""

    NORMAL = 1
    UNKNOWN = 2
    CONTROL = 3
    USER_DEFINED = 4
    UNUSED = 5
    BYTE = 6


class BPETokenizer(InBytes):
    """A byte-pair vocabulary behind the interface that all tokenizers share.

    A text's own words are never read as special tokens: "<|im_end|>" is cut into pieces
    like any other text. Only a chat template puts them in, by their `special_ids`.

    Args:
        cut: gives the token ids of a text, whatever is written in it.
        pieces, token_bytes: as in `InBytes`.
        special_ids: ids of the tokens that are no text, by their names.
    """

    def __init__(
        self,
        cut: Callable[[str], list[int]],
        pieces: list[str],
        token_bytes: Sequence[bytes],
        special_ids: Mapping[str, int],
    ):
        super().__init__(pieces, token_bytes)
        self.prefix: list[int] = []
        self.stops: tuple[int, ...] = ()
        self.special_ids = dict(special_ids)
        self._cut = cut
        # Bytes that no token spells; SmolLM2 lacks six control characters' and two
        # that begin characters which don't exist yet.
        spelled = {one for token in token_bytes if len(token) == 1 for one in token}
        self._unspelled = set(range(256)) - spelled

    @checked()
    def encode(self, text: str) -> list[int]:
        """Cut a text into token ids.

        Characters that the vocabulary cannot spell become U+FFFD, as half a surrogate
        pair does.
        """
        return self._cut(self._spellable(whole_characters(text)))

    def _spellable(self, text: str) -> str:
        if self._unspelled.isdisjoint(text.encode()):
            return text
        bad = self._unspelled
        return "".join(c if bad.isdisjoint(c.encode()) else "\ufffd" for c in text)


def byte_letters() -> dict[str, int]:
    """The letter that byte-level vocabularies write for each byte (GPT-2's encoder.py).

    Bytes that print in Latin-1 stand for themselves, the others for the letters from
    U+0100 on, in order.
    """
    own = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in own]
    letters = {chr(byte): byte for byte in own}
    return letters | {chr(256 + i): byte for i, byte in enumerate(others)}


def piece_of(token: bytes) -> str:
    """A token's text, or its bytes where they are no text."""
    try:
        return token.decode()
    except UnicodeDecodeError:
        return f"<{' '.join(f'0x{byte:02X}' for byte in token)}>"


def pre_tokenizer(name: str) -> pre_tokenizers.PreTokenizer:
    """What cuts a text into words, by the name that a GGUF file's `pre` gives it.

    Raises:
        Refusal: it is none of those known here.
    """
    in_bytes = pre_tokenizers.ByteLevel(add_prefix_space=False)
    if name == "gpt-2":
        return in_bytes
    if name == "smollm":
        digits = pre_tokenizers.Digits(individual_digits=True)
        return pre_tokenizers.Sequence([digits, in_bytes])
    if name in _PATTERNS:
        cut = pre_tokenizers.Split(Regex(_PATTERNS[name]), "isolated")
        only_bytes = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
        return pre_tokenizers.Sequence([cut, only_bytes])
    known = ", ".join(["gpt-2", "smollm", *list(_PATTERNS)[:-1]])
    raise Refusal(
        f"This vocabulary cuts a text into words in a way called {shown(name)}; the "
        f"lessons know {known} and {list(_PATTERNS)[-1]}."
    )


def byte_level_bpe(
    tokens: Sequence[str],
    merges: Sequence[str],
    pre: str,
    types: Sequence[int],
) -> BPETokenizer:
    """The vocabulary of a GGUF file whose `tokenizer.ggml.model` is "gpt2".

    Args:
        tokens: `tokenizer.ggml.tokens`, bytes written as letters.
        merges: `tokenizer.ggml.merges`, pairs to join, the first ones first.
        pre: `tokenizer.ggml.pre`, as "gpt-2" or "llama-bpe"; see `pre_tokenizer`.
        types: `tokenizer.ggml.token_type`.

    Raises:
        ValueError: `pre` is none of those known.
    """
    kinds = [TokenType(kind) for kind in types]
    special_ids = _special_ids(tokens, kinds)
    vocabulary = {t: i for i, t in enumerate(tokens) if t not in special_ids}
    pairs = [(left, right) for left, right in (pair.split(" ") for pair in merges)]
    engine = Tokenizer(models.BPE(vocabulary, pairs, ignore_merges=pre in WHOLE_WORDS))
    engine.pre_tokenizer = pre_tokenizer(pre)
    _add_user_defined(engine, tokens, kinds)
    letters = byte_letters()

    def bytes_of(token: str, kind: TokenType) -> bytes:
        if kind == TokenType.NORMAL:
            return bytes(letters[letter] for letter in token)
        # U+2581 stands for itself here
        return token.encode() if kind == TokenType.USER_DEFINED else b""

    token_bytes = list(map(bytes_of, tokens, kinds))
    pieces = [
        token if token in special_ids else piece_of(own)
        for token, own in zip(tokens, token_bytes, strict=True)
    ]
    return BPETokenizer(
        lambda t: engine.encode(t).ids, pieces, token_bytes, special_ids
    )


def scored_bpe(
    tokens: Sequence[str],
    scores: Sequence[float],
    types: Sequence[int],
) -> BPETokenizer:
    """The vocabulary of a GGUF file whose `tokenizer.ggml.model` is "llama".

    This is SentencePiece's way: U+2581 stands for a space, of two neighbours those are
    joined first whose piece has the highest score, and what no piece spells is spelled
    in bytes. No space is put in front of a text.

    Args:
        tokens, scores, types: `tokenizer.ggml.tokens`, `.scores` and `.token_type`.
    """
    kinds = [TokenType(kind) for kind in types]
    if max(map(len, tokens), default=0) > LONGEST:
        raise Refusal(f"A token of this vocabulary has more than {LONGEST:,} letters.")
    joinable = {t: i for i, t in enumerate(tokens) if kinds[i] == TokenType.NORMAL}
    pairs = [
        (-scores[i], token[:cut], token[cut:])
        for token, i in joinable.items()
        for cut in range(1, len(token))
        if token[:cut] in joinable and token[cut:] in joinable
    ]
    pairs.sort(key=lambda pair: pair[0])
    ranked = [(left, right) for _, left, right in pairs]
    special_ids = _special_ids(tokens, kinds)
    vocabulary = {t: i for i, t in enumerate(tokens) if t not in special_ids}
    engine = Tokenizer(models.BPE(vocabulary, ranked, byte_fallback=True))
    _add_user_defined(engine, tokens, kinds)
    token_bytes = [
        bytes([int(token[3:5], 16)]) if kind == TokenType.BYTE else _text(token, kind)
        for token, kind in zip(tokens, kinds, strict=True)
    ]
    mark = [tokens.index(f"<0x{byte:02X}>") for byte in SPACE.encode()]

    def joined(text: str) -> list[int]:
        return engine.encode(text.replace(" ", SPACE)).ids

    def cut(text: str) -> list[int]:
        return keep_space_marks(text, joined, mark)

    pieces = [token.replace(SPACE, " ") for token in tokens]
    return BPETokenizer(cut, pieces, token_bytes, special_ids)


def _special_ids(tokens: Sequence[str], kinds: Sequence[TokenType]) -> dict[str, int]:
    no_text = (TokenType.CONTROL, TokenType.UNKNOWN, TokenType.UNUSED)
    return {token: i for i, token in enumerate(tokens) if kinds[i] in no_text}


def _add_user_defined(
    engine: Tokenizer, tokens: Sequence[str], kinds: Sequence[TokenType]
) -> None:
    """Pieces that stay whole wherever they stand in a text."""
    whole = [
        t for t, k in zip(tokens, kinds, strict=True) if k == TokenType.USER_DEFINED
    ]
    engine.add_tokens([AddedToken(token, normalized=False) for token in whole])


def _text(token: str, kind: TokenType) -> bytes:
    readable = kind in (TokenType.NORMAL, TokenType.USER_DEFINED)
    return token.replace(SPACE, " ").encode() if readable else b""
