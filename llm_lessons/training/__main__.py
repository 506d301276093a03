"""Train the class model: `python -m llm_lessons.training`, under an hour on 2 cores.

Killed at any moment, the same command goes on where the last checkpoint stands.
"""

import argparse
import csv
import time
from collections.abc import Sequence
from pathlib import Path

import jax
from tqdm import tqdm

from llm_lessons import fjordby
from llm_lessons.fjordby.dice import Dice
from llm_lessons.model.config import FJORD
from llm_lessons.paths import BUILD, COMMAND, DATA
from llm_lessons.training.data import TokenStream, prepare
from llm_lessons.training.loop import LOG_EVERY, Recipe, Trainer
from llm_lessons.weights import checkpoints

VOCABULARY_SAMPLE = 40_000  # documents that the vocabulary is learned from


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The command's settings."""
    parser = argparse.ArgumentParser(prog=f"{COMMAND} train", description=__doc__)
    parser.add_argument(
        "--seed", type=int, default=0, help="first random numbers and data order"
    )
    parser.add_argument(
        "--out", type=Path, default=DATA / "fjord", help="folder to write"
    )
    parser.add_argument(
        "--work", type=Path, default=BUILD / "training", help="checkpoints"
    )
    parser.add_argument(
        "--devices", type=int, default=2, help="CPU devices to split the work over"
    )
    parser.add_argument(
        "--distributed", action="store_true", help="join the other hosts of the job"
    )
    return parser.parse_args(arguments)


def progress(trainer: Trainer):
    """A bar that shows the loss, the speed and the time left."""
    bar = tqdm(
        total=trainer.stream.tokens_read(trainer.steps),
        initial=trainer.tokens_read,
        desc="training",
        unit="token",
        unit_scale=True,
        smoothing=0.05,
        mininterval=1.0,
    )

    def report(trainer: Trainer) -> None:
        bar.update(trainer.tokens_read - bar.n)
        if trainer.losses:
            bar.set_postfix(loss=f"{trainer.losses[-1]:.3f}", refresh=False)
        if trainer.step == trainer.steps:
            bar.close()

    return report


def write_curve(path: Path, trainer: Trainer) -> None:
    """The learning curve: tokens read, and the mean loss since the row before."""
    with path.open("w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["tokens", "loss"])
        for i, loss in enumerate(trainer.losses, 1):
            tokens = trainer.stream.tokens_read(min(i * LOG_EVERY, trainer.steps))
            rows.writerow([tokens, f"{loss:.4f}"])


def main(arguments: Sequence[str] | None = None) -> None:
    """Build the corpus, read it once, and write the model's folder."""
    settings = parse(arguments)
    # Before JAX starts its back end: several devices on one CPU, or several hosts.
    jax.config.update("jax_num_cpu_devices", settings.devices)
    if settings.distributed:
        jax.distributed.initialize()
    began = time.monotonic()
    print("Writing Fjordby, the little internet ...", flush=True)
    corpus = fjordby.build()
    texts = [document.text for document in corpus.documents]
    sample = texts[:VOCABULARY_SAMPLE]  # the same vocabulary for every seed
    if settings.seed:
        Dice(settings.seed, "order of reading").shuffle(texts)
    recipe = Recipe(seed=settings.seed)
    tokens, tokenizer = prepare(
        texts, sample, FJORD.vocab_size, recipe.row_length, settings.work
    )
    stream = TokenStream(tokens, recipe.rows)
    trainer = Trainer(FJORD, recipe, stream)
    checkpoint = settings.work / f"seed{settings.seed}.safetensors"
    if checkpoint.exists():
        trainer.restore(checkpoint)
        print(f"Going on from step {trainer.step} of {trainer.steps}.", flush=True)
    trainer.run(progress(trainer), checkpoint)
    if jax.process_index() == 0:
        checkpoints.save(settings.out, trainer.params, FJORD, tokenizer.model)
        write_curve(settings.out / "learning_curve.csv", trainer)
        (settings.out / "ledger.json").write_text(corpus.ledger.to_json())
        minutes = (time.monotonic() - began) / 60
        print(f"Trained in {minutes:.0f} minutes: {settings.out}")
        print("Measure it with: python3 start.py check --card")


if __name__ == "__main__":
    main()
