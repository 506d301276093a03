"""The Python side of two runs of one prompt."""

import json

import pytest

from llm_lessons.widgets import TwoRuns
from llm_lessons.widgets.two_runs import BARS
from tests import tiny

PROMPT, SEED = "The fox found a", 5


@pytest.fixture
def widget() -> TwoRuns:
    return TwoRuns(tiny.model(), PROMPT, SEED)


def test_a_page_has_all_it_shows_and_is_small(widget):
    lm = tiny.model()
    state = widget.get_state()
    tokens = set()
    for run in state["_runs"]:
        for token, chance, coin, start, likeliest, starts in run["flips"]:
            tokens |= {token, *(one for one, _ in likeliest)}
            assert start - 1e-3 <= coin <= start + chance + 1e-3
            assert len(likeliest) == len(starts) == BARS
            assert dict(map(tuple, likeliest)).get(token, chance) == chance
    assert set(state["_pieces"]) == set(map(str, tokens))
    for token, piece in state["_pieces"].items():
        assert piece == lm.tokenizer.pieces[int(token)]
        assert (token in state["_marks"]) == (
            lm.tokenizer.decode([int(token)]) != piece
        )
    assert state["_size"] == lm.config.vocab_size
    assert len(json.dumps([state["_runs"], state["_pieces"]])) < 100_000
