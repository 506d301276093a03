"""What a model answers, and how likely it held that answer itself.

Serves C16: asked the same question with and without a note, a model gives two answers,
and it is the surer of one of them.
"""

from collections.abc import Sequence
from typing import NamedTuple

from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring.surprise import chances

LONGEST_VALUE = 20  # tokens of a short answer, such as a name


class Reply(NamedTuple):
    """An answer in one sentence.

    Attributes:
        text: without the space before it and the full stop behind it.
        chance: how likely the coin at temperature 1 is to draw just these tokens.
    """

    text: str
    chance: float


@checked()
def replies(lm: LanguageModel, prompts: Sequence[str]) -> list[Reply]:
    """The first sentence of each prompt's likeliest continuation, and its chance.

    The likeliest token is taken each time, 20 of them at most.

    Raises:
        ValueError: a prompt that is empty or longer than the model's window.
    """
    drawn = lm.batch(prompts, LONGEST_VALUE, temperature=0, stop="\n")
    sentences = ["".join(text.split("\n")[0].partition(".")[:2]) for text in drawn]
    odds = chances(lm, prompts, sentences)
    return [
        Reply(sentence.strip().removesuffix("."), chance)
        for sentence, chance in zip(sentences, odds, strict=True)
    ]
