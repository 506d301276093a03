"""Between text and tokens: whole numbers, each standing for a piece of text."""

import codecs
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

import sentencepiece

SPACE = "\u2581"  # SentencePiece's own mark for a space
_BYTE = re.compile(r"<0x([0-9A-F]{2})>")


@runtime_checkable
class Tokenizer(Protocol):
    """What the rest of the package needs of a tokenizer.

    Attributes:
        pieces: the text of every token, in the order of their ids. Bytes that are no
            text of their own read "<0xE2>", the start token "<s>".
        start_id: the token that begins every text; drawing it ends one.
    """

    pieces: list[str]
    start_id: int

    @property
    def vocab_size(self) -> int:
        """Number of different tokens."""
        ...

    def encode(self, text: str) -> list[int]:
        """Cut a text into token ids, without a start token."""
        ...

    def decode(self, ids: Iterable[int]) -> str:
        """Join token ids to a text; `decode(encode(text)) == text`."""
        ...

    def decode_stream(self, ids: Iterable[int]) -> Iterator[str]:
        """Decode ids one by one; characters cut over several tokens come whole."""
        ...


class SentencePieceTokenizer:
    """A vocabulary learned by SentencePiece (arXiv 1808.06226), with byte fallback.

    Decoding works on bytes, so every text comes back exactly as it was, the character
    that SentencePiece uses as its mark for a space included.
    """

    def __init__(self, model: bytes):
        self.model = model
        self._processor = sentencepiece.SentencePieceProcessor()
        try:
            self._processor.LoadFromSerializedProto(model)
            size = self._processor.get_piece_size()
            names = [self._processor.id_to_piece(i) for i in range(size)]
        except (RuntimeError, UnicodeDecodeError) as error:
            raise ValueError(
                "This is not a SentencePiece model, or it is damaged; restore "
                "tokenizer.model from the repository."
            ) from error
        self.start_id = self._processor.bos_id()
        self.pieces = [name.replace(SPACE, " ") for name in names]
        self._bytes = [self._piece_bytes(i, name) for i, name in enumerate(names)]
        self._space_mark = [names.index(f"<0x{b:02X}>") for b in SPACE.encode()]

    def _piece_bytes(self, token: int, name: str) -> bytes:
        if self._processor.is_byte(token):
            return bytes([int(_BYTE.fullmatch(name)[1], 16)])  # pyright: ignore
        if self._processor.is_control(token) or self._processor.is_unknown(token):
            return b""
        return name.replace(SPACE, " ").encode()

    @property
    def vocab_size(self) -> int:
        """Number of different tokens."""
        return len(self.pieces)

    def encode(self, text: str) -> list[int]:
        """Cut a text into token ids, without a start token."""
        # Half a surrogate pair, as a browser can send one, is no text: U+FFFD instead.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        # SentencePiece would read its own space mark as a space: spell it in bytes.
        parts = self._processor.encode(text.split(SPACE))
        ids = parts[0]
        for part in parts[1:]:
            ids = ids + self._space_mark + part
        return ids

    def decode(self, ids: Iterable[int]) -> str:
        """Join token ids to a text; bytes that are no text become U+FFFD."""
        return b"".join(self._bytes[i] for i in ids).decode(errors="replace")

    def decode_stream(self, ids: Iterable[int]) -> Iterator[str]:
        """Decode ids one by one; characters cut over several tokens come whole."""
        decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        for i in ids:
            yield decoder.decode(self._bytes[i])
        yield decoder.decode(b"", final=True)

    def save(self, path: Path) -> None:
        """Write the model file."""
        path.write_bytes(self.model)


def train_sentencepiece(
    texts: Sequence[str], vocab_size: int
) -> SentencePieceTokenizer:
    """Learn a byte-pair vocabulary (arXiv 1508.07909) from texts.

    Digits stand alone, a line break is a piece of its own, no text is changed, and a
    character that was never seen is spelled in bytes.
    """
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(texts),
        model_writer=model,
        model_type="bpe",
        vocab_size=vocab_size,
        byte_fallback=True,
        split_digits=True,
        normalization_rule_name="identity",
        add_dummy_prefix=False,
        remove_extra_whitespaces=False,
        user_defined_symbols=["\n"],
        character_coverage=1.0,
        max_sentence_length=100_000,
        unk_id=0,
        bos_id=1,
        eos_id=-1,
        pad_id=-1,
        minloglevel=2,
    )
    return SentencePieceTokenizer(model.getvalue())
