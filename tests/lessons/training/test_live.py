"""A run in a thread: stopped and continued it comes to the same model."""

import math

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from llm_lessons.lessons.training import fit, live
from llm_lessons.model.transformer import forward
from llm_lessons.training import Recipe
from llm_lessons.training.data import PADDING
from tests import tiny

pytestmark = pytest.mark.slow

RECIPE = Recipe(rows=4, row_length=16, peak=0.05)
STEPS = 24
PATIENCE = 300  # seconds, for a machine that compiles everything


def make(read=lambda: 30 * tiny.TEXTS, **settings) -> live.Run:
    settings = {"config": tiny.CONFIG, "recipe": RECIPE, "steps": STEPS} | settings
    return live.Run(tiny.tokenizer(), read, prompt="The fox", **settings)


def stopping_at(step: int) -> live.Run:
    """A run that is stopped there once, as by a press of a button."""
    steps = [step]

    def report() -> None:
        if steps and run.step == steps[0]:
            steps.clear()
            run.stop()

    run = make(report=report)
    return run


def to_the_end(run: live.Run) -> live.Run:
    run.start()
    assert run.wait(PATIENCE)
    return run


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report after every step, and samples of few tokens."""
    monkeypatch.setattr(live, "MOST_REPORTS", math.inf)
    monkeypatch.setattr(live, "LENGTH", 4)


@pytest.fixture(scope="module")
def whole() -> live.Run:
    """A run that nothing interrupted."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(live, "LENGTH", 4)
        return to_the_end(make())


def same_weights(one: live.Run, other: live.Run) -> None:
    models = one.model().params, other.model().params
    jax.tree.map(np.testing.assert_array_equal, *models)


def test_a_run_learns_and_writes_down_how(whole: live.Run):
    assert (whole.phase, whole.trouble, whole.step) == ("done", "", STEPS)
    steps = [point.step for point in whole.points]
    assert steps == list(range(1, STEPS + 1))
    tokens = [point.tokens for point in whole.points]
    assert tokens == sorted(set(tokens))
    assert whole.material and tokens[-1] == whole.material.stream.tokens_read(STEPS)
    assert whole.points[0].bits == pytest.approx(math.log2(350), abs=0.3)
    assert whole.points[-1].bits < whole.points[0].bits / 2
    assert whole.seconds_left == 0
    first, *_, last = whole.samples
    assert (first.step, first.tokens, last.step) == (0, 0, STEPS)
    assert first.bits == pytest.approx(math.log2(350))
    assert last.bits == whole.points[-1].bits
    assert last.text == whole.model().generate("The fox", 4, live.TEMPERATURE)


@pytest.mark.parametrize("step", [1, 13])
def test_stopped_and_continued_it_comes_to_the_same(step: int, whole: live.Run):
    run = to_the_end(stopping_at(step))
    assert (run.phase, run.step) == ("stopped", step)
    kept = run.model()
    before = fit.fingerprint(kept.params)
    to_the_end(run)
    assert run.points == whole.points and run.samples == whole.samples
    same_weights(run, whole)
    # A model that was handed over is frozen: going on turns none of its knobs.
    assert fit.fingerprint(kept.params) == before != fit.fingerprint(run.model().params)


def test_a_start_while_it_works_changes_nothing(whole: live.Run):
    answers = []
    run = make(report=lambda: answers.append(run.start()))
    to_the_end(run)
    assert answers and not any(answers)
    assert not run.start() and run.phase == "done"
    same_weights(run, whole)


def test_a_start_right_after_a_stop_goes_on(whole: live.Run):
    run = make(report=lambda: steps.release())
    steps = live.threading.Semaphore(0)
    run.start()
    for _ in range(5):
        assert steps.acquire(timeout=PATIENCE)
        run.stop()
        assert run.start() or run.phase == "done"
    assert run.wait(PATIENCE)
    same_weights(run, whole)


def test_a_second_run_stops_the_first_which_can_go_on(whole: live.Run):
    first, second = make(), make()

    def report() -> None:
        if first.step == 3:
            waiting.release()

    waiting = live.threading.Semaphore(0)
    first._report = report
    first.start()
    assert waiting.acquire(timeout=PATIENCE)
    to_the_end(second)
    assert not first.is_working and first.phase in ("stopped", "done")
    to_the_end(first)
    for run in (first, second):
        same_weights(run, whole)


def test_what_goes_wrong_is_told_and_can_be_tried_again():
    texts = []

    def read():
        if not texts:
            raise OSError("no disk")
        return texts

    run = to_the_end(make(read))
    assert (run.phase, run.trouble) == ("failed", "OSError: no disk")
    with pytest.raises(ValueError, match="start the training first"):
        run.model()
    texts += 30 * tiny.TEXTS
    assert to_the_end(run).phase == "done"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ([], "read() gives no texts: there is nothing to learn from."),
        (None, "what read() gives must be a list of texts; it was None."),
        ("a b", "what read() gives must be a list of texts; it was 'a b': put it in"),
        ([1], "item 1 of what read() gives must be a text"),
    ],
)
def test_what_is_read_has_to_be_texts(given, sentence):
    run = to_the_end(make(lambda: given))
    assert run.phase == "failed"
    assert run.trouble.startswith(sentence)


def test_text_that_is_held_out_is_told_at_every_sample(whole: live.Run):
    run = to_the_end(make(lambda: 4 * tiny.TEXTS))
    assert run.material and run.material.held_out is not None
    assert [p[:2] for p in run.held_out] == [s[:2] for s in run.samples]
    lm, rows = run.model(), run.material.held_out.astype(int)
    tokens, wanted = np.where(rows == PADDING, 0, rows), rows[:, 1:] != PADDING
    scores = forward(lm.params, jnp.asarray(tokens[:, :-1]), lm.config)
    logs = np.asarray(jax.nn.log_softmax(scores))
    said = np.take_along_axis(logs, tokens[:, 1:, None], -1)[..., 0]
    assert run.held_out[-1].bits == pytest.approx(
        -said[wanted].mean() / math.log(2), rel=1e-4
    )
    # Where every row is read once, each is new when its loss is taken.
    assert whole.material and whole.material.held_out is None and not whole.held_out


def test_starting_over_forgets_all_and_draws_other_numbers(whole: live.Run):
    run = to_the_end(stopping_at(2))
    run.begin_anew(seed=1)
    assert (run.phase, run.step, run.points, run.samples) == ("ready", 0, [], [])
    to_the_end(run)
    assert run.points != whole.points
    assert run.points[-1].bits == pytest.approx(whole.points[-1].bits, abs=1)
