"""Where tokens look and what silence does, on known looks, a tiny model and Fjord."""

import re

import numpy as np
import pytest

from llm_lessons import figures
from llm_lessons.lessons.forward_pass import heads, knobs
from llm_lessons.lessons.forward_pass.heads import Looks, Silence
from llm_lessons.loading import load
from llm_lessons.measuring.intervals import share
from llm_lessons.model.inspection import looks
from tests import drawn, tiny
from tests.each import each_of

PROMPT = "Once upon a time there was a girl called Ida. One day"
# two layers of two heads, over three tokens; the name stands there twice
KNOWN = Looks(
    (" Ida", " is", " Ida"),
    np.array([[[0.1, 0.8, 0.1], [0, 0, 1.0]], [[0.5, 0.1, 0.4], [0, 1.0, 0]]]),
)


def test_looks_at_a_token_count_wherever_it_stands():
    np.testing.assert_allclose(KNOWN.at(" Ida"), [[0.2, 1], [0.9, 0]])
    assert KNOWN.most(" Ida") == [(0, 1), (1, 0), (0, 0), (1, 1)]
    with pytest.raises(ValueError, match="' Per' is no token of this text"):
        KNOWN.at(" Per")


def test_the_last_token_looks_as_the_model_does():
    lm = tiny.model()
    ids = lm.encode("The fox found")
    found = heads.look(lm, "The fox found")
    assert found.pieces == tuple(lm.tokenizer.pieces[i] for i in ids)
    whole = looks(lm.params, np.array(ids, np.int32), lm.config)
    np.testing.assert_array_equal(found.weights, np.asarray(whole)[:, :, -1])


def test_silence_is_that_of_the_silenced_model():
    lm = tiny.model()
    text = "The fox found"
    piece = heads.look(lm, text).pieces[-2]
    token = lm.tokenizer.pieces.index(piece)
    found = heads.silence(lm, text, piece)
    order = heads.look(lm, text).most(piece)[: heads.MOST]
    assert list(found.heads) == order and len(found.looking) == heads.MOST + 1
    for k, chance in enumerate(found.looking):
        logits = knobs.silenced(lm, order[:k]).logits(text).astype(np.float64)
        odds = np.exp(logits - logits.max()) / np.exp(logits - logits.max()).sum()
        assert chance == pytest.approx(odds[token], rel=1e-3)
    assert {one.n for one in found.random} == {heads.DRAWS}
    assert found == heads.silence(lm, text, piece)


FEW = tuple(share([chance] * 4) for chance in (0.95, 0.9, 0.85))
FALLS = Silence(" Ida", ((4, 0), (5, 1), (5, 2)), (0.998, 0.95, 0.04, 0.01), FEW)


def test_silence_is_told_in_numbers():
    assert FALLS.enough == 2
    assert FALLS.sentence().replace("\u00a0", " ") == (
        "With all heads on, “␣Ida” has 99.8 %. With the first of them off, it has "
        "95.0 %; with 2 off (layer 5, head 1; layer 6, head 2), 4.0 %. With 2 drawn "
        "at random, it has 90.0 % on average."
    )
    assert (
        FALLS.alt()
        .replace("\u00a0", " ")
        .endswith(
            "With none silenced it is 99.8 %; then, read as pairs, 1: 95.0 % and "
            "95.0 %; 2: 4.0 % and 90.0 %; 3: 1.0 % and 85.0 %."
        )
    )
    never = Silence(" Ida", FALLS.heads, (0.9, 0.9, 0.9, 0.8), FEW)
    assert never.enough == 3
    figure = FALLS.figure()
    names = {text.get_text() for text in figure.axes[0].texts}
    assert names == {"look at it\nmost", "drawn at\nrandom"}
    assert re.match("<svg", figures.to_svg(figure, alt=FALLS.alt()))


@each_of(
    ("looking", "title"),
    [
        (FALLS.looking, "Without the 2 that look most, “␣Ida” has 4.0 %"),
        ((0.9, 0.05, 0.5, 0.5), "Without the one that looks most, “␣Ida” has 5.0 %"),
        ((0.9, 0.9, 0.3, 0.2), "Without the 3 that look most, “␣Ida” has 20.0 %"),
        ((0.9, 0.9, 0.9, 0.8), "No clear difference to heads drawn at random"),
        ((0.05, 0.9, 0.9, 0.8), "No clear difference to heads drawn at random"),
        (
            (0.9, 0.9, 0.9, 0.999),
            "Heads drawn at random matter more than those that look",
        ),
    ],
)
def test_the_title_holds_heads_that_look_against_any(looking, title: str):
    random = tuple(share([chance] * 30) for chance in (0.95, 0.9, 0.85))
    found = Silence(" Ida", FALLS.heads, looking, random)
    assert found.title().replace("\u00a0", " ") == title
    drawn.assert_titled(found.figure(), found.title(), found.alt())


@pytest.mark.slow
def test_fjord_fetches_a_name_through_few_heads_but_more_than_one():
    lm = load("fjord")
    found = heads.silence(lm, PROMPT, " Ida")
    assert found.looking[0] > 0.95
    assert 2 <= found.enough <= 5 and found.looking[found.enough] < 0.1
    assert found.random[found.enough - 1].share > found.looking[found.enough] + 0.3
    without = knobs.silenced(lm, found.heads[: found.enough])
    others = [row[0].strip() for row in without.next_token(PROMPT, 5).rows]
    assert sum(name.istitle() for name in others) >= 4  # a name, whichever
