"""Many short texts from one prompt, each of which ends at a word."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from llm_lessons.decoding.sampling import OWN_ODDS, Settings
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.serving.generate import generate

_BROKEN_WORD = re.compile(r"\S*\w\ufffd*\Z")


class Draft(NamedTuple):
    """A text that was drawn.

    Attributes:
        text: what stands behind the prompt, up to the end of a word.
        is_cut: whether it was cut off there; otherwise the model has ended it.
    """

    text: str
    is_cut: bool


@checked(count=range(1, 10_001), length=1)
def drafts(
    lm: LanguageModel,
    prompt: str,
    count: int,
    length: int,
    settings: Settings = OWN_ODDS,
) -> list[Draft]:
    """Continue one prompt many times, as `lm.batch` does; text i has the seed + i.

    Args:
        length: most tokens of each; a word that is not finished by then is left away.

    Raises:
        ValueError: for a prompt that means nothing.
    """
    start = lm.encode(prompt)
    limit = min(length, lm.config.max_seq_len - len(start))
    rows = generate(
        lm.params,
        [start] * count,
        lm.config,
        settings,
        [limit] * count,
        tuple(lm.tokenizer.stops),
    )
    return [_draft(lm, row, limit) for row in rows]


def _draft(lm: LanguageModel, row: Sequence[int], limit: int) -> Draft:
    text, is_cut = lm.tokenizer.decode(row), len(row) == limit
    return Draft(to_whole_words(text) if is_cut else text, is_cut)


def to_whole_words(text: str) -> str:
    """A text that was cut off, without what may be only the beginning of a word.

    A text of a single word is left as it is.
    """
    return _BROKEN_WORD.sub("", text).rstrip(" ") or text
