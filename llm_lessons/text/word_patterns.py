"""How byte-level vocabularies cut a text into words, before pieces are joined in each.

GGUF files name a way and don't describe it; what the names mean stands in llama.cpp's
src/llama-vocab.cpp.
"""

from tokenizers import Regex, pre_tokenizers

from llm_lessons.foundation.checks import Refusal, shown

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


def words(way: str) -> pre_tokenizers.PreTokenizer:
    """What cuts a text into words in a way that a GGUF file's `pre` names.

    Raises:
        Refusal: it is none of those known here.
    """
    in_bytes = pre_tokenizers.ByteLevel(add_prefix_space=False)
    if way == "gpt-2":
        return in_bytes
    if way == "smollm":
        digits = pre_tokenizers.Digits(individual_digits=True)
        return pre_tokenizers.Sequence([digits, in_bytes])
    if way in _PATTERNS:
        cut = pre_tokenizers.Split(Regex(_PATTERNS[way]), "isolated")
        only_bytes = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
        return pre_tokenizers.Sequence([cut, only_bytes])
    known = ", ".join(["gpt-2", "smollm", *list(_PATTERNS)[:-1]])
    raise Refusal(
        f"This vocabulary cuts a text into words in a way called {shown(way)}; the "
        f"lessons know {known} and {list(_PATTERNS)[-1]}."
    )
