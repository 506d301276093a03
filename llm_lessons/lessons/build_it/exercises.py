"""Exercises of the last lesson: what did it, and a chat that fits its window."""

from typing import Any

from llm_lessons.lessons.checking.answers import Wrong, call
from llm_lessons.lessons.checking.boxes import Choice
from llm_lessons.lessons.checking.checker import Exercise

_CHAT = [
    {"role": "user", "content": "Hello!"},
    {"role": "assistant", "content": "Hi. What can I do?"},
    {"role": "user", "content": "Tell me a joke."},
]
_WORDS = (1, 5, 4)  # of the three contents
_PARTS = {
    "T": "the text in front of it",
    "K": "the knobs that training turned",
    "C": "the coin",
}
_CASES = {
    "boat": Choice(
        "The boat: asked for a name for it in two new chats, it gives two", "C", _PARTS
    ),
    "ships": Choice("The ships: it tells you why they float", "K", _PARTS),
    "shop": Choice(
        "The shop: in its chat it calls itself Kaja, and in a bank's chat the same "
        "model calls itself Otto",
        "T",
        _PARTS,
    ),
    "storm": Choice("The storm: it knows nothing of the one of last week", "K", _PARTS),
}
_WHY = {  # what to think of where another letter stands
    "boat": (
        "the question was the same both times, and so were the knobs. What was not?"
    ),
    "ships": (
        "nobody has told it in this chat, and it is right each time. Where has it read "
        "that a thousand times?"
    ),
    "shop": (
        "it is the same model, so it has the same knobs, and a coin would mix the two "
        "names up. What can stand above your words where you don't see it?"
    ),
    "storm": (
        "nobody has pasted a newspaper, and the coin knows nothing. What was locked "
        "before last week?"
    ),
}


def _examine_which(*letters: str) -> str:
    for (name, case), letter in zip(_CASES.items(), letters, strict=True):
        if letter != case.answer:
            raise Wrong(f"The {name}: {_WHY[name]}")
    return (
        "There is nothing else in the box: a text, of which you see a part, knobs that "
        "were locked before you came, and a coin."
    )


def _examine_newest(newest: Any) -> str:
    for room in (20, 9, 5, 4, 3):
        kept = call(newest, "newest", [dict(message) for message in _CHAT], room)
        _judge(kept, room)
    return (
        "What a chat program does when a talk grows too long: the oldest messages go, "
        "and the model never learns that they existed."
    )


def _judge(kept: Any, room: int) -> None:
    """Raise what is wrong with the messages that were kept for so many words."""
    try:
        kept = list(kept)
        places = [_CHAT.index(message) for message in kept]
    except (TypeError, ValueError):
        raise Wrong("`newest` should return a list of messages of the chat.") from None
    words = sum(_WORDS[place] for place in places)
    wanted = [place for place in range(3) if sum(_WORDS[place:]) <= room]
    where = f"With room for {room} words"
    if places == wanted:
        return
    if places == wanted[::-1]:
        raise Wrong(f"{where} the messages are the right ones, in the wrong order.")
    if words > room:
        raise Wrong(
            f"{where} you keep {words} words. (The contents alone are counted.)"
        )
    if 0 in places and 2 not in places:
        raise Wrong(
            f"{where} you keep the beginning and drop the end: but the last message is "
            "the one to be answered."
        )
    if places != sorted(places) or places[-1:] != [2]:
        raise Wrong(f"{where} a newer message is left out for an older one.")
    if places != list(range(places[0], 3)):
        raise Wrong(f"{where} a message is missing between two that you keep.")
    raise Wrong(
        f"{where} one more fits: you keep {words} words, and "
        f"{sum(_WORDS[place] for place in wanted)} would do."
    )


EXERCISES = (
    Exercise(
        "10.1",
        "10.which",
        aim="Tell text, knobs and coin apart",
        task=(
            "A chatbot without a search does four things. Which part of it did each?"
        ),
        answers=_CASES,
        examine=_examine_which,
        hints=[
            "What differs from one case to the other, and what stays the same?",
            "Knobs hold what was read in training, and never change in a chat.",
            "A company can write a text above yours, before the chat begins.",
        ],
    ),
    Exercise(
        "10.2",
        "10.window",
        aim="Fit a chat into its window",
        task=(
            "Write `newest(chat, room)`. A chat is a list of messages, the oldest "
            'first, such as `{"role": "user", "content": "Hello!"}`. Give back as many '
            "messages from the end of the chat as fit into `room` words, in their "
            'order. Count the words of `message["content"]` with `.split()`. (Real '
            "programs count tokens.)"
        ),
        answers=["newest"],
        examine=_examine_newest,
        hints=[
            "Go through the chat from its end: `for message in reversed(chat)`.",
            "Stop at the first message that does not fit any more.",
            "Put each message that fits in front: `kept = [message, *kept]`.",
        ],
        code="""\
def newest(chat, room):
    kept = []
    for message in reversed(chat):
        room -= len(message["content"].split())
        if room < 0:
            break
        kept = [message, *kept]
    return kept
""",
    ),
)
