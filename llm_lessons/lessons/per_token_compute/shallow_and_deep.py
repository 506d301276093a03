"""Practice or depth: marbles-only models of 1, 2, 4 and 8 layers.

A control for C13 and C14. The class model answers at once for one change and not for
six; but of six changes it had less practice, and six layers are not many. Here models
of several depths read nothing but marbles answered at once, as often for every number
of changes. What a deeper model learns and a shallow one doesn't is a matter of depth;
what all of them fail at, with equal practice, was not learned in one jump by any.

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
import numpy as np
from tqdm import tqdm

from llm_lessons.fjordby import marbles
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.per_token_compute.direct_or_stepwise import right_at_once
from llm_lessons.loading import load
from llm_lessons.measuring.intervals import Share
from llm_lessons.model.config import FJORD
from llm_lessons.paths import DATA
from llm_lessons.text.tokenizers import Tokenizer
from llm_lessons.training import Recipe, TokenStream, Trainer, encode, hosts, pack
from llm_lessons.training.options import Parser, add_devices, check_devices
from llm_lessons.training.writing import check_folder, writing
from llm_lessons_starter import atomic
from llm_lessons_starter.command_line import carry_out
from llm_lessons_starter.trouble import Trouble

LOG = DATA / "control" / "marbles.csv"
DEPTHS = (1, 2, 4, 8)
CHANGES = (1, 2, 3, 4, 5, 6)
DOCUMENTS = 9_000  # for every number of changes
LOOKS = 6  # times that a model is measured on its way
QUESTIONS = 200  # for every number of changes, at each look


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
    return TokenStream(packed, recipe.rows)


def train(
    layers: int, stream: TokenStream, recipe: Recipe, tokenizer: Tokenizer
) -> Iterator[Look]:
    """Train one model on the stream, once through, and measure it on the way."""
    config = replace(FJORD, n_layers=layers)
    trainer = Trainer(config, recipe, stream)
    stops = np.linspace(0, trainer.steps, LOOKS + 1).round()[1:].tolist()
    for step in tqdm(range(1, trainer.steps + 1), f"{layers} layers", unit="step"):
        trainer.advance()
        if step in stops:
            params = jax.device_get(trainer.params)
            lm = LanguageModel(f"{layers} layers", config, params, tokenizer)
            read = round(DOCUMENTS * step / trainer.steps)
            for k in CHANGES:
                problems = marbles.held_out(QUESTIONS, k)
                yield Look(layers, read, k, right_at_once(lm, problems))


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
        return [
            Look(
                int(row["layers"]),
                int(row["documents"]),
                int(row["changes"]),
                Share(
                    float(row["right"]),
                    float(row["low"]),
                    float(row["high"]),
                    int(row["n"]),
                ),
            )
            for row in csv.DictReader(file)
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
    """Train every depth; a run that was stopped goes on with the next depth."""
    parser = Parser("control", __doc__)
    parser.add_argument("--log", type=Path, default=LOG, help="file to write")
    add_devices(parser)
    settings = parser.parse_args(arguments)
    log = settings.log
    recipe = Recipe()
    check_devices(settings.devices, recipe.rows)
    hosts.use(settings.devices)
    unfinished = log.with_name(f"{log.stem}.partial")
    looks = continued(unfinished)
    check_folder(log.parent)
    if log.is_dir():
        raise Trouble(f"{log} is a folder: name a file with --log.")
    tokenizer = load("fjord").tokenizer
    stream = practice(tokenizer, recipe, DOCUMENTS)
    for layers in DEPTHS:
        if layers not in {look.layers for look in looks}:
            looks += train(layers, stream, recipe, tokenizer)
            write_log(unfinished, looks)
    with writing(log):
        unfinished.replace(log)
    print(f"The log is in {log}")
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out the command line; every failure is one sentence and exit code 1."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    return carry_out(lambda: run(words))


if __name__ == "__main__":
    sys.exit(main())
