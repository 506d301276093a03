"""The Python side of toys without a model: two knobs, a guess, a quiz, vocabularies."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from traitlets import TraitError

from llm_lessons.lessons.questions import QUESTIONS
from llm_lessons.lessons.training.lists import lists
from llm_lessons.text.tokenizers import train_sentencepiece
from llm_lessons.widgets import (
    GrowingVocabulary,
    Guess,
    TokenStrip,
    TrainYourOwn,
    TwoKnobs,
    predict,
    token_strip,
)
from llm_lessons.widgets.base import Kept
from llm_lessons.widgets.growing_vocabulary import FIRST
from tests import tiny, tiny_bpe

SHARES = {"one": 0.5, "two": 0.3, "three": 0.2}


def entropy(shares) -> float:
    return -sum(share * np.log2(share) for share in shares)


def test_the_loss_is_that_of_the_odds_that_the_knobs_make():
    knobs = TwoKnobs(SHARES)
    assert knobs.loss == pytest.approx(np.log2(3))
    # These scores make the odds 0.5, 0.25, 0.25.
    knobs.knobs = [np.log(2), 0.0]
    assert knobs.loss == pytest.approx(0.5 * 1 + 0.3 * 2 + 0.2 * 2)
    # And these the shares themselves, below which nothing gets.
    knobs.knobs = [np.log(0.5 / 0.2), np.log(0.3 / 0.2)]
    assert knobs.loss == pytest.approx(entropy(SHARES.values()))


@given(st.floats(-4, 4), st.floats(-4, 4))
def test_no_setting_gets_below_the_entropy(first, second):
    knobs = TwoKnobs(SHARES)
    knobs.knobs = [first, second]
    assert knobs.loss >= entropy(SHARES.values()) - 1e-9


def test_a_knob_stays_on_its_slider_and_three_shares_make_one():
    knobs = TwoKnobs(SHARES)
    knobs.knobs = [9.0, -9.0]
    for wrong in ([1], [1, 2, 3], ["a", "b"], 5):
        with pytest.raises((ValueError, TraitError)):
            knobs.set_trait("knobs", wrong)
    assert knobs.knobs == [4.0, -4.0]
    for shares in ({"a": 1.0}, {"a": 0.5, "b": 0.5, "c": 0.0}, dict.fromkeys("abc", 1)):
        with pytest.raises(ValueError, match="three shares above 0"):
            TwoKnobs(shares)


def test_a_number_or_a_curve_is_said_and_nothing_until_somebody_does():
    guess = Guess("How many?", 0, 100, "{} %")
    assert guess.value is None and guess.curve == {} and guess._heard == [None]
    guess.set_state({"values": [40]})
    assert guess.value == 40 and guess.curve == {} and guess._heard == [40]
    assert repr(guess) == "How many?\n  40 %"
    curve = Guess("How many?", 0, 100, "{} %", at=(1, 4, 16), along="readings")
    curve.values = [None, 12.4, 180]
    assert curve.value is None
    assert curve.curve == {4: 12, 16: 100}  # whole numbers, on the scale
    assert repr(curve) == "How many?\n  4: 12 %, 16: 100 %"


def test_what_is_no_scale_or_not_as_many_numbers_is_refused():
    guess = Guess("How many?", 0, 10, at=(1, 2))
    for wrong in ([1], [1, 2, 3], ["a", None], [float("nan"), 1], [float("inf"), 1]):
        with pytest.raises((ValueError, TraitError)):
            guess.values = wrong
    assert guess.values == [None, None]
    cases: list[tuple[dict[str, Any], str]] = [
        ({"lowest": 5, "highest": 5}, "highest must be above lowest"),
        ({"unit": "%"}, "unit needs {}"),
        ({"at": range(13)}, "at has 13 places; 12 fit"),
    ]
    for settings, words in cases:
        with pytest.raises(ValueError, match=words):
            Guess("How many?", **settings)


def test_a_lesson_asks_by_name_and_says_no_answer_as_text():
    for question in QUESTIONS:
        quiz = predict(question.name)
        assert quiz.question == question.text and quiz.chosen is None
        shown = repr(quiz)
        for choice in question.choices:
            quiz.chosen = choice.text
            assert f"[ ] {choice.text}" in shown and choice.why not in shown
        with pytest.raises(ValueError, match="'Edge' is none of the choices"):
            quiz.chosen = "Edge"
        assert quiz.chosen == question.choices[-1].text


def test_every_smaller_training_learns_the_same_pieces_first():
    large = train_sentencepiece(tiny.TEXTS, 380)
    widget = GrowingVocabulary(large, "The fox")
    assert widget.size == widget.fewest == FIRST + len(widget._letters)
    for size in range(widget.fewest, 380):
        small = train_sentencepiece(tiny.TEXTS, size)
        learned = size - widget.fewest
        assert small.pieces[FIRST:] == [*widget._pieces[:learned], *widget._letters]
    for size in (0, 258, 10_000):
        with pytest.raises(ValueError, match="single letters"):
            GrowingVocabulary(large, "The fox", size)


TWO = {"letters": tiny.tokenizer(), "bytes": tiny_bpe.byte_level()}


def test_each_row_is_what_its_tokenizer_says():
    strip = TokenStrip("<0xF0>🦊", TWO)
    for row, (name, tokenizer) in zip(strip._rows, TWO.items(), strict=True):
        assert (row["name"], row["size"]) == (name, tokenizer.vocab_size)
        ids = [i for _, i, _ in row["tokens"]]
        assert ids == strip.tokens[name] == tokenizer.encode("<0xF0>🦊")
        pieces = [piece for piece, _, _ in row["tokens"]]
        assert pieces == [tokenizer.pieces[i] for i in ids]
    # bytes have names, and text that looks like one has none
    names = [mark for _, _, mark in strip._rows[1]["tokens"]]
    assert names[-4:] == ["⟨0xF0⟩", "⟨0x9F⟩", "⟨0xA6⟩", "⟨0x8A⟩"]
    assert not any(names[:-4])


def test_what_is_not_installed_is_a_line(monkeypatch):
    known = token_strip.vocabularies.__wrapped__()
    known.clear()
    known.update(TWO)
    known.missing = {"GPT-4": "Get it."}
    monkeypatch.setattr(token_strip, "vocabularies", lambda: known)
    strip = TokenStrip("The fox")
    assert strip._rows[-1] == {"name": "GPT-4", "missing": "Get it."}
    assert list(strip.tokens) == [*TWO]


def test_the_page_has_lists_to_learn_from_and_tells_the_steps():
    widget = TrainYourOwn()
    assert widget._lists == [[name, list(lines)] for name, lines in lists().items()]
    for name, lines in widget._lists:
        assert 100 < len(set(lines)) == len(lines) < 200, name
        for line in lines:
            # As the page wants them: see `linesOf` in `train_your_own_text.js`.
            assert line == " ".join(line.split()) and 2 <= len(line) <= 60, line
            assert line.isprintable()
    widget.set_state({"steps": 1200})
    assert repr(widget) == "TrainYourOwn(1,200 steps)"
    # What is typed is not among what Python knows, and so in no saved notebook.
    own = set(widget.trait_names(sync=True)) - set(Kept().trait_names(sync=True))
    assert own - {"_esm", "_css"} == {"_lists", "steps"}
