"""The Python side of the live training; what it looks like is tested in a browser."""

import math
import threading
import time

import jax
import nbformat
import numpy as np
import pytest

from llm_lessons.lessons.training import live, two_settings
from llm_lessons.paths import ROOT
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


def test_noise_and_a_story_stand_there_before_any_training():
    lm = tiny.model()
    curve = TrainingCurve(lm.tokenizer, prompt="The fox", goal=lm)
    assert curve._before == two_settings.write(lm, "The fox")
    assert make()._before == {}


def test_finish_trains_where_nobody_pressed_and_returns_what_was_learned(capsys):
    curve = make()
    lm = curve.finish()
    assert curve.status["phase"] == "done" and lm and lm.config.vocab_size == 350
    assert "nothing is lost" not in capsys.readouterr().out
    assert curve.is_done() and capsys.readouterr().out == ""
    again = curve.finish()
    assert again
    jax.tree.map(np.testing.assert_array_equal, lm.params, again.params)


def test_an_interrupt_gives_no_model_and_loses_nothing(capsys, monkeypatch):
    whole = make().finish()
    curve, wait = make(), live.Run.wait

    def interrupted(run, seconds):
        if run.step < 3:
            return wait(run, 0.01)
        run.stop(wait=True)  # at once, for it is quick
        raise KeyboardInterrupt

    def slow():  # so that the interrupt comes before the end
        curve._show()
        time.sleep(0.02)

    curve._run._report = slow
    with monkeypatch.context() as patch:
        patch.setattr(live.Run, "wait", interrupted)
        assert curve.finish() is None
    step = curve.status["step"]
    assert 3 <= step == curve._run.step < STEPS and not curve.is_done()
    said = capsys.readouterr().out
    assert f"Interrupted at step {step} of 12: nothing is lost" in said
    assert f"Not trained yet: step {step} of 12. Run the cell with" in said
    lm = curve.finish()
    assert curve.is_done() and lm and whole
    jax.tree.map(np.testing.assert_array_equal, lm.params, whole.params)


def test_an_interrupt_does_not_wait_for_what_is_prepared(monkeypatch):
    read = threading.Event()

    def texts():
        assert read.wait(PATIENCE)
        return 30 * tiny.TEXTS

    curve = TrainingCurve(tiny.tokenizer(), texts, prompt="The fox", steps=STEPS)

    def interrupted(run, seconds):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(live.Run, "wait", interrupted)
        assert curve.finish() is None  # though nobody has read anything yet
    assert (curve.status["phase"], curve.status["stopping"]) == ("preparing", True)
    read.set()
    assert curve.finish() and curve.is_done()


@pytest.mark.parametrize(("name", "guarded"), [("05_training", 2), ("10_build_it", 1)])
def test_after_an_interrupt_no_cell_computes(name: str, guarded: int, capsys):
    """None of the cells that need the trained model knows any other name here."""
    book = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    cells = [cell.source for cell in book.cells if cell.cell_type == "code"]
    first = next(i for i, source in enumerate(cells) if "curve.finish()" in source)
    needing = [one for one in cells[first:] if "curve.is_done()" in one]
    names = {"curve": make()}
    for source in cells[first + 1 : first + 1 + guarded]:
        exec(source, names)
    said = capsys.readouterr().out
    assert said.count("Not trained yet: step 0 of 12.") == guarded == len(needing)


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
        curve.finish()
