"""The Python side of two runs of one prompt."""

import json

import pytest

from llm_lessons.lessons.sampling.runs import runs
from llm_lessons.widgets import TwoRuns
from llm_lessons.widgets.two_runs import AHEAD, BARS, LENGTH, _as_lists
from tests import tiny

PROMPT, SEED = "The fox found a", 5


@pytest.fixture
def widget() -> TwoRuns:
    return TwoRuns(tiny.model(), PROMPT, SEED)


def texts(widget: TwoRuns, flips: int = LENGTH) -> list[str]:
    """What each run has written behind the prompt after so many flips."""
    rows = [[flip[0] for flip in run["flips"][:flips]] for run in widget._runs]
    return [tiny.model().tokenizer.decode(row) for row in rows]


def test_the_runs_are_those_of_the_loop(widget):
    lm = tiny.model()
    for flips in (1, 5, LENGTH):
        seeds = range(SEED, SEED + AHEAD)
        loop = [lm.generate(PROMPT, flips, seed=seed) for seed in seeds]
        assert texts(widget, flips) == loop


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


def test_behind_another_text_the_runs_begin_anew_with_the_same_seeds(widget):
    lm, other = tiny.model(), "The old man"
    widget._wanted = AHEAD + 2
    widget._pair, widget.flips = 1, 7
    widget.prompt = other
    assert (widget._shown, widget._heard, widget._message) == (other, other, "")
    assert (widget._pair, widget._named, widget.flips) == (0, -1, 0)
    assert [run["seed"] for run in widget._runs] == [*range(SEED, SEED + AHEAD)]
    assert texts(widget, 5)[0] == lm.generate(other, 5, seed=SEED)
    widget._named = 0  # the page asks for words once somebody looks
    assert set(widget._endings) == {"0", "1"}


def test_a_text_that_is_refused_changes_nothing_but_the_message(widget):
    before, widget.flips = widget._runs, 3
    widget.prompt = ""
    assert "empty" in widget._message
    assert (widget._shown, widget._heard) == (PROMPT, "")
    assert widget._runs == before and widget.flips == 3
    widget._wanted = AHEAD + 2
    told = runs(tiny.model(), PROMPT, 1, LENGTH, SEED + AHEAD, BARS)
    assert widget._runs[AHEAD] == _as_lists(told[0])
