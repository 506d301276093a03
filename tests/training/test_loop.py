"""Training falls on what can be learned, and goes on from a kill to the same bits."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from llm_lessons.model.transformer import forward
from llm_lessons.training import TokenStream, Trainer, loop
from llm_lessons.training.data import START
from llm_lessons.training.optimizer import stack
from llm_lessons_starter.trouble import Trouble
from tests import tiny
from tests.tiny import STEPS

pytestmark = pytest.mark.slow
jitted_forward = jax.jit(forward, static_argnames="config")
mean_loss = jax.jit(loop.mean_loss, static_argnames=("config", "start"))


def ignore(trainer: Trainer) -> None:
    """Report nothing."""


def killed(trainer: Trainer) -> None:
    """A report that never comes back from the eighth step."""
    if trainer.step == 8:
        raise KeyboardInterrupt


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """A checkpoint every step, and a point of the curve every four."""
    monkeypatch.setattr(loop, "CHECKPOINT_SECONDS", -1)
    monkeypatch.setattr(loop, "LOG_EVERY", 4)


@pytest.fixture(scope="module")
def whole() -> Trainer:
    """A run that nothing interrupted."""
    trainer = tiny.trainer()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loop, "LOG_EVERY", 4)
        trainer.run(ignore, None)
    return trainer


def same_weights(one: Trainer, other: Trainer) -> None:
    jax.tree.map(np.testing.assert_array_equal, one.params, other.params)


def test_the_loss_falls_on_a_pattern(whole: Trainer):
    assert whole.step == STEPS
    assert whole.tokens_read == STEPS * 4 * 16
    assert len(whole.losses) == 11  # ten of four steps, and the two that were left
    assert whole.losses[0] == pytest.approx(np.log(16), abs=0.4)
    assert whole.losses[-1] < 0.2
    tokens = jnp.asarray(tiny.pattern(16)[None], jnp.int32)
    logits = jitted_forward(whole.params, tokens, tiny.TRAINED)
    np.testing.assert_array_equal(logits[0].argmax(-1), tiny.pattern(17)[1:])


def test_the_loss_is_the_mean_surprise_at_the_next_token():
    params = tiny.random_parameters(tiny.TRAINED)
    batch = np.random.default_rng(0).integers(16, size=(2, 6)).astype(np.int32)
    batch[1, 4:] = -1  # padding counts for nothing
    loss = mean_loss(stack(params), jnp.asarray(batch), tiny.TRAINED)
    logits = np.asarray(jitted_forward(params, jnp.asarray(batch), tiny.TRAINED))
    chances = np.exp(logits) / np.exp(logits).sum(-1, keepdims=True)
    surprises = [
        -np.log(chances[row, t, batch[row, t + 1]])
        for row, length in ((0, 5), (1, 3))
        for t in range(length)
    ]
    assert float(loss) == pytest.approx(np.mean(surprises), rel=1e-5)


def test_a_killed_run_goes_on_to_the_same_curve(whole: Trainer, tmp_path: Path):
    checkpoint = tmp_path / "folder" / "run.safetensors"
    with pytest.raises(KeyboardInterrupt):
        tiny.trainer().run(killed, checkpoint)
    later = tiny.trainer()
    seen: list[int] = []
    later.run(lambda trainer: seen.append(trainer.step), checkpoint)
    assert seen == list(range(8, STEPS + 1))  # the step it died in, once more
    assert later.losses == whole.losses
    same_weights(later, whole)


def test_a_checkpoint_of_something_else_is_refused(tmp_path: Path):
    checkpoint = tmp_path / "run.safetensors"
    trainer = tiny.trainer()
    trainer.save(checkpoint)
    config, recipe, stream = trainer.config, trainer.recipe, trainer.stream
    longer = TokenStream(np.append(stream.tokens, stream.tokens[:1], axis=0), 4)
    other = TokenStream(stream.tokens[:, ::-1].copy(), 4)
    for another in (
        Trainer(replace(config, rope_theta=500.0), recipe, stream),
        Trainer(config, replace(recipe, seed=1), stream),
        Trainer(config, recipe, longer),
        Trainer(config, recipe, other),
    ):
        with pytest.raises(Trouble, match="belongs to another recipe, model or"):
            another.run(ignore, checkpoint)
    tiny.trainer().restore(checkpoint)
    other = tiny.trainer(seed=1)
    assert not np.array_equal(other.params.embedding, trainer.params.embedding)


def child(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a script in a process of its own, which may have other devices."""
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=tiny.ROOT,
        env=dict(os.environ, PYTHONWARNINGS="error"),
        capture_output=True,
        text=True,
    )


KILLED_ON_TWO_DEVICES = """if True:
    import json, os, sys
    from pathlib import Path
    import jax
    jax.config.update("jax_num_cpu_devices", 2)
    from llm_lessons.training import loop
    from tests import tiny
    loop.CHECKPOINT_SECONDS, loop.LOG_EVERY = -1, 4

    def report(trainer):
        if trainer.step == 10:
            leaves = jax.tree.leaves(trainer._carry)
            split = sum(not leaf.sharding.is_fully_replicated for leaf in leaves)
            print(json.dumps([trainer.mesh.size, split]), flush=True)
            os._exit(9)

    tiny.trainer().run(report, Path(sys.argv[1]))
"""


def test_two_devices_learn_what_one_learns(whole: Trainer, tmp_path: Path):
    """Begun on two devices, killed for real, and ended on one."""
    checkpoint = tmp_path / "run.safetensors"
    done = child(KILLED_ON_TWO_DEVICES, str(checkpoint))
    assert done.returncode == 9, done.stderr
    # One momentum for every kind of matrix, each split by layer over the devices.
    assert json.loads(done.stdout) == [2, 7]
    later = tiny.trainer()
    later.restore(checkpoint)
    assert later.step == 9
    assert later.losses == pytest.approx(whole.losses[:2], rel=1e-5)
    later.run(ignore, None)
    assert later.losses[:3] == pytest.approx(whole.losses[:3], rel=1e-5)
    # Sums in another order differ in the last digit, and steps make it grow.
    assert later.losses == pytest.approx(whole.losses, abs=1e-3)


def test_rows_that_fill_up_the_devices_count_for_nothing(whole: Trainer):
    """As four rows on three devices, which then share six."""
    trainer = tiny.trainer()
    trainer.mesh = SimpleNamespace(size=3)  # type: ignore[assignment]
    losses = [float(trainer.advance()) for _ in range(4)]
    assert np.mean(losses) == pytest.approx(whole.losses[0], rel=1e-5)


def test_texts_that_share_a_row_do_not_see_each_other():
    assert tiny.tokenizer().start_id == START
    trainer = tiny.trainer()
    config, weights = trainer.config, stack(trainer.params)
    rng = np.random.default_rng(0)
    one, other = (
        np.array([START, *rng.integers(3, config.vocab_size, size)]) for size in (9, 14)
    )
    row = np.concatenate([one, other])[None, :]
    alone = [
        jitted_forward(trainer.params, jnp.asarray(text[None, :]), config)[0]
        for text in (one, other)
    ]
    starts = loop.text_starts(jnp.asarray(row), START)
    together = jitted_forward(trainer.params, jnp.asarray(row), config, starts)[0]
    np.testing.assert_allclose(together, np.concatenate(alone), atol=2e-5)
    # The loss of the row is that of both, and of the second's start token.
    odds = jax.nn.log_softmax(together)
    losses = -odds[jnp.arange(len(row[0]) - 1), row[0, 1:]]
    found = mean_loss(weights, jnp.asarray(row), config, START)
    assert float(found) == pytest.approx(float(losses.mean()), abs=1e-5)
