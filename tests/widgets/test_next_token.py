"""The Python side of the widget; what it looks like is tested in a browser."""

import numpy as np

from llm_lessons.widgets import NextToken
from llm_lessons.widgets.next_token import BARS, MOST_FLIPS
from tests import tiny
from tests.widgets.stand_in import StandIn

PROMPT = "The fox found a"


def test_words_have_endings_without_being_asked_and_a_refused_prompt_none():
    likeliest = np.argsort(-tiny.model().logits(PROMPT), kind="stable")[:BARS]
    told = NextToken(tiny.model(), PROMPT)._answers["endings"]
    assert told["shown"] == ["endings", PROMPT, sorted(likeliest.tolist())]
    assert told["value"] and set(map(int, told["value"])) <= set(likeliest)
    assert NextToken(StandIn(), "Once")._answers["endings"]["value"] == {}
    refused = NextToken(tiny.model(), "")._answers
    assert refused.keys() == {"prompt"} and "empty" in refused["prompt"]["why"]


def test_so_many_flips_are_kept_and_no_more():
    widget = NextToken(StandIn(), "Once")
    widget.flips = [[0.5, i] for i in range(MOST_FLIPS + 7)]
    assert len(widget.flips) == MOST_FLIPS and widget.flips[-1] == [0.5, 1006]
