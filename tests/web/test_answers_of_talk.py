"""Race, notes and chat in a page, against what their Python classes answer."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from llm_lessons.text.templates import FJORD, Message
from llm_lessons.widgets import ChatBox, OpenBook, Race
from llm_lessons.widgets.chat_box import MOST_PAGES
from tests.web.answered import fjord, in_page
from tests.web.in_deno import evaluate

pytestmark = pytest.mark.slow

CLOSE = 1e-5  # what probabilities may differ by
NOW = "true"  # don't wait for the answer
# Some looks later, when what was asked before would long have been answered.

# kind, problem, step, its new result
STEPS = [
    [0, 0, 0, 40],
    [1, 1, 0, 7],
    [1, 1, 3, 999],
    [1, 0, 2, 0],
    [2, 0, 0, 7],
    [2, 1, 1, 12],
]


def test_what_follows_another_result():
    race = Race(fjord(), changes=(1, 4), each=2)
    altered = "String(get('_altered').asked) === '{}'"
    told = in_page(
        race,
        [
            ({"_asked": one}, altered.format(",".join(map(str, one))), ["_altered"])
            for one in STEPS
        ],
    )
    for asked, (found,) in zip(STEPS, told, strict=True):
        race._asked = asked
        assert found["asked"] == asked
        sure = race._altered["side"]["sure"]
        assert found["side"] == race._altered["side"] | {
            "sure": pytest.approx(sure, abs=CLOSE)
        }
    answers = [found["side"]["answer"] for (found,) in told]
    assert len({*answers}) > 3 and all(answers)


def changes_of_page(names: Sequence[str], first: str) -> list[dict[str, Any]]:
    """Notes of one's own; where the person changes, the widget sets the note, too."""
    notes = [
        f"{first} lives in a red house in Bergen.",
        f"{first} lives in a red house in Paris.",
        "Nobody knows where anybody lives",
        "",
        " \n ",
        "🦊 lives in 東京.\nHe is a fox.",
        f"<script>alert(1)</script>{first} lives in <b>Rome</b>.",
        "He lives far away. " * 60,
        "x" * 20_000,
    ]
    return [
        *({"note": note} for note in notes),
        {"others": 2},
        {"note": notes[1], "label": False},
        {"others": 3},
        {"person": 2, "note": f"{names[2]} likes tea.", "label": True},
        {"person": 5, "note": f"{names[5]} has a cat and lives in Oslo."},
    ]


def test_notes_of_ones_own():
    book = OpenBook(fjord())
    names, known = book.names, len(book._replies)
    changes = changes_of_page(names, names[book.person])
    answered = "Object.keys(get('_replies')).length > {}"
    told = in_page(
        book,
        [
            (one, answered.format(known + i), ["_replies"])
            for i, one in enumerate(changes)
        ],
    )
    words = []
    for change, (replies,) in zip(changes, told, strict=True):
        for name, value in change.items():
            setattr(book, name, value)
        text, chance = book._replies[book.prompt]
        assert replies[book.prompt] == [text, pytest.approx(chance, abs=CLOSE)]
        words.append(text)
    assert "Paris" in words and sum("too long" in text for text in words) > 1


TALK = ["messages", "read", "raw", "_message", "_heard", "_answers"]
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
    for change in changes:
        if isinstance(change, bool):
            name, value, until = "search", change, NOW
        else:
            name, value, until = "messages", change(box.messages), HEARD
        asked.append(({name: value}, until, TALK))
        setattr(box, name, value)
        expected.append([getattr(box, trait) for trait in TALK])
    for found, wanted in zip(in_page(make(), asked), expected, strict=True):
        assert dict(zip(TALK, found, strict=True)) == dict(
            zip(TALK, json.loads(json.dumps(wanted)), strict=True)
        )
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
        say("Who are you?"),
        say("a\nUser: b\nFjord:"),
    ]
    box = same_talk(make, changes)
    assert len(box.messages) == 6


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
        say("Where does Nils Vangmo live? Answer in capitals."),
        say("Where does nobody live? " * 60),
        False,  # read stays what it was, for there is no answer
        take_out(8, 1),
    ]
    box = same_talk(make, changes)
    found = [one["steps"] for one in box.messages if one.get("steps")]
    assert len(found) > 1


def test_too_many_pages_are_not_searched():
    many = PAGES | {f"Nobody {i}": "No page." for i in range(MOST_PAGES)}
    box = ChatBox(fjord(), [], many)
    assert box._found is None
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
    assert box._found == pages
    pages["Ida Berg"] = "Ida Berg has a cat."
    box.messages = say("Hello!")([])
    assert box._found == pages


CONVERSATIONS: list[list[Message]] = [
    [{"role": "user", "content": "Hello!"}],
    [
        {"role": "user", "content": "a\nb"},
        {"role": "assistant", "content": " <s>🦊 "},
        {"role": "user", "content": ""},
    ],
    [],
    [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}],
]


def test_the_template_writes_a_conversation_down_in_the_same_way():
    told = evaluate(
        "engine/templates.js",
        """
        const lm = { name: "fjord", template: web.FJORD };
        return data.map((messages) => {
          try { return web.chatPrompt(lm, messages); } catch (error) {
            return error.message;
          }
        });
        """,
        CONVERSATIONS,
    )
    for messages, found in zip(CONVERSATIONS, told, strict=True):
        try:
            assert found == FJORD.render(messages)
        except ValueError as refusal:
            assert found == str(refusal)


def test_only_fjords_own_template_is_known_in_a_page(monkeypatch):
    lm = fjord()
    assert ChatBox(lm)._lm_name == "fjord"
    monkeypatch.setattr(lm, "template", None)
    assert ChatBox(lm)._lm_name == ""
