"""A room's training, by the server's and the phones' own code, against one machine.

Phones calculate in deno, from weights in float16 and with gradients in float16; the
server adds up. One machine reads the same lines at once, in float32: in the page's
engine, and in JAX with optax's AdamW.
"""

import base64
import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import jax
import numpy as np
import pytest
from deno import find_deno_bin

from llm_lessons.lessons.training.lists import lists
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import init_parameters
from llm_lessons_room.activities import FOLDER
from llm_lessons_room.activities.train_together import averaging, model
from llm_lessons_room.activities.train_together.run import Run, rate_of
from tests.web.in_deno import ROOT, evaluate
from tests.web.test_training_in_page import in_the_pages_order, jax_losses

pytestmark = pytest.mark.slow

LISTED = list(lists()["Dogs"])
NAMES = ["Rex", "Bjørn Tore", "Krokofant"]
PHONES, STEPS = 3, 30
SAME_CURVE = 1e-3  # nats
HERE = ROOT / "tests" / "web" / "room_phones.js"
IN_LINES = f"""
import {{ alone, phonesOf }} from {json.dumps(HERE.as_uri())};
let hear = null;
let rest = "";
for await (const some of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {{
  const parts = (rest + some).split("\\n");
  rest = parts.pop();
  for (const line of parts) {{
    if (hear) hear(line);
    else {{
      const told = JSON.parse(line);
      console.log(JSON.stringify(alone(told)));
      hear = phonesOf(told, console.log);
    }}
  }}
}}
"""


@contextmanager
def phones(told: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Any]]:
    """What one machine finds, and what asks a phone: weights in, its gradient out."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [find_deno_bin(), "eval", IN_LINES], stdin=pipe, stdout=pipe, text=True
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        stdin, stdout = process.stdin, process.stdout

        def asked(line: str) -> str:
            stdin.write(f"{line}\n")
            stdin.flush()
            return stdout.readline()

        def gradient(frame: bytes) -> bytes:
            return base64.b64decode(asked(base64.b64encode(frame).decode()))

        try:
            yield json.loads(asked(json.dumps(told))), gradient
        finally:
            stdin.close()
            process.wait(30)


def test_a_room_learns_as_one_machine_does_on_the_same_lines():
    run: Run[int] = Run(1, LISTED, NAMES)
    config = ModelConfig(
        vocab_size=model.vocabulary(model.lines_of(LISTED, NAMES)),
        d_model=model.D,
        n_layers=model.LAYERS,
        n_heads=4,
        n_kv_heads=4,
        d_head=model.A // 4,
        d_ff=model.F,
        rope_theta=10_000.0,
        norm_eps=1e-5,
        tie_embeddings=True,
        max_seq_len=64,
    )
    params = init_parameters(jax.random.key(0), config)
    first = in_the_pages_order(params).astype(np.float32)
    assert first.shape == run.weights.values.shape
    run.weights = averaging.init_weights(first)
    rates = [rate_of(step) for step in range(STEPS)]
    told = {
        "lines": LISTED,
        "names": NAMES,
        "training": 1,
        "phones": PHONES,
        "rates": rates,
        "weights": first.tolist(),
    }
    with phones(told) as (alone, gradient):
        assert alone["config"] == config.record()
        for _ in range(STEPS):
            for phone, frame in run.send_batches(range(PHONES)):
                assert run.receive(phone, gradient(frame))
            assert run.is_complete and run.finish_step()
    assert run.state()["shortened"] == run.state()["refused"] == 0
    width = alone["rowLength"] + 1
    batches = [
        np.asarray(batch, np.int32).reshape(-1, width) for batch in alone["batches"]
    ]
    assert batches[0].shape[0] == PHONES * alone["rows"]
    in_jax = jax_losses(params, config, batches, rates, averaging.CLIP)
    np.testing.assert_allclose(run.losses, alone["losses"], rtol=0, atol=SAME_CURVE)
    np.testing.assert_allclose(run.losses, in_jax, rtol=0, atol=SAME_CURVE)
    assert run.losses[-1] < run.losses[0] - 0.5


def test_the_numbers_of_a_frame_are_numpys():
    rng = np.random.default_rng(0)
    halves = np.arange(0x7C00, dtype="<u2").view("<f2").astype(np.float32)
    between = (halves[:-1] + halves[1:]) / 2  # as far from both: to the even one
    numbers = np.concatenate(
        [rng.standard_normal(500) * 10.0**power for power in range(-9, 6)]
        + [halves, -halves, between, -between]
    ).astype(np.float32)
    found = evaluate(
        "engine/halves.js",
        "return [...web.toHalves(Float32Array.from(data), 1)];",
        numbers.tolist(),
    )
    with np.errstate(over="ignore"):
        expected = numbers.astype("<f2").view("<u2")
    assert found == expected.tolist()


def test_server_and_page_make_a_model_of_the_same_size():
    """Also for letters that are no single unit in JavaScript, and for very many."""
    rare = [chr(0x1F400 + n) for n in range(60)] + [chr(0x4E00 + n) for n in range(200)]
    cases = [
        {"lines": list(lines), "names": names}
        for lines in lists().values()
        for names in ([], ["Rex", "Ærlig 🦊", "e\u0301"], rare)
    ]
    runs = [Run[int](1, one["lines"], one["names"]) for one in cases]
    counts = [len(run.weights.values) for run in runs]
    sizes = evaluate(
        FOLDER / "train_together" / "room_model.js",
        """
        return data.cases.map(({ lines, names }, i) => {
          const model = web.roomModel(() => {}, () => {});
          model.follow({ step: { shown: { lines } }, tally: { training: 1, names } });
          const bytes = new Uint8Array(16 + 2 * data.counts[i]);
          new Uint32Array(bytes.buffer, 0, 4).set([1, 0, 2 ** 32 - 1, 0]);
          model.receive(bytes.buffer);
          return model.now()?.pupil.weights ?? null;
        });
        """,
        {"cases": cases, "counts": counts},
    )
    assert sizes == counts


def test_first_weights_are_as_spread_as_the_models():
    """As `init_parameters` draws them, of which the page's drawing is a twin."""
    tokens = 40
    found = model.first_weights(tokens, 1)
    assert (found != model.first_weights(tokens, 2)).any()
    norms = found == 1
    assert norms.sum() == model.D * (1 + 2 * model.LAYERS)
    embedding = found[: tokens * model.D]
    assert embedding.std() == pytest.approx(0.02, rel=0.1)
    start, deep = (tokens + 1) * model.D, (2 * model.LAYERS) ** -0.5
    for rows, columns, is_added in model.BLOCK:
        size = (rows or 1) * columns
        part, start = found[start : start + size], start + size
        if rows:
            spread = columns**-0.5 * (deep if is_added else 1)
            assert part.std() == pytest.approx(spread, rel=0.1)
