"""The Python side of the machine: what the page gets is what the model says."""

import numpy as np
import pytest
from traitlets import TraitError

from llm_lessons.lessons.forward_pass import inside, knobs
from llm_lessons.widgets import Machine
from llm_lessons.widgets.machine import BARS, MOST
from tests import tiny

TEXT = "The fox found a red boat"
LM = tiny.model()
LAYERS, HEADS = LM.config.n_layers, LM.config.n_heads
STEPS = LAYERS + 1


@pytest.fixture
def machine() -> Machine:
    return Machine(LM, TEXT)


def unpacked(machine: Machine, data: bytes) -> list[dict[str, np.ndarray]]:
    """States, as the page takes them apart."""
    count = len(machine._tokens)
    names = ["ids", "before", "now", "guesses", "chances", "own", "ranks"]
    sizes = [count * width for width in [BARS] * 3 + [STEPS] * 4]
    rows = np.frombuffer(data, "<f4").reshape(-1, sum(sizes))
    cuts = np.cumsum(sizes)[:-1]
    return [
        {
            name: table.reshape(count, -1)
            for name, table in zip(names, np.split(row, cuts), strict=True)
        }
        for row in rows
    ]


def is_told(machine: Machine, state: dict[str, np.ndarray], heads) -> None:
    """A state is that of the model with these heads silenced."""
    text = str(machine._shown)
    quiet = knobs.silenced(LM, heads)
    trained = inside.read(LM, text)
    expected = inside.read(quiet, text, (), trained.answers)
    ids = state["ids"].astype(int)
    for name, one in (("before", trained), ("now", expected)):
        odds = np.take_along_axis(one.odds, ids, axis=-1)
        np.testing.assert_allclose(state[name], odds, rtol=1e-4, atol=1e-6)
    for name in ("chances", "own"):
        known = getattr(expected, name)
        np.testing.assert_allclose(state[name], known, rtol=1e-4, atol=1e-6)
    assert state["guesses"].tolist() == expected.guesses.tolist()
    assert state["ranks"].tolist() == expected.ranks.tolist()
    used = {str(int(i)) for i in [*ids.ravel(), *expected.guesses.ravel()]}
    assert used <= set(machine._names)


def test_the_page_has_each_head_silenced_alone(machine):
    rows = unpacked(machine, machine._stock)
    assert len(rows) == 1 + LAYERS * HEADS
    is_told(machine, rows[0], [])
    is_told(machine, rows[1 + 1 * HEADS + 2], [(1, 2)])
    pieces = [machine._names[str(i)] for i in machine._tokens]
    assert pieces == [LM.tokenizer.pieces[i] for i in LM.encode(TEXT)]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "empty"), ("a " * 60, f"the picture has room for {MOST}. Shorten it.")],
)
def test_a_text_without_room_is_refused_in_a_sentence(text, sentence):
    with pytest.raises(ValueError, match=sentence):
        Machine(LM, text)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("silenced", [[2, 0]], "There is no head"),
        ("column", 99, "column goes from 0"),
        ("column", -1, "column goes from 0"),
    ],
)
def test_what_is_not_there_is_refused(machine, name, value, sentence):
    before = getattr(machine, name)
    with pytest.raises((ValueError, TraitError), match=sentence):
        setattr(machine, name, value)
    assert getattr(machine, name) == before
