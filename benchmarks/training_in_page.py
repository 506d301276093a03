"""Training where there is no Python: letters a second, by `llm_lessons/web/engine`.

Two models of letters, of 27,000 and of 100,000 weights, learn a made-up text of 60
letters: a random walk, as in `training.py`. The engine's scripts run in deno, in
Chromium, and there once more on a processor slowed 4 times. Beside them JAX does the
same work on all cores. Each has the same sizes and AdamW; the page's sides work on one
core.
"""

import json
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax
from playwright.sync_api import Browser

from benchmarks import common
from benchmarks.common import CORES, arguments, machine, publish, table
from benchmarks.in_chromium import EMPTY, SLOWED, chromium, opened, shown
from llm_lessons.foundation.js_bundle import bundle
from llm_lessons.foundation.paths import WEB
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import count_parameters, init_parameters
from llm_lessons.training.loop import mean_loss
from llm_lessons.training.optimizer import stack
from tests import tiny
from tests.web.in_deno import run

SECONDS = 4  # that each side trains in a round, after as long to get under way
SMALL = replace(tiny.CONFIG, vocab_size=60, n_kv_heads=4, d_ff=88, max_seq_len=64)
LARGE = replace(SMALL, d_model=48, n_layers=3, d_head=12, d_ff=160)
JOBS = [  # sizes, rows, and letters a row
    {"config": SMALL.record(), "rows": 16, "rowLength": 32},
    {"config": LARGE.record(), "rows": 16, "rowLength": 64},
]
CONFIGS = (SMALL, LARGE)
RATE = 0.003
# Letters a second, the loss of the last step, and the bytes of all memory it works in.
MEASURE = """(trainer, { config, rows, rowLength }, seconds) => {
  const batch = new Int32Array(rows * (rowLength + 1));
  let letter = 0;
  let state = 1;
  const step = () => {
    for (let i = 0; i < batch.length; i += 1) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      letter = (letter + (state >>> 29)) % config.vocab_size;
      batch[i] = letter;
    }
    return trainer.step(batch);
  };
  let [began, steps, loss] = [performance.now(), 0, 0];
  while (performance.now() - began < 1000 * seconds) step();
  began = performance.now();
  let taken = 0;
  for (; taken < 1000 * seconds; taken = performance.now() - began) {
    loss = step();
    steps += 1;
  }
  const size = trainer.values?.buffer.byteLength;
  return [1000 * steps * rows * rowLength / taken, loss, size];
}"""


def script() -> str:
    """A function that takes a job and seconds, as JavaScript."""
    engine, _ = bundle(WEB / "engine" / "training.js")
    recipe = f"{{ ...job, learningRate: () => {RATE} }}"
    made = f"const trainer = new Trainer(job.config, {recipe});"
    work = f"{engine}\n{made}\nreturn ({MEASURE})(trainer, job, seconds);"
    return f"(([job, seconds]) => {{ {work} }})"


def in_deno() -> list[list[float]]:
    """What MEASURE finds in a fresh process for each job."""
    asked = json.dumps([[job, SECONDS] for job in JOBS])
    found = f"{asked}.map({script()})"
    done = run("eval", f"console.log(JSON.stringify({found}));")
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


def in_page(browser: Browser, page_file: Path, slowed: int) -> list[list[float]]:
    """What MEASURE finds in a fresh page for each job."""
    with opened(browser, page_file.as_uri(), slowed) as page:
        return [page.evaluate(script(), [job, SECONDS]) for job in JOBS]


def in_jax() -> list[list[float]]:
    """The same of JAX's side; its memory isn't asked for."""
    return [_train(*one) for one in zip(CONFIGS, JOBS, strict=True)]


def _train(config: ModelConfig, job: dict) -> list[float]:
    optimizer = optax.chain(
        optax.clip_by_global_norm(1.0), optax.adamw(RATE, b2=0.98, weight_decay=0.0)
    )
    weights = stack(init_parameters(jax.random.key(0), config))
    state = optimizer.init(weights)

    @partial(jax.jit, donate_argnums=(0, 1))
    def advance(weights, state, batch):
        loss, gradient = jax.value_and_grad(mean_loss)(weights, batch, config)
        updates, state = optimizer.update(gradient, state, weights)
        return optax.apply_updates(weights, updates), state, loss

    rng, loss, steps = np.random.default_rng(0), jnp.zeros(()), 0
    began = time.perf_counter()
    for seconds in (SECONDS, SECONDS):  # the first ones, to compile
        began, steps = time.perf_counter(), 0
        while time.perf_counter() - began < seconds:
            walk = rng.integers(0, 8, (job["rows"], job["rowLength"] + 1)).cumsum(
                axis=1
            )
            batch = (walk % config.vocab_size).astype(np.int32)
            weights, state, loss = advance(weights, state, batch)
            loss.block_until_ready()
            steps += 1
    letters = steps * job["rows"] * job["rowLength"]
    return [letters / (time.perf_counter() - began), float(loss), 0]


def told(found: dict[str, list[list[list[float]]]]) -> str:
    """The table of all sides, and what a page is given."""
    jobs = range(len(JOBS))
    rows = [
        [
            name,
            *(shown([found[job][0] for found in rounds], "") for job in jobs),
            *(f"{rounds[-1][job][1]:.2f}" for job in jobs),
        ]
        for name, rounds in found.items()
    ]
    counts = [f"{count_parameters(config):,}" for config in CONFIGS]
    head = ["letters a second", *(f"{count} weights" for count in counts)]
    head += [f"last loss, {count}" for count in counts]
    sizes = [f"{found['Chromium'][0][job][2] / 1e6:.0f} MB" for job in jobs]
    facts = (
        f"The scripts have {len(script()) / 1000:.0f} KB as they are written; all that "
        f"a training works in has {' and '.join(sizes)}."
    )
    return f"{table(head, rows)}\n\n{facts}"


def main() -> None:
    """Measure, and print the table."""
    asked = arguments(__doc__, rounds=5).parse_args()
    with tempfile.TemporaryDirectory() as scratch, chromium() as browser:
        page_file = Path(scratch) / "page.html"
        page_file.write_text(EMPTY, encoding="ascii")
        page = partial(in_page, browser, page_file)
        sides: dict[str, Callable[[], list[list[float]]]] = {
            "deno": in_deno,
            "Chromium": partial(page, 1),
            f"Chromium, slowed {SLOWED} times": partial(page, SLOWED),
            f"JAX, {CORES} cores": in_jax,
        }
        found = common.take_turns(sides, asked.rounds)
        version = f"Chromium {browser.version}"
    text = f"{machine(version)}\n\n{told(found)}"
    publish("training_in_page", text, asked.record)


if __name__ == "__main__":
    main()
