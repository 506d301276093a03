"""Plausible wrong answers, and what each of them is told."""

import numpy as np

from llm_lessons import fjordby
from llm_lessons.lessons.exercises import exercise
from tests.each import each_of
from tests.exercises.told import is_told


@each_of(
    ("anthem", "capital", "village", "status", "text"),
    [
        ("B", "B", "C", "wrong", "`anthem` is not B"),
        ("C", "B", "C", "wrong", "very same words"),
        ("A", "A", "C", "wrong", "`capital` is not A"),
        ("A", "C", "C", "wrong", "each time in other words"),
        ("A", "B", "A", "wrong", "`village` is not A: one page has it"),
        ("A", "B", "B", "wrong", "`village` is not B"),
        ("A", "B", "D", "wrong", 'one of "A", "B", "C"'),
        ("a", "b", "c", "right", "Copies are recited"),
    ],
)
def test_memory(anthem, capital, village, status, text):
    answers = {"anthem": anthem, "capital": capital, "village": village}
    is_told("06.1", answers, status, text)


def pages(name):
    return fjordby.search(name, limit=10_000).hits


def keeps_the_right_ones(name, details):
    return [d for d in details if any(d in page.text for page in pages(name))]


def looks_everywhere(name, details):
    return [d for d in details if fjordby.search(d).total == 0]


def asks_the_result(name, details):
    return [d for d in details if not fjordby.search(d)]


def gives_yes_and_no(name, details):
    return [not any(d in page.text for page in pages(name)) for d in details]


def compares_whole_pages(name, details):
    return [d for d in details if d not in [page.text for page in pages(name)]]


def gives_the_first(name, details):
    return next((d for d in details if not any(d in p.text for p in pages(name))), "")


def forgets_to_return(name, details):
    [d for d in details if fjordby.search(d)]


def misspells(name, details):
    return fjordby.search(name).hit  # pyright: ignore


@each_of(
    ("function", "status", "text"),
    [
        (keeps_the_right_ones, "wrong", "Turn it round"),
        (looks_everywhere, "wrong", "does stand in Fjordby, but on no page about"),
        (asks_the_result, "wrong", "but on no page about"),
        (gives_yes_and_no, "wrong", "Give back the details themselves"),
        (compares_whole_pages, "wrong", "holds everything for made up"),
        (gives_the_first, "wrong", "should return a list"),
        (forgets_to_return, "wrong", "end it with `return`"),
        (misspells, "error", "AttributeError"),
    ],
)
def test_a_wrong_search_is_told_why(function, status, text):
    is_told("06.2", {"made_up": function}, status, text)


def in_a_set(name, details):
    return {d for d in details if not any(d in page.text for page in pages(name))}


def test_a_right_search_may_be_written_in_another_way():
    assert exercise("06.made_up").check({"made_up": in_a_set}).status == "right"


def per_letter(text, file):
    return 8 * len(file) / len(text)


def in_bytes(text, file):
    return len(file) / len(text)


def upside_down(text, file):
    return len(text) / (8 * len(file))


def by_encoded(text, file):
    return 8 * len(file) / len(text.encode())


def ratio(text, file):
    return 1 - len(file) / len(text)


@each_of(
    ("function", "llama", "status", "text"),
    [
        (in_bytes, 0.432, "wrong", "bytes for each letter"),
        (upside_down, 0.432, "wrong", "upside down"),
        (by_encoded, 0.432, "wrong", "An ø is one letter"),
        (ratio, 0.432, "wrong", "is 2.00 bits a letter"),
        (per_letter, 810 / 15_000, "wrong", "those are bytes"),
        (per_letter, 15_000 / 810 / 8, "wrong", "tokens for each bit"),
        (per_letter, 16, "wrong", "shared out among all tokens"),
        (per_letter, "half", "wrong", "should be a number"),
        (per_letter, np.float32(0.432), "right", "less than a single yes or no"),
        (per_letter, 8 * 812e9 / 15e12, "right", "0.43 bits"),
    ],
)
def test_bits(function, llama, status, text):
    is_told("06.3", {"bits_per_letter": function, "llama_bits": llama}, status, text)
