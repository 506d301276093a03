"""Between text and tokens: whole numbers, each standing for a piece of text."""

import codecs
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Protocol, runtime_checkable

import sentencepiece

from llm_lessons.foundation.checks import checked, several, shown, whole_number

SPACE = "\u2581"  # SentencePiece's own mark for a space
_BYTE = re.compile(r"<0x([0-9A-F]{2})>")


@runtime_checkable
class Tokenizer(Protocol):
    """What the rest of the package needs of a tokenizer.

    Attributes:
        pieces: the text of every token, in the order of their ids. Bytes that are no
            text of their own read "<0xE2>" or "<0xF0 0x9F>"; tokens that stand for no
            text at all have a name, such as "<s>" or "<|im_end|>".
        prefix: token ids that the model wants in front of every text; often none.
        lead: what is put in front of every text before it is cut: a space, where a
            model read its first word like those that follow; often nothing.
        stops: token ids that end a text when they are drawn.
        special_ids: ids of tokens that are no text, by the names that chat templates
            write; `encode` never reads these names as anything but text.
    """

    pieces: list[str]
    prefix: list[int]
    lead: str
    stops: tuple[int, ...]
    special_ids: dict[str, int]

    @property
    def vocab_size(self) -> int:
        """Number of different tokens."""
        ...

    def encode(self, text: str) -> list[int]:
        """Cut a text into token ids, without the prefix."""
        ...

    def decode(self, ids: Iterable[int]) -> str:
        """Join token ids to a text; `decode(encode(text)) == text`."""
        ...

    def decode_stream(self, ids: Iterable[int]) -> Iterator[str]:
        """Decode ids one by one; characters cut over several tokens come whole."""
        ...


class InBytes:
    """Decoding, the same for all: each token stands for some bytes of UTF-8.

    Args:
        pieces: the text or name of every token.
        token_bytes: what every token stands for; nothing where it is no text.
    """

    def __init__(self, pieces: list[str], token_bytes: Sequence[bytes]):
        self.pieces = pieces
        self.lead = ""
        self._bytes = token_bytes

    @property
    def vocab_size(self) -> int:
        """Number of different tokens."""
        return len(self.pieces)

    def fill_up(self, vocab_size: int) -> None:
        """Name the ids that a model has beyond its vocabulary; they are no text.

        Raises:
            ValueError: the model has fewer ids than the vocabulary.
        """
        spare = vocab_size - len(self.pieces)
        if spare < 0:
            raise ValueError(
                f"The vocabulary has {len(self.pieces):,} tokens and the model gives "
                f"scores to {vocab_size:,}; they don't belong together."
            )
        self.pieces = [*self.pieces, *["<unused>"] * spare]
        self._bytes = [*self._bytes, *[b""] * spare]

    def decode(self, ids: Iterable[int]) -> str:
        """Join token ids to a text; bytes that are no text become U+FFFD.

        Raises:
            ValueError: there is no token with such an id.
        """
        last = len(self._bytes) - 1
        known = partial(whole_number, lowest=0, highest=last, wanted="a token id")
        ids = several("ids", ids, known, "a list of token ids, such as [5]")
        return b"".join(self._bytes[i] for i in ids).decode(errors="replace")

    def decode_stream(self, ids: Iterable[int]) -> Iterator[str]:
        """Decode ids one by one; characters cut over several tokens come whole."""
        decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        for i in ids:
            yield decoder.decode(self._bytes[i])
        yield decoder.decode(b"", final=True)


def whole_characters(text: str) -> str:
    """The text with U+FFFD for half a surrogate pair, as a browser can send one."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def keep_space_marks(
    text: str, cut: Callable[[str], list[int]], mark: list[int]
) -> list[int]:
    """Cut a text whose vocabulary uses U+2581 for a space, where U+2581 stands too.

    Args:
        cut: gives the token ids of a text without U+2581.
        mark: the three byte tokens that spell U+2581.
    """
    first, *others = text.split(SPACE)
    ids = cut(first)
    for part in others:
        ids = ids + mark + cut(part)
    return ids


class SentencePieceTokenizer(InBytes):
    """A vocabulary learned by SentencePiece (arXiv 1808.06226), with byte fallback.

    Decoding works on bytes, so every text comes back exactly as it was, the character
    that SentencePiece uses as its mark for a space included.

    Attributes:
        start_id: the token that begins every text; drawing it ends one.
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
        super().__init__(
            [name.replace(SPACE, " ") for name in names],
            [self._piece_bytes(i, name) for i, name in enumerate(names)],
        )
        self.start_id = self._processor.bos_id()
        self.prefix: list[int] = [self.start_id]
        self.stops: tuple[int, ...] = (self.start_id,)
        self.special_ids: dict[str, int] = {}
        self._space_mark = [names.index(f"<0x{b:02X}>") for b in SPACE.encode()]

    def __eq__(self, other: object) -> bool:
        """Whether it cuts every text alike: the model file is the same."""
        return isinstance(other, SentencePieceTokenizer) and self.model == other.model

    def __hash__(self) -> int:
        return hash(self.model)

    def _piece_bytes(self, token: int, name: str) -> bytes:
        if self._processor.is_byte(token):
            return bytes([int(_BYTE.fullmatch(name)[1], 16)])  # pyright: ignore
        if self._processor.is_control(token) or self._processor.is_unknown(token):
            return b""
        return name.replace(SPACE, " ").encode()

    @checked()
    def encode(self, text: str) -> list[int]:
        """Cut a text into token ids, without the prefix."""
        text = whole_characters(text)
        return keep_space_marks(text, self._processor.encode, self._space_mark)

    def vocabulary(self) -> dict[str, Any]:
        """All that cutting a text takes, for whoever has no SentencePiece.

        Returns:
            "pieces", the texts of the tokens; "scores", by which neighbours are joined,
            the highest first; "kinds", a letter a token: "n" for what neighbours join
            to, "d" for a piece of its own, "b" for a byte, "c" for control and "u" for
            unknown, which are no text.
        """
        ids = range(self.vocab_size)
        scores = [self._processor.get_score(i) for i in ids]
        kinds = "".join(map(self._kind, ids))
        return {"pieces": self.pieces, "scores": scores, "kinds": kinds}

    def _kind(self, token: int) -> str:
        if self._processor.is_unknown(token):
            return "u"
        if self._processor.is_control(token):
            return "c"
        if self._processor.is_byte(token):
            return "b"
        # The trainer puts pieces of one's own before the bytes, and what it learned
        # behind them; the library doesn't tell the two apart.
        return "d" if token < self._space_mark[0] else "n"


@checked(vocab_size=range(1, 1_000_000))
def train_sentencepiece(
    texts: Sequence[str], vocab_size: int
) -> SentencePieceTokenizer:
    """Learn a byte-pair vocabulary (arXiv 1508.07909) from texts.

    Digits stand alone, a line break is a piece of its own, no text is changed, and a
    character that was never seen is spelled in bytes.

    Raises:
        ValueError: the texts don't have so many different pieces, or have more letters.
    """
    model = io.BytesIO()
    try:
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
    except (RuntimeError, ValueError) as error:
        raise ValueError(
            f"No vocabulary of {vocab_size:,} tokens can be learned from these texts: "
            "take a smaller or a larger one, or texts with more different words "
            f"({shown(str(error))})."
        ) from error
    return SentencePieceTokenizer(model.getvalue())
