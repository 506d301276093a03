"""The model card: what the class models are, what they read, and what they can."""

import re
from collections.abc import Mapping, Sequence

from llm_lessons import fjordby
from llm_lessons.fjordby.corpus import WHEN, Corpus
from llm_lessons.lessons import bounds
from llm_lessons.lessons.columns import PARTS, Model
from llm_lessons.measuring.claims import CARD, Columns, goals, parts_of, table
from llm_lessons.measuring.kept import model_digest
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import count_parameters
from llm_lessons_starter.trouble import Trouble

# So an experiment names the same weights in `data/measured`.
_WEIGHTS = "- `{name}` was measured with weights and shape of sha256\n  `{digest}`."
_MADE = """\
- Weights: `model.safetensors`, float16, sha256 in `config.json`, checked on loading.
- Made by `python3 start.py train --seed 1`, the twin with `--seed 0`: the same recipe,
  other first random numbers and another order of reading. This card is made by
  `python3 start.py check --card`; licence Apache-2.0.
- Lessons 5 and 7 also tell of smaller models, whose results are kept in `data/control`:
  three sizes (`sizes.json`) and three depths (`marbles.csv`). Commit 509aada5 is the
  last whose `start.py` trains them, by `sizes` and `control`."""
_MEASURED = """\
Measured by `python3 start.py check`: where nothing else is said, the model always
takes the likeliest token. Notes are about names that the corpus never uses, and word
problems have numbers that it never uses together; single steps of them may have been
practised, but for the sums of one change, which it works out nowhere. For each number
of changes, the problems of `first marbles` and `marbles` were read equally often at
once, after dots and step by step, those of `everyday counting` mostly step by step;
the essay's kind of problem, as often at once as step by step. Intervals of what is
recalled and recited count every person and every document once; those of skills in
other words (“never read”, “never practised”, “worded as none was”, “new wording”,
“value first”) no more cases than there are such words; the others count every
question, and over other wordings they would be wider. The main figures rest on 100 to
200 questions, or on all people and documents that there are; those that stand beside
them, or are only reported, on 30 to 200.

A bound is a goal, the same for both models, that was written down before they were
trained. A relative bound comes from another figure of the same run. Some are lower
than those that an earlier model was held to: marbles with 1 change at once (95 %
before), one note and a note among others (97 %), a fact after 2 readings (20 %) and
fruit at once (64 %). What to read, and in what order, was tried eight times, and
judged by the figures for other words and by the first outsiders' set, so these are a
little better than other words still would be. One of the eight was a whole training
that was given up: it had read as much, and its learning rate fell over the last 40 %
only, so one change at once, rare facts and “It doesn't say” suffered. For that one the
figures of the second outsiders' set were printed, too; nobody looked at what stands in
it, and nothing was chosen by it. Where a model misses a bound, the table says so, and
so must a lesson that uses the figure."""


def card(models: Sequence[Model], parts: Mapping[str, Columns]) -> str:
    """The model card of the first model and its twins, every number in it computed.

    Args:
        parts: the rows of each part, by its name.
    """
    corpus = fjordby.build()
    sections = "\n".join(
        f"| {name} | {size.documents:,} | {size.characters:,} |"
        for name, size in corpus.section_counts().items()
    )
    return f"""# Fjord, the class model, and its twin

{_missed(parts)}

{_shape(models[0].lm.config)}
{_reading(models)}
{_times(corpus)}
- Corpus: sha256 `{corpus.sha256}`, made anew by `ll.fjordby.build()`; what it says how
  often is in `ledger.json`.
{_MADE}

## The corpus

| section | documents | characters |
| --- | --- | --- |
{sections}

## What they remember and how they reason

{_MEASURED}

{_rows(parts)}
{"".join(_section(part, parts[part.__name__]) for part in bounds.PARTS)}"""


def rows_kept(models: Sequence[Model]) -> dict[str, Columns]:
    """The rows of each part on the card of the first model.

    Raises:
        Trouble: there is no such card, or it is of other weights.
    """
    path = models[0].folder / CARD
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise Trouble(
            f"{path}, whose other rows would stay, can't be read: leave out --part, "
            "and all of it is measured."
        ) from error
    weights = dict(re.findall(_WEIGHTS.format(name="(.*)", digest="(.*)"), text))
    if weights != {lm.name: model_digest(lm) for lm, _, _ in models}:
        raise Trouble(
            f"The rows of {path} are of other weights than these: leave out --part, "
            "and all of it is measured anew."
        )
    return {name: rows for name, rows in parts_of(text).items() if name in PARTS}


def _missed(parts: Mapping[str, Columns]) -> str:
    """How many goals each model misses."""
    missed = goals(parts.values())
    [count] = {count for _, count in missed.values()}
    models = " and ".join(f"`{name}` misses {n}" for name, (n, _) in missed.items())
    return f"Of {count} goals, {models}: each is marked below."


def _section(part: bounds.Part, columns: Columns) -> str:
    """A part's name, as `check --part` takes it, what it is about, and its rows."""
    [about, *_] = str(part.__doc__).splitlines()
    return f"\n### {part.__name__}\n\n{about}\n\n{table(columns)}"


def _shape(c: ModelConfig) -> str:
    return f"""\
Transformers of the Llama architecture with {count_parameters(c):,} parameters, trained
from random numbers on Fjordby, a little invented internet that this project wrote.
They know nothing of the real world, and everything that they ever read can be searched:
`ll.fjordby.search("...")`. They are made for lessons about language models, for nothing
else.

- Shape: {c.n_layers} layers, width {c.d_model}, {c.n_heads} heads of {c.d_head}, MLP
  width {c.d_ff}, vocabulary of {c.vocab_size:,} pieces, window of {c.max_seq_len}
  tokens."""


def _rows(parts: Mapping[str, Columns]) -> str:
    """How many figures there are, and how many have a goal."""
    count = sum(len(next(iter(columns.values()))) for columns in parts.values())
    [(_, with_goal), *_] = goals(parts.values()).values()
    return (
        f"The tables have {count} rows; {with_goal} had a goal beforehand, and the "
        "others are reported only. So many intervals of 95 % can't all hold: of a "
        "hundred, about five have the true value outside. `python3 start.py check "
        "--card --part NAME` measures one table anew and keeps the others."
    )


def _times(corpus: Corpus) -> str:
    """In which part of the reading the sections come that have their time."""
    places = {name: list[float]() for name in WHEN}
    for i, (section, _) in enumerate(corpus.documents):
        if section in places:
            places[section].append(100 * i / len(corpus.documents))
    times = [
        f"`{name}` from {where[0]:.0f} to {where[-1]:.0f} %, half of it by "
        f"{where[len(where) // 2]:.0f} %"
        for name, where in places.items()
    ]
    return f"""\
- In random order, but for sections that have their time in it, counted in documents:
  {"; ".join(times)}. The learning rate is held for a fifth of the steps, and then
  falls to zero.
  Who finds a number in a list (`counts`) finds it in a problem; plain notes teach to
  choose, and the others to copy. `first marbles` are most of the problems with one
  change: two thirds of them close together at the end, where the learning rate falls,
  teach to add in one jump."""


def _reading(models: Sequence[Model]) -> str:
    lines = list[str]()
    for lm, _, folder in models:
        curve = (folder / "learning_curve.csv").read_text().strip().splitlines()
        tokens, loss = curve[-1].split(",")
        lines.append(
            f"- `{lm.name}` read {int(tokens):,} tokens, each once; mean loss of the "
            f"last batches\n  {loss} nats a token (`learning_curve.csv`)."
        )
        lines.append(_WEIGHTS.format(name=lm.name, digest=model_digest(lm)))
    return "\n".join(lines)
