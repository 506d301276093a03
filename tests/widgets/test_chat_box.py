"""The Python side of the chat box; how it answers is compared with a page's."""

from types import SimpleNamespace
from typing import Any

import pytest

from llm_lessons.language_model.loading import load
from llm_lessons.widgets.chat_box import ChatBox

PARROT: Any = SimpleNamespace(name="parrot", chat_prompt=str, chat=str)


def test_only_fjord_has_origins_and_searches():
    fjord = load("fjord")
    for lm in (PARROT, fjord.with_params(fjord.params)):
        assert not ChatBox(lm)._has_origins
    assert ChatBox(fjord)._has_origins
    with pytest.raises(ValueError, match="parrot has read no chats with searches"):
        ChatBox(PARROT, ["Hello!"], {"Nils Vangmo": "Nils Vangmo lives in\nOslo."})
