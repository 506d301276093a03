"""The Python side of the widget; what it looks like is tested in a browser."""

import numpy as np

from llm_lessons.widgets import NextToken
from llm_lessons.widgets.next_token import BARS, MOST_FLIPS
from tests import tiny
from tests.widgets.stand_in import StandIn


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
