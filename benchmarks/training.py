"""How fast Fjord trains: tokens a second, by turns against PyTorch.

Same first weights, same batches, same optimiser's work (Muon and AdamW), all cores. The
text is made up, a random walk through the vocabulary: easy to learn, so that the losses
show whether all sides do the same work.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path

import jax
import numpy as np
import safetensors.numpy

from benchmarks import common
from llm_lessons.training import Recipe, TokenStream, Trainer
from llm_lessons.training.loop import LOG_EVERY  # after so many steps, results are in
from llm_lessons.weights import checkpoints
from llm_lessons_starter.commands import KEEP_MEMORY

FJORD = checkpoints.read_config()
RUN = 1000  # steps that the learning rate is planned for
OURS = "llm_lessons"
PEERS = {"PyTorch": {"compiled": False}, "PyTorch compiled": {"compiled": True}}


def write_start(folder: Path, trainer: Trainer) -> None:
    """The first weights (in float32) and the tokens, for the peer."""
    weights = checkpoints.flatten(trainer.params)
    safetensors.numpy.save_file(weights, folder / "model.safetensors")
    (folder / "config.json").write_text(json.dumps(asdict(trainer.config)))
    np.save(folder / "tokens.npy", trainer.stream.tokens)


def sides(
    trainer: Trainer, peer: common.Peer
) -> dict[str, Callable[[], dict[str, float]]]:
    """For every side, a function that trains on: seconds, and the mean loss."""

    def ours() -> dict[str, float]:
        began = time.perf_counter()
        for _ in range(LOG_EVERY):
            trainer.advance()
        return {"seconds": time.perf_counter() - began, "loss": trainer.losses[-1]}

    peers = {
        name: partial(peer.ask, "train", variant=name, steps=LOG_EVERY)
        for name in PEERS
    }
    return {OURS: ours, **peers}


def main() -> None:
    """Measure, and print the table."""
    parser = common.arguments(__doc__, rounds=5)
    parser.add_argument("--peers", type=Path, required=True, help="PyTorch's Python")
    asked = parser.parse_args()
    if not KEEP_MEMORY.keys() <= os.environ.keys():  # as `start.py train` does
        again = [sys.executable, "-m", "benchmarks.training", *sys.argv[1:]]
        os.execve(sys.executable, again, os.environ | KEEP_MEMORY)
    jax.config.update("jax_num_cpu_devices", common.CORES)
    recipe = Recipe()
    size = recipe.rows * recipe.row_length
    shape = (RUN * recipe.rows, recipe.row_length + 1)
    walk = np.random.default_rng(0).integers(0, 8, shape).cumsum(axis=1)
    tokens = (walk % FJORD.vocab_size).astype(np.uint16)
    stream = TokenStream(tokens, recipe.rows)
    trainer = Trainer(FJORD, recipe, stream)
    with tempfile.TemporaryDirectory() as folder, common.Peer(asked.peers) as peer:
        write_start(Path(folder), trainer)
        peer.ask(
            "trainers",
            folder=folder,
            variants=PEERS,
            recipe=asdict(recipe),
            steps=RUN,
        )
        train = sides(trainer, peer)
        losses = {name: [run()["loss"]] for name, run in train.items()}  # compiles
        for name, (loss,) in losses.items():
            if abs(loss - losses[OURS][0]) > 0.01:
                raise SystemExit(f"{name} learns otherwise: {losses}")

        def measure(name: str) -> float:
            result = train[name]()
            losses[name].append(result["loss"])
            return result["seconds"]

        seconds = common.take_turns(
            {name: partial(measure, name) for name in train}, asked.rounds
        )
        about = common.machine(f"PyTorch {peer.ask('version')}")
    rows = [
        [
            name,
            f"{LOG_EVERY * size / np.median(seconds[name]):,.0f} tokens/s",
            "" if name == OURS else common.times_faster(seconds, OURS, name),
            f"{losses[name][0]:.3f}",
            f"{losses[name][-1]:.3f}",
        ]
        for name in train
    ]
    last = LOG_EVERY * (asked.rounds + 1)
    head = ["", "training", "llm_lessons is faster, times"]
    head += [f"mean loss, steps 1 to {LOG_EVERY}", f"up to step {last}"]
    common.publish("training", f"{about}\n\n{common.table(head, rows)}", asked.record)


if __name__ == "__main__":
    main()
