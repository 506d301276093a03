"""What people say an answer comes from, sorted by the words that they use."""

import re
import tomllib
from pathlib import Path

TRAINING, OTHER = "training", "other"
_BEGINNINGS: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_name("sources.toml").read_text(encoding="utf-8")
)
SOURCES = (*_BEGINNINGS, OTHER)
_PATTERNS = {
    source: re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})", re.IGNORECASE)
    for source, words in _BEGINNINGS.items()
}


def source_of(text: str) -> str:
    """One of SOURCES: the first of which the text has a word."""
    found = (source for source, words in _PATTERNS.items() if words.search(text))
    return next(found, OTHER)
