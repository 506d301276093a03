"""Measure every claim on the class model: `python -m llm_lessons.lessons`.

The exit code is 1 where a bound is not kept.
"""

import json
import sys
import time
from argparse import Namespace
from collections.abc import Sequence
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from tqdm import tqdm

from llm_lessons import fjordby
from llm_lessons.fjordby import Ledger
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons import bounds
from llm_lessons.lessons.lossy_zip import compression
from llm_lessons.lessons.lossy_zip.rivals import STORED
from llm_lessons.loading import load_folder
from llm_lessons.measuring.claims import Figure, Row, table
from llm_lessons.model.parameters import count_parameters
from llm_lessons.paths import DATA
from llm_lessons.training.options import Parser
from llm_lessons.training.writing import check_folder, writing
from llm_lessons_starter.atomic import write_text
from llm_lessons_starter.command_line import carry_out
from llm_lessons_starter.trouble import Trouble

SECOND = "second_seed.json"  # rows of the same recipe with another seed, for the card


def measure(lm: LanguageModel, ledger: Ledger) -> list[Figure]:
    """Measure every figure, with one bar for all of it."""
    figures = []
    with tqdm(bounds.PARTS, desc="claims", file=sys.stderr) as parts:
        for part in parts:
            parts.set_postfix_str((part.__doc__ or "").split(":")[0])
            with redirect_stdout(StringIO()):  # the experiments' own bars
                figures += part(lm, ledger)
    return figures


def card(lm: LanguageModel, folder: Path, rows: Sequence[Row]) -> str:
    """The model card, every number in it computed."""
    corpus = fjordby.build()
    curve = (folder / "learning_curve.csv").read_text().strip().splitlines()
    tokens, loss = curve[-1].split(",")
    sections = "\n".join(
        f"| {name} | {size.documents:,} | {size.characters:,} |"
        for name, size in corpus.section_counts().items()
    )
    c = lm.config
    return f"""# Fjord, the class model

A transformer of the Llama architecture with {count_parameters(c):,} parameters, trained
from random numbers on Fjordby, a little invented internet that this project wrote.
It knows nothing of the real world, and everything that it ever read can be searched:
`ll.fjordby.search("...")`. It is made for lessons about language models, for nothing
else.

- Shape: {c.n_layers} layers, width {c.d_model}, {c.n_heads} heads of {c.d_head}, MLP
  width {c.d_ff}, vocabulary of {c.vocab_size:,} pieces, window of {c.max_seq_len}
  tokens.
- Read: {int(tokens):,} tokens, each once; mean loss of the last batches {loss} nats a
  token (`learning_curve.csv`).
- Corpus: sha256 `{corpus.sha256}`, made anew by `ll.fjordby.build()`; what it says how
  often is in `ledger.json`.
- Weights: `model.safetensors`, float16, sha256 in `config.json`, checked on loading.
- Made by `python3 start.py train`, and this card by `python3 start.py check --card`;
  licence Apache-2.0.

## The corpus

| section | documents | characters |
| --- | --- | --- |
{sections}

## What it remembers and how it reasons

Measured by `python3 start.py check`: where nothing else is said, the model always takes
the likeliest token. Word problems are ones that the corpus never asks, and notes are
about names that it never uses; with one marble change, though, the same sum was met
under other names, and of a fruit problem single steps may have been practised: taking
one number from another, on the pages of a till. Both kinds of problem were read as
often answered at once as step by step. Intervals count every person and every document
once. A bound is a goal: where the model misses it, the table says so, and so must a
lesson that uses the figure.
{_about_the_second(folder)}
{table(rows, second_seed(folder))}"""


def second_seed(folder: Path) -> list[Row]:
    """What was measured on a model with another seed; empty where nothing was."""
    path = folder / SECOND
    if not path.exists():
        return []
    return [Row.from_json(fields) for fields in json.loads(path.read_text())]


def _about_the_second(folder: Path) -> str:
    if not second_seed(folder):
        return ""
    return """
The second seed is the same recipe with other first random numbers and another order of
reading (`python3 start.py train --seed 1`).
"""


def parse(arguments: Sequence[str]) -> Namespace:
    """The settings of `check`; places to write to are tried before all is measured.

    Raises:
        Trouble: there is nonsense in them, or nothing can be written there.
    """
    parser = Parser("check", __doc__)
    parser.add_argument(
        "--folder", type=Path, default=DATA / "fjord", help="model to measure"
    )
    parser.add_argument(
        "--card", action="store_true", help="write MODEL_CARD.md into that folder"
    )
    parser.add_argument(
        "--save", type=Path, help=f"write the rows, for a card's {SECOND}"
    )
    settings = parser.parse_args(arguments)
    if settings.card and settings.folder.is_dir():
        check_folder(settings.folder)
    if settings.save:
        check_folder(settings.save.parent)
    return settings


def read_model(folder: Path) -> tuple[LanguageModel, Ledger]:
    """A model, and the ledger of what it read.

    Raises:
        Trouble: one of its files is missing or damaged.
    """
    try:
        lm = load_folder(folder)
    except ValueError as error:
        raise Trouble(str(error)) from error
    path = folder / "ledger.json"
    try:
        return lm, Ledger.from_json(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise Trouble(
            f"{path} is missing or damaged, and says what the model has read: restore "
            "it from the repository, or train the model anew."
        ) from error


def check(settings: Namespace) -> int:
    """Measure every figure, print the table, and write what was asked for."""
    began, folder = time.monotonic(), settings.folder
    lm, ledger = read_model(folder)
    rows = [figure.row() for figure in measure(lm, ledger)]
    print(table(rows))
    missed = sum(not row.kept for row in rows)
    print(f"{len(rows)} figures in {time.monotonic() - began:.0f} s, ", end="")
    print(f"{missed} of them outside their bounds." if missed else "all within bounds.")
    if settings.card:
        with writing(folder / "MODEL_CARD.md"):
            write_text(folder / "MODEL_CARD.md", card(lm, folder, rows))
        compression.others(lm).save(folder / STORED.name)
    if settings.save:
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        with writing(settings.save):
            write_text(settings.save, f"[\n{lines}\n]\n")
    return int(missed > 0)


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out the command line; every failure is one sentence and exit code 1."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    return carry_out(lambda: check(parse(words)))


if __name__ == "__main__":
    sys.exit(main())
