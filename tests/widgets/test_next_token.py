"""The Python side of the widget; what it looks like is tested in a browser."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_lessons.widgets import NextToken
from llm_lessons.widgets.next_token import BARS, MOST_FLIPS
from tests import tiny
from tests.widgets.stand_in import StandIn


@pytest.mark.parametrize(
    ("prompt", "sentence"),
    [("", "The prompt is empty"), ("a" * 100_000, "has 100,000 letters")],
)
def test_a_refused_prompt_loses_nothing(prompt, sentence):
    widget = NextToken(StandIn(), "Once")
    before = widget._logits
    widget.prompt = prompt
    assert sentence in widget._message
    assert widget.prompt == prompt
    assert (widget._heard, widget._shown) == (prompt, "Once")
    assert widget._logits == before
    widget.prompt = "Once upon"
    assert (widget._message, widget._shown) == ("", "Once upon")
    assert widget._logits != before


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
    widget._wanted = ""
    widget.drawn = 300
    assert widget._endings == {}
    widget.prompt = widget._wanted = "The fox found a"
    assert widget._endings["prompt"] == "The fox found a" and endings_of(widget)


def test_so_many_flips_are_kept_and_no_more():
    widget = NextToken(StandIn(), "Once")
    widget.flips = [[0.5, i] for i in range(MOST_FLIPS + 7)]
    assert len(widget.flips) == MOST_FLIPS and widget.flips[-1] == [0.5, 1006]
