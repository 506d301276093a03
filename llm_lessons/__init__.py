"""LLM Lessons: understand what a language model is by turning its knobs.

The way through the code is the way through the lessons:

    text -> tokenizers -> tokens -> model (parameters, tokens) -> logits -> sampling
         -> token -> text, again and again (the loop), held together by language_model

`fjordby` writes the text that the class model read, `training` is how it read it,
`lessons` measure the claims, ask and check, a folder a lesson; `widgets` and `figures`
show them, and `pages` are what people take home.
"""

from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from llm_lessons.decoding import sampling
from llm_lessons.decoding.next_tokens import NextTokenTable
from llm_lessons.foundation import allocator, compiled, machine
from llm_lessons.language_model import LanguageModel
from llm_lessons.language_model.loading import load, real_model
from llm_lessons.lessons.checking import cells
from llm_lessons.model.config import LLAMA3_405B, SMOLLM2_135M, ModelConfig
from llm_lessons.model.parameters import Parameters, count_parameters, init_parameters
from llm_lessons.model.transformer import forward
from llm_lessons_starter import too_early

if TYPE_CHECKING:
    from llm_lessons import figures, fjordby, lessons
    from llm_lessons.figures import show
    from llm_lessons.language_model.another import another_model
    from llm_lessons.language_model.on_disk.listing import models
    from llm_lessons.lessons.forward_pass.emblem import emblem
    from llm_lessons.lessons.tokens.vocabularies import vocabularies
    from llm_lessons.widgets import *  # noqa: F403
    from llm_lessons.widgets.prose import say

allocator.give_back()
compiled.keep()
machine.tell_xla()
cells.watch()
too_early.watch()

# Imported when first used, as the rooms and all widgets are: a lesson's first
# probability should not wait for them.
_LATER = {
    "another_model": "language_model.another",
    "emblem": "lessons.forward_pass.emblem",
    "models": "language_model.on_disk.listing",
    "say": "widgets.prose",
    "show": "figures",
    "vocabularies": "lessons.tokens.vocabularies",
}


def __getattr__(name: str) -> Any:
    if not name.startswith("_"):
        if find_spec(f"llm_lessons.{name}"):
            return import_module(f"llm_lessons.{name}")
        with suppress(AttributeError):
            room = _LATER.get(name, "widgets")
            return getattr(import_module(f"llm_lessons.{room}"), name)
    raise AttributeError(f"module 'llm_lessons' has no attribute {name!r}")


def __dir__() -> list[str]:
    widgets = vars(import_module("llm_lessons.widgets"))
    public = {
        name for name, value in widgets.items() if callable(value) and name[0] != "_"
    }
    return sorted({*__all__, *public})


__all__ = [
    "LLAMA3_405B",
    "SMOLLM2_135M",
    "LanguageModel",
    "ModelConfig",
    "NextTokenTable",
    "Parameters",
    "another_model",
    "count_parameters",
    "emblem",
    "figures",
    "fjordby",
    "forward",
    "init_parameters",
    "lessons",
    "load",
    "models",
    "real_model",
    "sampling",
    "say",
    "show",
    "vocabularies",
]
