"""The Python side of the chat box; what it looks like is tested in a browser."""

import pytest

from llm_lessons.text.templates import FJORD
from llm_lessons.widgets.chat_box import ChatBox


class Talker:
    """Answers with what it can see of the talk, and refuses to hear of rain."""

    name = "parrot"

    def __init__(self):
        self.seeds = []

    def chat_prompt(self, messages):
        return FJORD.render(messages)

    def chat(self, messages, max_tokens, temperature, *, seed):
        if "rain" in messages[-1]["content"]:
            raise ValueError("The prompt is too long. Shorten it.")
        self.seeds.append(seed)
        return f"I see {len(messages)} messages."


@pytest.fixture
def box() -> ChatBox:
    return ChatBox(Talker(), ["Hello!", "My name is Ida."])


def user(content):
    return {"role": "user", "content": content}


def contents(box):
    return [message["content"] for message in box.messages]


def test_what_is_said_to_begin_with_is_answered(box):
    says = ["Hello!", "I see 1 messages.", "My name is Ida.", "I see 3 messages."]
    assert contents(box) == says
    assert [m["role"] for m in box.messages] == ["user", "assistant"] * 2
    assert box.read == (
        "User: Hello!\nFjord: I see 1 messages.\nUser: My name is Ida.\n"
        "Fjord: I see 3 messages."
    )
    assert repr(box) == "ChatBox('parrot', 4 messages)"


def test_a_new_message_is_answered_with_another_coin(box):
    box.messages = [*box.messages, user("Who am I?")]
    assert contents(box)[-2:] == ["Who am I?", "I see 5 messages."]
    assert box._heard == box.messages and box._message == ""
    assert box._lm.seeds == [1, 2, 3]


def test_a_turn_that_is_taken_out_is_read_no_more(box):
    box.messages = box.messages[:2]
    assert box.read == "User: Hello!\nFjord: I see 1 messages."
    box.messages = [*box.messages, user("Who am I?")]
    assert "Ida" not in box.read and contents(box)[-1] == "I see 3 messages."
    box.messages = []
    assert box.read == "" and box._heard == []


def test_a_refusal_is_told_and_the_talk_goes_on(box):
    before = box.read
    box.messages = [*box.messages, user("rain")]
    assert box._message == "The prompt is too long. Shorten it."
    assert box.read == before and box._heard == box.messages
    box.messages = box.messages[:-1]
    assert box._message == "" and box.read == before


def test_an_empty_box_has_read_nothing():
    box = ChatBox(Talker())
    assert box.messages == [] and box.read == ""
