"""Measure every claim on the class model: `python -m llm_lessons.experiments`."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from llm_lessons import fjordby
from llm_lessons.experiments.claims import Figure, measure, table
from llm_lessons.fjordby import Ledger
from llm_lessons.language_model import DATA, LanguageModel, load_folder
from llm_lessons.model import count_parameters

FIGURES = 51  # for the progress bar


def card(lm: LanguageModel, folder: Path, figures: list[Figure]) -> str:
    """The model card, every number in it computed."""
    corpus = fjordby.build()
    curve = (folder / "learning_curve.csv").read_text().strip().splitlines()
    tokens, loss = curve[-1].split(",")
    rows = "\n".join(
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
{rows}

## What it remembers and how it reasons

Measured by `python3 start.py check`: the model always takes the likeliest
token. Word problems are ones that the corpus never asks, and notes are about names that
it never uses; with one marble change, though, the same sum was met under other names.
Intervals count every person and every document once. A bound is a goal: where the model
misses it, the table says so, and so must a lesson that uses the figure.

{table(figures)}"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every figure, print the table, and write the card if asked to."""
    parser = argparse.ArgumentParser(prog="start.py check", description=__doc__)
    parser.add_argument(
        "--folder", type=Path, default=DATA / "fjord", help="model to measure"
    )
    parser.add_argument(
        "--card", action="store_true", help="write MODEL_CARD.md into that folder"
    )
    settings = parser.parse_args(arguments)
    folder = settings.folder
    lm = load_folder(folder)
    ledger = Ledger.from_json((folder / "ledger.json").read_text())
    figures = list(tqdm(measure(lm, ledger), total=FIGURES, desc="figures"))
    print(table(figures))
    if settings.card:
        (folder / "MODEL_CARD.md").write_text(card(lm, folder, figures))


if __name__ == "__main__":
    main()
