"""Plausible wrong answers, and what each of them is told."""

from itertools import islice

import numpy as np

from llm_lessons.decoding.sampling import coin_at
from llm_lessons.lessons.exercises import exercise
from llm_lessons.lessons.sampling.loops import START, TOKENS, right, seeds
from llm_lessons.loading import load
from tests.each import each_of
from tests.exercises.told import is_told

lm = load("fjord")


def softmax(scores):
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()


def flip(p, coin):
    return int(np.searchsorted(np.cumsum(p), coin))


def loops(text, count, seed):
    for _ in range(count):
        coin = coin_at(seed, len(lm.encode(text)))
        text += lm.tokenizer.decode([flip(softmax(lm.logits(text)), coin)])
    return text


def is_greedy(text, count, seed):
    for _ in range(count):
        text += lm.tokenizer.decode([int(lm.logits(text).argmax())])
    return text


def never_feeds_back(text, count, seed):
    p = softmax(lm.logits(text))
    for _ in range(count):
        coin = coin_at(seed, len(lm.encode(text)))
        text += lm.tokenizer.decode([flip(p, coin)])
    return text


def flips_once(text, count, seed):
    coin = coin_at(seed, len(lm.encode(text)))
    for _ in range(count):
        text += lm.tokenizer.decode([flip(softmax(lm.logits(text)), coin)])
    return text


def counts_flips(text, count, seed):
    for step in range(count):
        p = softmax(lm.logits(text))
        text += lm.tokenizer.decode([flip(p, coin_at(seed, step))])
    return text


def counts_letters(text, count, seed):
    for _ in range(count):
        p = softmax(lm.logits(text))
        text += lm.tokenizer.decode([flip(p, coin_at(seed, len(text)))])
    return text


def ignores_the_seed(text, count, seed):
    return loops(text, count, 99)


def stops_early(text, count, seed):
    return loops(text, count - 1, seed)


def gives_only_the_new(text, count, seed):
    return loops(text, count, seed)[len(text) :]


def forgets_to_append(text, count, seed):
    for _ in range(count):
        flip(softmax(lm.logits(text)), coin_at(seed, len(lm.encode(text))))
    return text


def forgets_to_return(text, count, seed):
    loops(text, count, seed)


def gives_a_list(text, count, seed):
    return [text]


def borrows(text, count, seed):
    return text + lm.generate(text, count, seed=seed)


def misspells(text, count, seed):
    return loops(txt, count, seed)  # pyright: ignore


@each_of(
    ("function", "status", "text"),
    [
        (is_greedy, "wrong", "Where is the coin?"),
        (never_feeds_back, "wrong", "Feed the longer text back"),
        (flips_once, "wrong", "Every flip of yours falls like the first"),
        (counts_flips, "wrong", "not the number of the flip"),
        (counts_letters, "wrong", "it should read “Once upon a time"),
        (ignores_the_seed, "wrong", "it should read “Once upon a time"),
        (stops_early, "wrong", "How often does your loop go round?"),
        (gives_only_the_new, "wrong", "not only what is new"),
        (forgets_to_append, "wrong", "add each new token"),
        (forgets_to_return, "wrong", "end it with `return`"),
        (gives_a_list, "wrong", "should return a text"),
        (borrows, "wrong", "`generate` is the packaged loop"),
        (misspells, "error", "NameError: name 'txt' is not defined"),
        (loops, "right", "Token for token"),
    ],
)
def test_a_loop_is_told_what_it_does(function, status, text):
    is_told("03.1", {"write": function}, status, text)


def test_most_seeds_will_do():
    """Few texts are drawn in another spelling than the one they are cut into."""
    found = list(islice(seeds(), 5))
    assert found[-1] < 10
    for seed in found:
        assert right(seed).startswith(START)
        assert loops(START, TOKENS, seed) == right(seed)


@each_of(
    ("whole", "fifty", "status", "text"),
    [
        (1.8, 0.9**50, "wrong", "`whole` is 1.8"),
        (18, 0.9**50, "wrong", "multiplied, not added"),
        (0.6, 0.9**50, "wrong", "the mean of the three"),
        (0.4, 0.9**50, "wrong", "The rarest token"),
        (0.2, 0.9**50, "wrong", "of 100 runs, 50 draw"),
        (0.18, 45, "wrong", "`fifty` is 45"),
        (0.18, 0.9, "wrong", "the chance of one token"),
        (0.18, 1 - 0.9**50, "wrong", "any other text"),
        (0.18, 0.1, "wrong", "50 factors"),
        (0.18, "little", "wrong", "should be a number"),
        (0.18, 0.00515, "right", "once in 194 runs"),
        (np.prod([0.5, 0.4, 0.9]), np.float32(0.9) ** 50, "right", "once in 194 runs"),
    ],
)
def test_product(whole, fifty, status, text):
    feedback = exercise("03.product").check({"whole": whole, "fifty": fifty})
    assert feedback.status == status
    assert text.lower() in feedback.text.lower()


@each_of(
    ("why", "agree", "status", "text"),
    [
        ("A", 0.729, "wrong", "keep the thought"),
        ("C", 0.729, "wrong", "the knobs are frozen"),
        ("the coin", 0.729, "wrong", 'one of "A", "B", "C"'),
        ("B", 2.7, "wrong", "between 0 and 1"),
        ("B", 0.9, "wrong", "chance of one answer"),
        ("B", 0.271, "wrong", "do not all give it"),
        ("B", 0.001, "wrong", "three flips"),
        ("B", None, "not attempted", "`agree`"),
        ("b", 0.73, "right", "In 73 of 100 cases"),
    ],
)
def test_again(why, agree, status, text):
    is_told("03.3", {"why": why, "agree": agree}, status, text)
