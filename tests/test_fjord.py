"""The trained class model that ships: that it is what its card says, and can do it."""

import hashlib

import pytest

from llm_lessons import checkpoints, fjordby
from llm_lessons.experiments import memory, open_book, reasoning
from llm_lessons.experiments.__main__ import FIGURES
from llm_lessons.fjordby import Ledger, fruit, marbles, notes
from llm_lessons.language_model import DATA, LanguageModel, load

FOLDER = DATA / "fjord"


@pytest.fixture(scope="module")
def lm() -> LanguageModel:
    return load("fjord")


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return Ledger.from_json((FOLDER / "ledger.json").read_text())


@pytest.fixture(scope="module")
def card() -> str:
    return (FOLDER / "MODEL_CARD.md").read_text()


def test_corpus_and_ledger_are_made_again_to_the_letter(card, ledger):
    corpus = fjordby.build()
    assert corpus.sha256 in card
    assert corpus.ledger == ledger


# Goals that this model misses; its card says so, and a better one strikes lines.
NOT_REACHED = {
    "marbles, 1 change, at once",
    "fruit problem, step by step",
    "the essay's own problem, step by step",
    "open book: invented people, the note among 1 others",
    "open book: invented people, the note among 2 others",
    "open book: invented people, the note among 3 others",
}


def test_card_keeps_every_other_bound_and_owns_up_to_these(card):
    rows = [line.split("|") for line in card.splitlines() if line.startswith("| C")]
    assert len(rows) == FIGURES
    failed = {row[2].strip() for row in rows if "not kept" in row[4]}
    assert failed == NOT_REACHED


def test_weights_are_small_on_disk_and_the_ones_of_the_card():
    path = FOLDER / "model.safetensors"
    assert path.stat().st_size < 8_000_000
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert digest == checkpoints.sha256(path)
    assert digest in (FOLDER / "config.json").read_text()


def test_learning_curve_falls_from_guessing_to_knowing():
    lines = (FOLDER / "learning_curve.csv").read_text().splitlines()[1:]
    losses = [float(line.split(",")[1]) for line in lines]
    assert losses[0] > 3 > 0.6 > losses[-1]


def test_often_read_is_remembered_and_rarely_read_is_not(lm, ledger):
    few = [fact for fact in ledger.facts if fact.readings in (1, 64, 512)]
    found = memory.recall(lm, few)
    assert found[1].share < 0.2
    assert found[64].share > 0.95
    assert found[512].share > 0.95


def test_recitation_needs_many_copies(lm, ledger):
    found = memory.recitation(lm, ledger.documents)
    assert found[1].share < 0.05
    assert found[64].share > 0.75
    assert found[1024].share > 0.95


def test_steps_reach_what_an_answer_at_once_does_not(lm):
    problems = marbles.held_out(96, 5, seed=1)
    assert reasoning.right_at_once(lm, problems).share < 0.2
    assert reasoning.right_stepwise(lm, problems).share > 0.9
    assert reasoning.right_at_once(lm, marbles.held_out(96, 1, seed=1)).share > 0.85


def test_fruit_follows_the_written_steps(lm):
    problems = fruit.held_out(96, seed=1)
    stepwise = reasoning.right_stepwise(lm, problems).share
    assert stepwise > 0.85
    assert reasoning.right_at_once(lm, problems).share < stepwise - 0.2
    assert reasoning.altered_step(lm, problems).follows.share > 0.8


def test_a_note_is_read_and_without_it_a_stranger_is_guessed(lm):
    pages = notes.held_out(96, 0, seed=1)
    assert open_book.with_note(lm, pages).share > 0.95
    assert open_book.without_note(lm, pages).share < 0.1
    # Between similar names it errs; better than guessing is all that is held here.
    assert open_book.with_note(lm, notes.held_out(96, 3, seed=1)).share > 0.35
