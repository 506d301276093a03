"""Stands in for a model that only writes: what a function makes of each prompt."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any


def writes(write: Callable[[str], str], **more: Any) -> Any:
    """It is asked at temperature 0, and stops where it is told to stop."""

    def batch(prompts, max_tokens, temperature, stop="", **_):
        assert temperature == 0
        texts = [write(prompt) for prompt in prompts]
        return [text.partition(stop)[0] if stop else text for text in texts]

    return SimpleNamespace(batch=batch, **more)
