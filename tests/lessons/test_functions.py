"""What plausible functions and questions of lessons 7 to 11 are told."""

import pytest

from llm_lessons.fjordby.varied import marbles
from tests.each import failing
from tests.lessons.checking.told import is_told

EASY = marbles.read_aloud(1, 1)[0].question
QUESTIONS = [
    (738 * 694, "wrong", "a text in quotes"),
    ("Work out 738 x 694.", "wrong", "end it with a question mark"),
    ("?", "wrong", "a part of the easy one"),
    (EASY, "wrong", "a part of the easy one"),
    (marbles.held_out(1, 6)[0].question, "wrong", "does not cost less"),
    ("Why? " * 300, "wrong", "too long"),
    ("738 x 694 =", "right", "5,7"),
    (" Who wrote the Edda? ", "right", "5,7"),
]


def forgets_to_return(*given):
    repr(given)


def sums(start, changes, carry=True, signed=True, answer=True):
    total, lines = start, []
    for change in changes:
        sign = "-" if signed and change < 0 else "+"
        size = abs(change) if signed else change
        lines.append(f"{total} {sign} {size} = {total + change}.")
        total = total + change if carry else start
    return " ".join(lines) + f" Answer: {start + sum(changes)}." * answer


STEPS = [
    (lambda s, c: f"Answer: {s + sum(c)}.", "wrong", "There is no step"),
    (lambda s, c: sums(s, c, answer=False), "wrong", "The last line is missing"),
    (lambda s, c: sums(s, c, signed=False), "wrong", "write 19 - 3, not 19 + -3"),
    (lambda s, c: sums(s, c, carry=False), "wrong", "at which the last one ended"),
    (lambda s, c: sums(s, c[:1]), "wrong", "2 changes need as many steps"),
    (lambda s, c: f"{sums(s, c)[:-3]}5.", "wrong", "it should read: 12 + 7 = 19."),
    (lambda s, c: [sums(s, c)], "wrong", "should return a text"),
    (forgets_to_return, "wrong", "end it with `return`"),
    (lambda s, c: sums(s, c).replace(". ", ".\n") + "\n", "right", "one small sum"),
]


def with_notes(notes, question):
    return "".join(f"Note: {n}\n" for n in notes) + f"Question: {question}\nAnswer:"


def question_first(notes, question):
    *lines, asked, answer = with_notes(notes, question).split("\n")
    return "\n".join([asked, *lines, answer])


def no_question(notes, question):
    return with_notes(notes, "").replace("Question: \n", "")


def no_answer(notes, question):
    return with_notes(notes, question).removesuffix("\nAnswer:")


PROMPTS = [
    (question_first, "wrong", "The question stands before a note"),
    (lambda n, q: with_notes(n[-1:], q), "wrong", "Of 3 notes, 2 did not get in"),
    (no_question, "wrong", "The question did not get in"),
    (lambda n, q: with_notes(n, q).replace("\n", " "), "wrong", "yours has 1"),
    (no_answer, "wrong", 'Without "Answer:"'),
    (lambda n, q: with_notes(n, q) + " ", "wrong", "stands behind `Answer:`"),
    (lambda n, q: with_notes(n, q)[6:], "wrong", "Line 1 is `Ida Bergset lives"),
    (lambda n, q: with_notes(n, q).split("\n"), "wrong", "not a list of lines"),
    (lambda n, q: n + q, "error", "TypeError"),
    (with_notes, "right", "text in one piece"),
]


def size(message):
    return len(message["content"].split())


def newest(chat, room):
    while sum(map(size, chat)) > room:
        chat = chat[1:]
    return chat


def oldest(chat, room):
    return newest(chat[::-1], room)[::-1]


def whatever_fits(chat, room):
    kept = []
    for message in reversed(chat):
        if size(message) <= room:
            room -= size(message)
            kept = [message, *kept]
    return kept


CHATS = [
    (oldest, "wrong", "the last message is the one to be answered"),
    (lambda c, r: newest(c, r)[::-1], "wrong", "in the wrong order"),
    (lambda c, r: c, "wrong", "With room for 9 words you keep 10 words"),
    (lambda c, r: newest(c, r - 1), "wrong", "With room for 9 words one more fits"),
    (whatever_fits, "wrong", "a message is missing between two"),
    (lambda c, r: newest(c[-1:], r), "wrong", "one more fits"),
    (lambda c, r: " ".join(one["content"] for one in c), "wrong", "a list of messages"),
    (forgets_to_return, "wrong", "end it with `return`"),
    (lambda c, r: r / 0, "error", "ZeroDivisionError"),
    (newest, "right", "the oldest messages go"),
    (lambda c, r: tuple(newest(c, r)), "right", "the oldest"),
]


def better(rewards, sign=1):
    return tuple(sign * (one - sum(rewards) / len(rewards)) for one in rewards)


REWARDS = [
    (lambda r: sum(r) / len(r), "wrong", "a list with 8 numbers"),
    (lambda r: better(r, -1), "wrong", "the mean is 0.25"),
    (forgets_to_return, "wrong", "end it with `return`"),
    (better, "right", "nothing is learned"),
]
CASES = {
    "07.1": ("question", QUESTIONS),
    "08.3": ("steps", STEPS),
    "09.prompt": ("with_notes", PROMPTS),
    "10.window": ("newest", CHATS),
    "11.3": ("better", REWARDS),
}


@pytest.mark.parametrize("number", CASES)
def test_an_answer_is_told_what_is_right_or_wrong_with_it(number: str):
    name, cases = CASES[number]
    told = failing(cases, lambda one: is_told(number, {name: one[0]}, *one[1:]))
    assert told == []
