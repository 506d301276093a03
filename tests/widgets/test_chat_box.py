"""The Python side of the chat box; what it looks like is tested in a browser."""

import pytest

from llm_lessons.language_model.loading import load
from llm_lessons.text.templates import FJORD
from llm_lessons.widgets.chat_box import ChatBox


class Talker:
    """Answers with what it can see of the talk."""

    name = "parrot"

    def __init__(self):
        self.seeds = []

    def chat_prompt(self, messages):
        return FJORD.render(messages)

    def chat(self, messages, max_tokens, temperature, *, seed):
        self.seeds.append(seed)
        return f"I see {len(messages)} messages."


def test_each_message_is_answered_with_a_coin_of_its_own():
    box = ChatBox(Talker(), ["Hello!", "My name is Ida."])
    assert box.read == (
        "User: Hello!\nFjord: I see 1 messages.\nUser: My name is Ida.\n"
        "Fjord: I see 3 messages."
    )
    box.messages = [*box.messages, {"role": "user", "content": "Who am I?"}]
    assert [m["role"] for m in box.messages] == ["user", "assistant"] * 3
    assert box.messages[-1]["content"] == "I see 5 messages."
    assert box._heard == box.messages and box._message == ""
    assert box._lm.seeds == [1, 2, 3]


def test_an_empty_box_has_read_nothing_and_other_models_have_no_origins():
    box = ChatBox(Talker())
    assert box.messages == [] and box.read == "" and box.raw == ""
    fjord = load("fjord")
    for lm in (Talker(), fjord.with_params(fjord.params)):
        assert not ChatBox(lm)._has_origins
    assert ChatBox(fjord)._has_origins


def test_only_models_that_read_searches_can_search():
    with pytest.raises(ValueError, match="parrot has read no chats with searches"):
        ChatBox(Talker(), ["Hello!"], {"Nils Vangmo": "Nils Vangmo lives in\nOslo."})
