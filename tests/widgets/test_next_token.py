"""The Python side of the widget; what it looks like is tested in a browser."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_lessons.widgets import NextToken
from llm_lessons.widgets.next_token import BARS, MOST_FLIPS
from tests import tiny
from tests.widgets.stand_in import StandIn


def reference(logits, temperature=1.0, top_k=None, top_p=None, min_p=None):
    """The same in float64, by a full sort: temperature, top-k, top-p, min-p."""
    order = np.argsort(-logits, kind="stable")
    weights = np.exp((logits[order].astype(float) - logits.max()) / temperature)
    if top_k is not None:
        weights = np.where(logits[order] >= logits[order][:top_k][-1], weights, 0)
    if top_p is not None:
        enough = np.searchsorted(
            np.cumsum(weights) / weights.sum(), top_p * (1 - 1e-12)
        )
        weights = np.where(logits[order] >= logits[order][enough], weights, 0)
    if min_p is not None:
        weights = np.where(weights >= min_p, weights, 0)  # the likeliest has 1
    probabilities = np.empty(len(logits))
    probabilities[order] = weights / weights.sum()
    return probabilities


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"temperature": 0.3},
        {"temperature": 2.5, "top_k": 7},
        {"top_p": 0.85},
        {"temperature": 0.7, "top_k": 20, "top_p": 0.6},
        {"temperature": 1.5, "min_p": 0.1},
    ],
)
def test_probabilities_cover_the_vocabulary(settings):
    lm = StandIn()
    widget = NextToken(lm, "Once", **settings)
    expected = reference(lm.logits("Once"), **settings)
    np.testing.assert_allclose(widget.probabilities, expected, atol=1e-6)
    assert np.count_nonzero(widget.probabilities) == np.count_nonzero(expected)


@pytest.mark.parametrize("temperature", [0, 1e-30])
def test_no_temperature_is_too_low(temperature):
    lm = StandIn()
    widget = NextToken(lm, "Once a", temperature=temperature)
    likeliest = lm.logits("Once a").max() == lm.logits("Once a")
    assert widget.probabilities[likeliest].sum() == 1
    assert np.isfinite(widget.probabilities).all()


def test_a_new_prompt_gives_new_probabilities():
    widget = NextToken(StandIn(), "Once", temperature=0.5)
    assert repr(widget) == "NextToken(prompt='Once', temperature=0.5)"
    before = widget.probabilities
    widget.prompt = "Once upon"
    assert not np.array_equal(widget.probabilities, before)


@pytest.mark.parametrize(
    ("prompt", "sentence"),
    [("", "The prompt is empty"), ("a" * 100_000, "has 100,000 letters")],
)
def test_a_refused_prompt_loses_nothing(prompt, sentence):
    widget = NextToken(StandIn(), "Once")
    before = widget.probabilities
    widget.prompt = prompt
    assert sentence in widget._message
    assert widget.prompt == prompt
    assert (widget._heard, widget._shown) == (prompt, "Once")
    np.testing.assert_array_equal(widget.probabilities, before)
    widget.prompt = "Once upon"
    assert (widget._message, widget._shown) == ("", "Once upon")


def test_any_text_is_taken():
    widget = NextToken(StandIn(), "Once")

    @given(st.text())
    def check(prompt):
        widget.prompt = prompt
        assert widget._heard == prompt
        assert (widget._shown == prompt) != bool(widget._message)

    check()


def endings_of(widget: NextToken) -> dict[str, str]:
    """Piece -> letters, as the page has them."""
    pieces = widget._pieces
    return {pieces[int(i)]: text for i, text in widget._endings["of"].items()}


def test_pieces_of_words_have_their_endings_without_being_asked():
    lm = tiny.model()
    widget = NextToken(lm, "The fox found a")
    assert widget._endings["prompt"] == "The fox found a"
    likeliest = np.argsort(-lm.logits("The fox found a"), kind="stable")[:BARS]
    pieces = {lm.tokenizer.pieces[i] for i in likeliest}
    assert endings_of(widget) and set(endings_of(widget)) <= pieces


def test_a_token_without_a_bar_gets_its_ending_once_it_is_drawn():
    lm = tiny.model()
    widget = NextToken(lm, "The fox found a")
    before, order = endings_of(widget), np.argsort(-lm.logits("The fox found a"))
    for token in order[BARS : BARS + 12].tolist():
        widget.drawn = token
    more = set(endings_of(widget)) - set(before)
    assert more and before.items() <= endings_of(widget).items()


def test_a_model_without_words_has_no_endings_and_a_refused_prompt_none():
    assert NextToken(StandIn(), "Once")._endings == {}
    widget = NextToken(tiny.model(), "")
    with pytest.raises(ValueError, match="The prompt is empty"):
        _ = widget.probabilities
    widget._wanted = ""
    widget.drawn = 300
    assert widget._endings == {}
    widget.prompt = widget._wanted = "The fox found a"
    assert widget._endings["prompt"] == "The fox found a" and endings_of(widget)


def test_so_many_flips_are_kept_and_no_more():
    widget = NextToken(StandIn(), "Once")
    widget.flips = [[0.5, i] for i in range(MOST_FLIPS + 7)]
    assert len(widget.flips) == MOST_FLIPS and widget.flips[-1] == [0.5, 1006]
