"""A chat in a page, against what its Python class answers."""

from collections.abc import Callable, Sequence

import pytest

from llm_lessons.text.templates import Message
from llm_lessons.widgets import ChatBox
from llm_lessons.widgets.chat_box import MOST_PAGES
from tests.web.answered import alike, change, fjord, in_page

pytestmark = pytest.mark.slow

TALK = ["messages", "read", "raw", "_message", "_heard", "_seed"]
HEARD = "JSON.stringify(get('messages')) === JSON.stringify(get('_heard'))"

type Change = Callable[[list[Message]], list[Message]]


def say(text: str) -> Change:
    return lambda messages: [*messages, {"role": "user", "content": text}]


def take_out(start: int, count: int = 2) -> Change:
    return lambda messages: [*messages[:start], *messages[start + count :]]


def same_talk(make: Callable[[], ChatBox], changes: Sequence[Change | bool]) -> ChatBox:
    """The same changes in Python and in a page; a truth switches the search.

    Each is made to the talk as it is in Python, so that one difference stays one.
    """
    box, asked, expected = make(), [], []
    for one in changes:
        if isinstance(one, bool):  # of which nobody hears
            step, until = {"search": one}, "true"
        else:
            step, until = {"messages": one(box.messages)}, HEARD
        asked.append((step, until, TALK))
        change(box, step)
        expected.append([getattr(box, trait) for trait in TALK])
    alike(in_page(make(), asked), expected)
    return box


# No coin of these talks falls within a thousandth of the border of two tokens.
def test_a_talk_with_turns_taken_out():
    def make() -> ChatBox:
        return ChatBox(fjord(), ["My name is Ida."])

    changes = [
        say("I have a cat."),
        say("What is my name?"),
        take_out(0),
        say("What is my name?"),
        say("🦊 مرحبا <script>alert(1)</script>"),
        take_out(0, 8),
        say("Tell me a long story about a fox. Answer in capitals."),
        say("Where does nobody live? " * 60),  # is refused, and stays without an answer
        take_out(2, 1),
        say("a\nUser: b\nFjord:"),
    ]
    box = same_talk(make, changes)
    assert len(box.messages) == 4


def test_an_answer_that_is_too_long_is_cut(monkeypatch):
    monkeypatch.setattr("llm_lessons.widgets.chat_box.LONGEST", 6)

    def make() -> ChatBox:
        box = ChatBox(fjord())
        box._longest = 6
        return box

    box = same_talk(make, [say("Where does nobody live?"), say("Hello!")])
    assert "cut" in box.messages[1]


PAGES = {
    "Nils Vangmo": "Nils Vangmo  lives in\nOslo.",
    "Ida Berg": "<b>Ida Berg</b> has a cat.",
}


def test_a_model_that_searches_in_the_pages_that_were_given():
    def make() -> ChatBox:
        return ChatBox(fjord(), ["Where does Nils Vangmo live?"], PAGES)

    changes = [
        say("Where does Torvald Nobodson live?"),
        False,
        say("Where does Nils Vangmo live?"),
        True,
        take_out(2, 4),
        say("Which animal does Ida Berg have?"),
        say("Where does constructor live?"),
        say("Where does nobody live? " * 60),
        False,  # read stays what it was, for there is no answer
        take_out(6, 1),
    ]
    box = same_talk(make, changes)
    found = [one["steps"] for one in box.messages if one.get("steps")]
    assert len(found) > 1


def test_too_many_pages_are_not_searched():
    many = PAGES | {f"Nobody {i}": "No page." for i in range(MOST_PAGES)}
    box = ChatBox(fjord(), [], many)
    said = say("Where does Nils Vangmo live?")([])
    [asked, off] = in_page(
        box,
        [
            ({"messages": said}, HEARD, ["messages", "_message"]),
            ({"search": False, "messages": said + said}, HEARD, ["_message"]),
        ],
    )
    assert asked[0] == said and "notebook" in asked[1]
    assert off == [""]


def test_a_change_of_the_pages_is_brought_along():
    pages = {"Nils Vangmo": "Nils Vangmo lives in Oslo."}
    box = ChatBox(fjord(), [], pages)
    pages["Ida Berg"] = "Ida Berg has a cat."
    box.messages = say("Hello!")([])
    assert box._found == pages


def test_only_fjords_own_template_is_known_in_a_page(monkeypatch):
    lm = fjord()
    assert ChatBox(lm)._lm_name == "fjord"
    monkeypatch.setattr(lm, "template", None)
    assert ChatBox(lm)._lm_name == ""
