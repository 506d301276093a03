"""The Python side of the live training; what it looks like is tested in a browser."""

import math

import jax
import numpy as np
import pytest

from llm_lessons.lessons.training import live
from llm_lessons.training import Recipe
from llm_lessons.widgets import TrainingCurve
from tests import tiny

pytestmark = pytest.mark.slow

STEPS = 12
PATIENCE = 300  # seconds, for a machine that compiles everything


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs of a tiny model, reported after every step."""
    for name, value in (
        ("SMALL", tiny.CONFIG),
        ("RECIPE", Recipe(rows=4, row_length=16, peak=0.05)),
        ("LENGTH", 4),
        ("MOST_REPORTS", math.inf),
    ):
        monkeypatch.setattr(live, name, value)


def make() -> TrainingCurve:
    texts = 30 * tiny.TEXTS
    return TrainingCurve(tiny.tokenizer(), lambda: texts, prompt="The fox", steps=STEPS)


def press(curve: TrainingCurve, wish: str) -> None:
    """What the page does when a button is pressed."""
    number, _ = curve._asked
    curve._asked = [int(number) + 1, wish]


def ended(curve: TrainingCurve) -> str:
    """The phase in which the thread ends."""
    assert curve._run.wait(PATIENCE)
    return curve.status["phase"]


def test_a_press_trains_and_the_traits_hold_all_of_it():
    curve = make()
    assert curve.status["phase"] == "ready" and not curve.points
    # The axes are known before the first text is, so they stay as they are.
    axes = curve._tokens, curve._lines[0]
    assert axes == (
        curve._run.most_tokens,
        ["guessing evenly", pytest.approx(math.log2(350))],
    )
    press(curve, "start")
    assert curve._answered == 1
    assert ended(curve) == "done"
    assert [step for step, _, _ in curve.points] == list(range(1, STEPS + 1))
    assert (curve._tokens, curve._lines[0]) == axes
    assert 0.9 * curve._tokens < curve.points[-1][1] <= curve._tokens
    assert curve.samples[0][0] == 0 and curve.samples[-1][0] == STEPS
    # Few texts, so the end of them is held out, and told for each sample.
    assert [p[:2] for p in curve.held_out] == [s[:2] for s in curve.samples]
    assert [name for name, _ in curve._lines] == [
        "guessing evenly",
        "counting pairs of tokens",
    ]
    assert repr(curve) == "TrainingCurve(done, step 12 of 12)"


def test_finish_trains_where_nobody_pressed_and_returns_what_was_learned(capsys):
    curve = make()
    lm = curve.finish(PATIENCE)
    assert curve.status["phase"] == "done" and lm.config.vocab_size == 350
    assert "nothing is lost" not in capsys.readouterr().out
    again = curve.finish(0)
    jax.tree.map(np.testing.assert_array_equal, lm.params, again.params)


def test_time_that_is_up_and_an_interrupt_lose_nothing(capsys, monkeypatch):
    whole = make().finish(PATIENCE)
    curve, wait = make(), live.Run.wait

    def interrupted(run, seconds):
        if run.step < 3:
            return wait(run, 0.01)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(live.Run, "wait", interrupted)
        curve.finish(PATIENCE)
    said = capsys.readouterr().out
    if curve.status["phase"] != "done":  # it is quick
        assert f"Interrupted at step {curve._run.step} of 12: nothing is lost" in said
    assert 3 <= curve.status["step"] == curve._run.step
    curve.finish(0)
    lm = curve.finish(PATIENCE)
    assert curve.status["phase"] == "done"
    jax.tree.map(np.testing.assert_array_equal, lm.params, whole.params)


def test_stop_continue_and_start_over_by_the_buttons(monkeypatch):
    curve = make()
    show = curve._show

    def stop_at_five():
        show()
        if curve.status["step"] == 5 and curve._seed == 0:
            curve.stop()

    curve._run._report = stop_at_five
    press(curve, "start")
    assert ended(curve) == "stopped" and curve.status["step"] == 5
    press(curve, "again")
    assert curve._seed == 1
    assert ended(curve) == "done"
    assert [step for step, _, _ in curve.points] == list(range(1, STEPS + 1))
    press(curve, "start")
    assert ended(curve) == "done" and curve._answered == 3


def test_a_failure_is_told_in_the_page_and_in_the_cell():
    def read():
        raise OSError("no disk")

    curve = TrainingCurve(tiny.tokenizer(), read)
    press(curve, "start")
    assert ended(curve) == "failed"
    assert curve.status["trouble"] == "OSError: no disk"
    with pytest.raises(RuntimeError, match="no disk"):
        curve.finish(PATIENCE)
