"""Tiny vocabularies of the kinds that other models bring, and what they came from."""

import json
from dataclasses import dataclass
from functools import cache

import tokenizers
from hypothesis import strategies as st
from sentencepiece import SentencePieceProcessor
from tokenizers import models, pre_tokenizers, trainers

from llm_lessons.text.bpe import BPETokenizer, TokenType, byte_level_bpe, scored_bpe
from tests import tiny

END = "<|end|>"
TEXTS = [
    *tiny.TEXTS,
    "Blåbær og rømme, 12 kr! We'll see.\n\n    def f(x):\n        pass",
]
# Any character, words that the vocabulary knows, and what looks like special tokens.
SNIPPETS = [
    *("  ", "\n\n    ", "\t\r\n", "we'll", "WE'LL", " 2024", "1/2 ¼ ٣", "The fox"),
    *("def f(x):", "blåbær", "e\u0301", "👩\u200d👩\u200d👧", "🦊", "▁", "▁▁", "$12"),
    *(END, "<s>", "</s>", "<unk>", "<0x41>", "\0", "\x04", "\x7f", "\u3000a", "\ufeff"),
]
TEXT = st.lists(st.one_of(st.text(), st.sampled_from(SNIPPETS))).map("".join)


@dataclass(frozen=True)
class Learned:
    """A byte-level vocabulary as its files hold it: ids in order, pairs in order."""

    tokens: list[str]
    merges: list[str]
    record: str  # tokenizer.json

    @property
    def types(self) -> list[int]:
        """Control for the one token that is no text."""
        kinds = {END: TokenType.CONTROL}
        return [kinds.get(token, TokenType.NORMAL) for token in self.tokens]


@cache
def learned() -> Learned:
    """Learn a vocabulary of 400 tokens with the library's own trainer."""
    engine = tokenizers.Tokenizer(models.BPE())
    engine.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    engine.train_from_iterator(
        TEXTS,
        trainers.BpeTrainer(
            vocab_size=400,
            special_tokens=[END],
            initial_alphabet=alphabet,
            show_progress=False,
        ),
    )
    record = json.loads(engine.to_str())
    vocabulary = record["model"]["vocab"]
    merges = [" ".join(pair) for pair in record["model"]["merges"]]
    return Learned(sorted(vocabulary, key=vocabulary.get), merges, engine.to_str())


@cache
def byte_level(pre: str = "gpt-2") -> BPETokenizer:
    """The learned vocabulary, cut in one of the ways that GGUF files name."""
    it = learned()
    made = byte_level_bpe(it.tokens, it.merges, pre, it.types)
    made.stops = (it.tokens.index(END),)
    return made


def kinds_of(processor: SentencePieceProcessor) -> list[TokenType]:
    """What a GGUF file would say of the tokens of a SentencePiece model."""

    def kind(i: int) -> TokenType:
        if processor.is_unknown(i):
            return TokenType.UNKNOWN
        if processor.is_control(i):
            return TokenType.CONTROL
        if processor.is_byte(i):
            return TokenType.BYTE
        is_break = processor.id_to_piece(i) == "\n"
        return TokenType.USER_DEFINED if is_break else TokenType.NORMAL

    return [kind(i) for i in range(processor.get_piece_size())]


def scored_of(model: bytes) -> BPETokenizer:
    """A SentencePiece model, handed over as a GGUF file would hold it."""
    processor = SentencePieceProcessor(model_proto=model)
    ids = range(processor.get_piece_size())
    tokens = [processor.id_to_piece(i) for i in ids]
    scores = [processor.get_score(i) for i in ids]
    made = scored_bpe(tokens, scores, kinds_of(processor))
    made.stops = (processor.bos_id(),)
    return made


@cache
def scored() -> BPETokenizer:
    """The tiny model's own vocabulary in that form."""
    return scored_of(tiny.tokenizer().model)
