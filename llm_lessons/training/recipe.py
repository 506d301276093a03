"""From the corpus to a folder with a model: what the command does on every host."""

import csv
import io
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
from tqdm import tqdm

from llm_lessons import fjordby
from llm_lessons.fjordby.corpus import in_reading_order
from llm_lessons.fjordby.dice import Dice
from llm_lessons.foundation.paths import COMMAND
from llm_lessons.model.config import ModelConfig
from llm_lessons.text.tokenizers import SentencePieceTokenizer
from llm_lessons.training import hosts, own_text
from llm_lessons.training.data import START, TokenStream, prepare
from llm_lessons.training.loop import LOG_EVERY, Recipe, Trainer
from llm_lessons.training.writing import check_folder, seal, unseal, writing
from llm_lessons.weights import checkpoints
from llm_lessons_starter import atomic
from llm_lessons_starter.trouble import Trouble

VOCABULARY_SAMPLE = 40_000  # documents that the vocabulary is learned from
# What `--trial` trains: the same way, in seconds.
TRIAL = replace(
    checkpoints.read_config(),
    vocab_size=512,
    d_model=64,
    n_layers=2,
    n_heads=2,
    n_kv_heads=2,
    d_head=32,
    d_ff=128,
    max_seq_len=64,
)
TRIAL_DOCUMENTS = 450


def recipe_of(settings: Namespace) -> tuple[ModelConfig, Recipe]:
    """The model to train, and how."""
    if settings.trial:
        return TRIAL, Recipe(seed=settings.seed, row_length=TRIAL.max_seq_len)
    return checkpoints.read_config(), Recipe(seed=settings.seed)


def train(settings: Namespace) -> None:
    """Build the corpus, read it once, and write the model's folder.

    A text of one's own is read several times in its place. On several hosts, host 0
    prepares what is read and writes all files.

    Args:
        settings: of the command.

    Raises:
        Trouble: something that a person can mend.
    """
    began = time.monotonic()
    config, recipe = recipe_of(settings)
    first = hosts.is_first()
    if first:
        check_folder(settings.out)
        check_folder(settings.work)
    prepared = _prepare(settings, config, recipe) if first else b""
    arrays, _ = unseal(hosts.tell_all(prepared))
    trainer = Trainer(config, recipe, TokenStream(arrays["tokens"], recipe.rows, START))
    path = _checkpoint(settings)
    restored = trainer.restore(path)
    begin = trainer.step
    if restored and first:
        print(f"Going on from step {trainer.step} of {trainer.steps}.", flush=True)
    with reporting(trainer, shown=first) as report:
        trainer.run(report, path, settings.save_every)
    if first:
        tokenizer = arrays["model"].tobytes()
        write_model(settings, trainer, tokenizer)
        minutes = (time.monotonic() - began) / 60
        since = f" from step {begin} on" if begin else ""
        print(f"Trained in {minutes:.0f} minutes{since}: {settings.out}", flush=True)
        _tell_what_next(settings, trainer, tokenizer)


def _checkpoint(settings: Namespace) -> Path:
    """Where a run that is stopped leaves what it needs to go on."""
    kind = "trial-seed" if settings.trial else "seed"
    name = f"text-{settings.text.stem}-{kind}" if settings.text else kind
    return settings.work / f"{name}{settings.seed}.safetensors"


def _tell_what_next(settings: Namespace, trainer: Trainer, tokenizer: bytes) -> None:
    """What the model has come to, or how to find out."""
    if settings.text:
        pieces = SentencePieceTokenizer(tokenizer)
        print(own_text.loss_aside(trainer, settings.text, pieces), flush=True)
        print(f'In a notebook: ll.load(r"{settings.out}")', flush=True)
    elif not settings.trial:
        print(f"Measure it with: {COMMAND} check --card", flush=True)


def _prepare(settings: Namespace, config: ModelConfig, recipe: Recipe) -> bytes:
    """The rows of tokens and the vocabulary, as one piece to hand on.

    Raises:
        Trouble: nothing can be learned from a text of one's own.
    """
    if settings.text:
        return _prepare_own(settings, config, recipe)
    print("Writing Fjordby, the little internet ...", flush=True)
    documents = list(fjordby.build().documents)
    if settings.trial:
        documents = documents[:TRIAL_DOCUMENTS]
    # The same vocabulary for every seed, from the whole of the reading.
    sample = [
        document.text
        for document in documents[:: 1 + len(documents) // VOCABULARY_SAMPLE]
    ]
    if settings.seed:
        dice = Dice(settings.seed, "order of reading")
        documents = in_reading_order(documents, dice)
    texts = [document.text for document in documents]
    tokens, tokenizer = prepare(
        texts, sample, config.vocab_size, recipe.row_length, settings.work
    )
    return _sealed(tokens, tokenizer)


def _prepare_own(settings: Namespace, config: ModelConfig, recipe: Recipe) -> bytes:
    texts, _ = own_text.own_paragraphs(settings.text)
    try:
        rows, tokenizer = prepare(
            texts, texts, config.vocab_size, recipe.row_length, settings.work
        )
    except ValueError as error:
        raise Trouble(
            f"{settings.text} has too few different words, or too many different "
            f"letters, for a vocabulary of {config.vocab_size:,} pieces: take another."
        ) from error
    return _sealed(own_text.read_often(rows, recipe.seed), tokenizer)


def _sealed(tokens: np.ndarray, tokenizer: SentencePieceTokenizer) -> bytes:
    model = np.frombuffer(tokenizer.model, np.uint8)
    return seal({"tokens": tokens, "model": model}, "")


@contextmanager
def reporting(trainer: Trainer, shown: bool) -> Iterator[Callable[[Trainer], None]]:
    """Yields what is to be called after each step: a bar tells loss, speed and time."""
    with tqdm(
        total=trainer.stream.tokens_read(trainer.steps),
        initial=trainer.tokens_read,
        desc="training",
        unit="token",
        unit_scale=True,
        smoothing=0.05,
        mininterval=1.0,
        disable=not shown,
    ) as bar:

        def report(trainer: Trainer) -> None:
            bar.update(trainer.tokens_read - bar.n)
            if trainer.losses:
                bar.set_postfix(loss=f"{trainer.losses[-1]:.3f}", refresh=False)

        yield report


def write_model(settings: Namespace, trainer: Trainer, tokenizer: bytes) -> None:
    """Write the model's folder: the model, its learning curve, and Fjordby's ledger.

    Raises:
        Trouble: it can't be written.
    """
    out = settings.out
    with writing(out):
        checkpoints.save(out, trainer.params, trainer.config, tokenizer)
        atomic.write_text(out / "learning_curve.csv", curve(trainer))
        if not settings.text:
            atomic.write_text(out / "ledger.json", fjordby.build().ledger.to_json())


def curve(trainer: Trainer) -> str:
    """The learning curve: tokens read, and the mean loss since the row before."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["tokens", "loss"])
    for i, loss in enumerate(trainer.losses, 1):
        tokens = trainer.stream.tokens_read(min(i * LOG_EVERY, trainer.steps))
        rows.writerow([tokens, f"{loss:.4f}"])
    return text.getvalue()
