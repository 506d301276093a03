"""Plausible wrong answers, and what each of them is told."""

from tests.each import each_of
from tests.lessons.checking.told import is_told


def size(message):
    return len(message["content"].split())


def fits(chat: list, room: int) -> list:
    while sum(map(size, chat)) > room:
        chat = chat[1:]
    return chat


def keeps_the_beginning(chat, room):
    while sum(map(size, chat)) > room:
        chat = chat[:-1]
    return chat


def whatever_fits(chat, room):
    kept = []
    for message in reversed(chat):
        if size(message) <= room:
            room -= size(message)
            kept = [message, *kept]
    return kept


def gives_text(chat, room):
    return " ".join(message["content"] for message in chat)


def gives_nothing(chat, room):
    fits(chat, room)


@each_of(
    ("function", "status", "text"),
    [
        (keeps_the_beginning, "wrong", "the last message is the one to be answered"),
        (lambda c, r: fits(c, r)[::-1], "wrong", "in the wrong order"),
        (lambda c, r: c, "wrong", "With room for 9 words you keep 10 words"),
        (lambda c, r: fits(c, r - 1), "wrong", "With room for 9 words one more fits"),
        (whatever_fits, "wrong", "a message is missing between two"),
        (lambda c, r: c[-1:] if size(c[-1]) <= r else [], "wrong", "one more fits"),
        (gives_text, "wrong", "a list of messages"),
        (gives_nothing, "wrong", "end it with `return`"),
        (lambda chat, room: room / 0, "error", "ZeroDivisionError"),
        (fits, "right", "the oldest messages go"),
        (lambda chat, room: tuple(fits(chat, room)), "right", "the oldest"),
    ],
)
def test_windows(function, status, text):
    is_told("10.window", {"newest": function}, status, text)
