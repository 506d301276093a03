"""Fjord's size and vocabulary, with another hand that writes."""

from collections.abc import Callable, Sequence

from llm_lessons.language_model import LanguageModel
from llm_lessons.language_model.loading import load


class Known(LanguageModel):
    """Writes what a function makes of the prompt; all else is the class model's."""

    def __init__(self, write: Callable[[str], str]):
        fjord = load("fjord")
        super().__init__("known", fjord.config, fjord.params, fjord.tokenizer)
        self._write = write

    def batch(self, prompts: Sequence[str], *_, **__) -> list[str]:
        """What the function makes of each prompt."""
        return [self._write(prompt) for prompt in prompts]
