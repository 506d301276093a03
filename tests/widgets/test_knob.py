"""The Python side of the knob: what the page gets is what the turned model says."""

import numpy as np
import pytest
from traitlets import TraitError

from llm_lessons.lessons.forward_pass import knobs
from llm_lessons.lessons.forward_pass.knobs import POSITIONS, Weight
from llm_lessons.model.parameters import count_parameters
from llm_lessons.widgets import Knob
from llm_lessons.widgets import knob as module
from llm_lessons.widgets.knob import BARS, FINENESS, KINDS, MIDDLE, PURPOSE
from tests import tiny

PROMPT = "The fox found a red boat"
LM = tiny.model()


@pytest.fixture
def knob() -> Knob:
    return Knob(LM, PROMPT)


def odds(logits) -> np.ndarray:
    weights = np.exp(logits - logits.max(axis=-1, keepdims=True), dtype=np.float64)
    return weights / weights.sum(axis=-1, keepdims=True)


def unpacked(data: bytes) -> np.ndarray:
    """Odds, as the page makes them."""
    below = np.frombuffer(data, "<u2").reshape(-1, LM.config.vocab_size).astype(float)
    return odds(np.where(below == 65_535, -np.inf, -below / FINENESS))


def test_every_listed_weight_has_its_odds_at_every_stop(knob):
    stock = np.frombuffer(knob._stock, "<u2").reshape(-1, LM.config.vocab_size)
    rows = unpacked((stock[0] + stock[1:]).tobytes())
    rows = rows.reshape(len(knob._listed), POSITIONS, -1)
    assert len(knob._listed) == len(KINDS) + 1
    assert knob.weight == knob._listed[0]["weight"]
    assert knob._listed[-1]["title"].startswith("ordinary: ")
    assert knob._count == count_parameters(LM.config)
    for one, own in zip(knob._listed, rows, strict=True):
        weight = Weight(*one["weight"])
        assert eval(f"LM.params.{one['python']}") == one["stops"][MIDDLE]
        assert one["stops"][MIDDLE] == knobs.trained(LM.params, weight)
        for position in (0, MIDDLE, POSITIONS - 1):
            other = knobs.with_weight(LM, weight, one["stops"][position])
            expected = odds(other.logits(PROMPT))
            np.testing.assert_allclose(own[position], expected, rtol=2e-3, atol=1e-7)


def at_bars(weight: Weight) -> set[str]:
    """The tokens of the bars of a weight at its stops: the highest at any of them."""
    turned = knobs.turned(LM, PROMPT, weight, knobs.stops(LM.params, weight))
    return {str(token) for token in np.argsort(-odds(turned).max(axis=0))[:BARS]}


def test_the_bars_of_each_weight_say_how_a_word_goes_on(
    monkeypatch: pytest.MonkeyPatch,
):
    def endings(lm, text, asked):  # of every token: few begin a word of the tiny model
        assert [place for place, _ in asked] == [len(text)] == [len(LM.encode(PROMPT))]
        return [{token: f"-{token}" for token in ids} for _, ids in asked]

    monkeypatch.setattr(module, "likely_endings", endings)
    knob = Knob(LM, PROMPT)
    for one in knob._listed:
        assert at_bars(Weight(*one["weight"])) <= knob._endings.keys()
    knob._endings = before = {"7": "-7"}
    knob.weight = ["layers[0].down", 3, 4]
    told = at_bars(Weight("layers[0].down", 3, 4))
    assert knob._endings == before | {token: f"-{token}" for token in told}


def test_other_weights_are_asked_of_the_kernel_and_begin_where_they_were_trained(knob):
    knob.weight = ["layers[0].up", 3, 4]
    assert knob._answered == ["layers[0].up", 3, 4]
    assert knob._own["python"] == "layers[0].up[3, 4]"
    knob.position = 0
    expected = odds(knob.model.logits(PROMPT))
    rows = unpacked(knob._answer)
    np.testing.assert_allclose(rows[0], expected, rtol=2e-3, atol=1e-7)
    knob.weight = knob._listed[1]["weight"]
    assert knob.position == MIDDLE
    assert knob.value == knobs.trained(LM.params, Weight(*knob.weight))


def test_what_is_not_there_is_refused_and_every_matrix_is_explained(knob):
    for name, value, sentence in (
        ("weight", ["layers[9].up", 0, 0], "There is no matrix"),
        ("weight", ["final_norm", 0, 32], "32 columns"),
        ("position", POSITIONS, "not be greater than 32"),
    ):
        before = getattr(knob, name)
        with pytest.raises((ValueError, TraitError), match=sentence):
            setattr(knob, name, value)
        assert getattr(knob, name) == before
    assert all(PURPOSE[knobs.field(name)] for name in knobs.matrices(LM.params))
