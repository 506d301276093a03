"""What plausible functions and questions are told, by exercise."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from llm_lessons import fjordby
from llm_lessons.fjordby.varied import marbles
from tests.each import failing
from tests.lessons.checking.told import is_told


def softmax(scores):
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()


def by_the_largest(scores):
    return np.exp(scores - scores.max())


def shifted(scores):
    heights = scores - scores.min() + 1
    return heights / heights.sum()


SOFTMAX = [
    (lambda s: s / s.sum(), "wrong", "below 0"),
    (by_the_largest, "wrong", "Divide by the sum of all"),
    (shifted, "wrong", "Is it `np.exp`"),
    (lambda s: softmax(s).max(), "wrong", "should be 5 probabilities"),
    (lambda s: ["a"] * len(s), "wrong", "array of numbers"),
    # the task and the first hint say nothing of huge scores
    (lambda s: np.exp(s) / np.exp(s).sum(), "right", "run `softmax(np.array([1000.0"),
    (jax.nn.softmax, "right", "it holds as well"),
]


def from_zero(one, other):
    return next(i for i, (a, b) in enumerate(zip(one, other)) if a != b)  # noqa: B905


def as_far_as_both_reach(one, other):
    pairs = enumerate(zip(one, other, strict=False), start=1)
    return next((i for i, (a, b) in pairs if a != b), 0)


def by_steps(one, other):
    place = 0
    while one[place : place + 1] == other[place : place + 1]:
        if place == len(one):
            return 0
        place += 1
    return place + 1


PARTED = [
    (from_zero, "wrong", "yours gives 2. The first token has place 1."),
    (as_far_as_both_reach, "wrong", "[4, 8] and [4, 8, 15] it should be 3"),
    (by_steps, "right", "the pairs of the figure"),
]


def greedy_at_zero(logits, temperature):
    if temperature == 0:
        return np.arange(len(logits)) == np.argmax(logits)
    return softmax(logits / temperature)


def in_place(logits, temperature):
    logits /= temperature
    logits -= logits.max()
    np.exp(logits, out=logits)
    logits /= logits.sum()
    return logits


def with_jax(logits, temperature):
    powers = jnp.exp(jnp.asarray(logits) / temperature)
    return powers / powers.sum()


TEMPERATURE = [
    (lambda x, t: softmax(x * t), "wrong", "divide by the temperature, don't mult"),
    (lambda x, t: softmax(x) / t, "wrong", "Is the softmax the last step?"),
    (lambda x, t: softmax(x), "wrong", "The temperature changes nothing"),
    (lambda x, t: softmax(x / t**2), "wrong", "At temperature 0.5 the likeliest"),
    (greedy_at_zero, "right", "yours takes the likeliest token: that is greedy"),
    (in_place, "right", "yours divides by zero; there, programs take the likeli"),
    (with_jax, "right", "run `apply_temperature(np.array([1000.0, 999.0, 0.0]), 1"),
]
DOWNHILL = [
    (lambda knob, slope, size: knob + size * slope, "wrong", "goes uphill"),
    (lambda knob, slope, size: knob - slope, "wrong", "jumps across the valley"),
    (lambda knob, slope, size: -size * slope, "wrong", "only the change"),
    (lambda knob, slope, size: knob - 0.2 * slope, "wrong", "size of 0.01"),
    (lambda knob, slope, size: jnp.float32(knob - size * slope), "right", "3.00"),
]


def stands(detail, name):
    return any(d.text.count(detail) for d in fjordby.search(name, limit=10_000).hits)


def compares_whole_pages(name, details):
    pages = [page.text for page in fjordby.search(name, limit=10_000).hits]
    return [one for one in details if one not in pages]


MADE_UP = [
    (lambda n, ds: [d for d in ds if stands(d, n)], "wrong", "Turn it round"),
    (lambda n, ds: [], "wrong", "does stand in Fjordby, but on no page about"),
    (lambda n, ds: [not stands(d, n) for d in ds], "wrong", "Give back the details"),
    (compares_whole_pages, "wrong", "holds everything for made up"),
    (lambda n, ds: {d for d in ds if not stands(d, n)}, "right", "try yours on"),
]
QUESTIONS = [
    ("Work out 738 x 694.", "wrong", "with a question mark"),
    ("?", "wrong", "a part of the easy one"),
    (marbles.held_out(1, 6)[0].question, "wrong", "does not cost less"),
    ("Why? " * 300, "wrong", "too long"),
    ("738 x 694 =", "right", "5,7"),
]


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
    (lambda s, c: [sums(s, c)], "wrong", "should return a text"),
    (lambda s, c: sums(s, c).replace(". ", ".\n") + "\n", "right", "one small sum"),
]


def with_notes(notes, question):
    return "".join(f"Note: {n}\n" for n in notes) + f"Question: {question}\nAnswer:"


def question_first(notes, question):
    *lines, asked, answer = with_notes(notes, question).split("\n")
    return "\n".join([asked, *lines, answer])


PROMPTS = [
    (question_first, "wrong", "The question stands before a note"),
    (lambda n, q: with_notes(n[-1:], q), "wrong", "Of 3 notes, 2 did not get in"),
    (lambda n, q: with_notes(n, "?"), "wrong", "The question did not get in"),
    (lambda n, q: with_notes(n, q).replace("\n", " "), "wrong", "yours has 1"),
    (lambda n, q: with_notes(n, q)[:-8], "wrong", 'Without "Answer:"'),
    (lambda n, q: with_notes(n, q) + " ", "wrong", "stands behind `Answer:`"),
    (lambda n, q: with_notes(n, q)[6:], "wrong", "Line 1 is `Ida Bergset lives"),
    (lambda n, q: with_notes(n, q).split("\n"), "wrong", "not a list of lines"),
    (with_notes, "right", "text in one piece"),
]


def size(message):
    return len(message["content"].split())


def newest(chat, room):
    while sum(map(size, chat)) > room:
        chat = chat[1:]
    return chat


def whatever_fits(chat, room):
    kept = []
    for message in reversed(chat):
        if size(message) <= room:
            room -= size(message)
            kept = [message, *kept]
    return kept


CHATS = [
    (lambda c, r: newest(c[::-1], r)[::-1], "wrong", "the last message is the one to"),
    (lambda c, r: newest(c, r)[::-1], "wrong", "in the wrong order"),
    (lambda c, r: c, "wrong", "With room for 9 words you keep 10 words"),
    (lambda c, r: newest(c, r - 1), "wrong", "With room for 9 words one more fits"),
    (whatever_fits, "wrong", "a message is missing between two"),
    (lambda c, r: " ".join(one["content"] for one in c), "wrong", "a list of messages"),
    (lambda c, r: tuple(newest(c, r)), "right", "the oldest"),
]


def better(rewards, sign=1):
    return tuple(sign * (one - sum(rewards) / len(rewards)) for one in rewards)


REWARDS = [
    (lambda r: sum(r) / len(r), "wrong", "a list with 8 numbers"),
    (lambda r: better(r, -1), "wrong", "the mean is 0.25"),
    (lambda r: r[:0] or None, "wrong", "end it with `return`"),
    (better, "right", "nothing is learned"),
]
CASES = {
    "02.softmax": ("softmax", SOFTMAX),
    "03.3": ("parted", PARTED),
    "04.3": ("apply_temperature", TEMPERATURE),
    "05.downhill": ("downhill", DOWNHILL),
    "06.3": ("made_up", MADE_UP),
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
