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


def unpacked(machine: Machine) -> list[dict[str, np.ndarray]]:
    """States, as the page takes them apart."""
    count = len(machine._tokens)
    names = ["ids", "before", "now", "guesses", "chances", "own", "ranks"]
    sizes = [count * width for width in [BARS] * 3 + [STEPS] * 4]
    rows = np.frombuffer(machine._stock, "<f4").reshape(-1, sum(sizes))
    cuts = np.cumsum(sizes)[:-1]
    return [
        {
            name: table.reshape(count, -1)
            for name, table in zip(names, np.split(row, cuts), strict=True)
        }
        for row in rows
    ]


def test_the_page_has_each_head_silenced_alone():
    machine = Machine(LM, TEXT)
    rows = unpacked(machine)
    assert len(rows) == 1 + LAYERS * HEADS
    trained = inside.read(LM, TEXT)
    for state, heads in ((rows[0], []), (rows[1 + 1 * HEADS + 2], [(1, 2)])):
        quiet = knobs.silenced(LM, heads)
        expected = inside.read(quiet, TEXT, (), trained.answers)
        ids = state["ids"].astype(int)
        told = {
            "before": np.take_along_axis(trained.odds, ids, axis=-1),
            "now": np.take_along_axis(expected.odds, ids, axis=-1),
            **{name: getattr(expected, name) for name in ("chances", "own")},
        }
        for name, known in told.items():
            np.testing.assert_allclose(state[name], known, rtol=1e-4, atol=1e-6)
        assert state["guesses"].tolist() == expected.guesses.tolist()
        assert state["ranks"].tolist() == expected.ranks.tolist()
        used = {str(int(i)) for i in [*ids.ravel(), *expected.guesses.ravel()]}
        assert used <= set(machine._names)


def test_what_is_not_there_or_has_no_room_is_refused():
    for text, sentence in (("", "empty"), ("a " * 60, f"has room for {MOST}")):
        with pytest.raises(ValueError, match=sentence):
            Machine(LM, text)
    machine = Machine(LM, TEXT)
    for name, value, sentence in (
        ("silenced", [[2, 0]], "There is no head"),
        ("column", 99, "column goes from 0"),
        ("column", -1, "column goes from 0"),
    ):
        before = getattr(machine, name)
        with pytest.raises((ValueError, TraitError), match=sentence):
            setattr(machine, name, value)
        assert getattr(machine, name) == before
