"""Practice or depth: marbles-only models of 1, 2 and 4 layers.

A control for C13 and C14. The class model answers at once for one change and not for
six; but of six changes it had less practice. Here models of several depths read nothing
but marbles answered at once, as often for every number of changes. What a deeper model
learns and a shallow one doesn't is a matter of depth; what all of them fail at, with
equal practice, was not learned in one jump by any.

Each is looked at after more and more practice, twice as much each time. For every look
the learning rate falls to nothing over the last 40 % of what was read: looks that had
it at its peak would show a model better than the one before only because its own rate
had fallen. So the longest run is a trunk, and each shorter one leaves it where its own
rate begins to fall.

A deeper model is as wide as a shallow one, so it has more knobs, too, and does more for
each token: depth means layers with their knobs, not one behind another instead of side
by side.

`python3 start.py control` trains them and writes the log, `data/control/marbles.csv`;
lessons read the log (`read_log`).
"""

import csv
import io
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import jax
from tqdm import tqdm

from llm_lessons.fjordby.varied import marbles
from llm_lessons.foundation.paths import DATA
from llm_lessons.language_model import LanguageModel
from llm_lessons.language_model.loading import load
from llm_lessons.lessons.per_token_compute.direct_or_stepwise import right_at_once
from llm_lessons.measuring.intervals import Share
from llm_lessons.text.tokenizers import Tokenizer
from llm_lessons.training import (
    Recipe,
    TokenStream,
    Trainer,
    encode,
    pack,
)
from llm_lessons.training.data import START
from llm_lessons.training.optimizer import decay_steps
from llm_lessons.training.options import named_after, parse_logged
from llm_lessons.training.writing import previous, writing
from llm_lessons.weights.checkpoints import read_config
from llm_lessons_starter import atomic
from llm_lessons_starter.command_line import carry_out
from llm_lessons_starter.trouble import Trouble

LOG = DATA / "control" / "marbles.csv"
DEPTHS = (1, 2, 4)
CHANGES = (1, 2, 3, 4, 5, 6)
DOCUMENTS = 36_000  # for every number of changes, at most
LOOKS = 6  # at each depth, the last one after all documents
SAVE_EVERY = 60.0  # seconds between two checkpoints
QUESTIONS = 500  # for every number of changes, at each look


class Look(NamedTuple):
    """How well a model answers at once at one point of its training.

    Attributes:
        layers: depth of the model.
        documents: how many it has read for every number of changes, about.
        changes: number of changes in the questions.
        right: share of held-out questions answered rightly.
    """

    layers: int
    documents: int
    changes: int
    right: Share


def practice(tokenizer: Tokenizer, recipe: Recipe, documents: int) -> TokenStream:
    """Marbles answered at once, `documents` for every number of changes, shuffled."""
    texts = marbles.equal_practice(documents, CHANGES)
    packed = pack(encode(texts, tokenizer), recipe.row_length)
    return TokenStream(packed, recipe.rows, START)


def amounts() -> list[int]:
    """Documents for every number of changes at each look: twice as many each time."""
    return [DOCUMENTS >> LOOKS - 1 - look for look in range(LOOKS)]


def steps_of(documents: int, stream: TokenStream) -> int:
    """After how many steps so many documents for every number of changes are read."""
    return max(1, round(stream.steps * documents / DOCUMENTS))


def train(
    layers: int,
    stream: TokenStream,
    recipe: Recipe,
    tokenizer: Tokenizer,
    folder: Path,
    done: Sequence[Look] = (),
) -> Iterator[list[Look]]:
    """Train one depth on all of the stream; yields what each look found.

    Args:
        folder: of the checkpoints. A run that was stopped at any step goes on.
        done: looks of an earlier run at this depth, in their order.
    """
    config = replace(read_config(), n_layers=layers)
    trunk = Trainer(config, recipe, stream)
    kept = folder / f"{layers}.safetensors"
    trunk.restore(kept)
    for documents in amounts()[len({look.documents for look in done}) :]:
        steps = steps_of(documents, stream)
        branch = Trainer(config, recipe, stream, steps)
        own = folder / f"{layers}-{documents}.safetensors"
        about = f"{layers} layers, {documents:,} texts"
        with tqdm(total=steps, initial=trunk.step, desc=about, unit="step") as bar:

            def report(trainer: Trainer, bar: tqdm = bar) -> None:
                bar.update(trainer.step - bar.n)

            trunk.run(report, kept, SAVE_EVERY, steps - decay_steps(steps))
            if not branch.restore(own):
                branch.go_on_from(trunk)
            branch.run(report, own, SAVE_EVERY)
        yield look_at(branch, documents, tokenizer)
        for file in (own, previous(own)):
            file.unlink(missing_ok=True)


def look_at(trainer: Trainer, documents: int, tokenizer: Tokenizer) -> list[Look]:
    """Ask a model held-out questions with every number of changes."""
    layers, params = trainer.config.n_layers, jax.device_get(trainer.params)
    lm = LanguageModel(f"{layers} layers", trainer.config, params, tokenizer)
    return [
        Look(
            layers,
            documents,
            k,
            right_at_once(lm, marbles.held_out(QUESTIONS, k)),
        )
        for k in CHANGES
    ]


def write_log(path: Path, looks: Sequence[Look]) -> None:
    """One line a look, its share and interval to four digits.

    Raises:
        Trouble: it can't be written.
    """
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["layers", "documents", "changes", "right", "low", "high", "n"])
    for layers, documents, changes, right in looks:
        shares = [f"{x:.4f}" for x in (right.share, right.low, right.high)]
        rows.writerow([layers, documents, changes, *shares, right.n])
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic.write_text(path, text.getvalue())


def read_log(path: Path = LOG) -> list[Look]:
    """The looks that `python3 start.py control` measured."""
    with path.open() as file:
        _, *rows = csv.reader(file)
    return [
        Look(
            *(int(layers), int(read), int(changes)),
            Share(float(right), float(low), float(high), int(n)),
        )
        for layers, read, changes, right, low, high, n in rows
    ]


def continued(path: Path) -> list[Look]:
    """The looks of a run that was stopped; none where there was no such run.

    Raises:
        Trouble: they can't be read.
    """
    try:
        return read_log(path) if path.exists() else []
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise Trouble(
            f"{path}, where an earlier run stopped, can't be read: delete it, and the "
            "same command starts anew."
        ) from error


def run(arguments: Sequence[str]) -> int:
    """Train every depth; a run that was stopped at any step goes on from there."""
    settings = parse_logged("control", __doc__, LOG, arguments)
    log, recipe = settings.log, Recipe()
    tokenizer = load("fjord").tokenizer
    stream = practice(tokenizer, recipe, DOCUMENTS)
    folder = settings.work / named_after(stream)
    unfinished = folder / "looks.csv"
    looks = continued(unfinished)
    for layers in DEPTHS:
        done = [look for look in looks if look.layers == layers]
        for found in train(layers, stream, recipe, tokenizer, folder, done):
            looks += found
            write_log(unfinished, looks)
    write_log(log, looks)
    print(f"The log is in {log}")
    return 0


if __name__ == "__main__":
    sys.exit(carry_out(lambda: run(sys.argv[1:])))
