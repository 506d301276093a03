"""What is measured large once and kept, and measured small before the learner's eyes.

A kept result lies in `data/measured`, a file an experiment, with what it came from: the
model's weights, the experiment's own code, the date, the number of cases. Where any of
these is another now, the result is refused, and the reason says why.
"""

import hashlib
import json
import math
import textwrap
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, get_type_hints
from weakref import WeakKeyDictionary

import cattrs
import numpy as np

from llm_lessons.foundation.paths import DATA
from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring.intervals import Share, share
from llm_lessons.measuring.reached import code_digest
from llm_lessons.weights.checkpoints import flatten
from llm_lessons_starter import atomic

# In the environment: "off" where nobody sits who could call a sample theirs, as where
# a page is made.
SAMPLES = "LLM_LESSONS_SAMPLES"
OFF = "off"
MEASURED = DATA / "measured"
WIDTH = 88  # letters of a line in a file
DIGITS = 6  # of a number that is kept
TWINS = (("fjord",), ("fjord-twin",))  # each measured alone
BOTH = (("fjord", "fjord-twin"),)  # measured together
REAL = (("smollm2",),)


class Fresh[T](NamedTuple):
    """A few new cases, beside those of a large result.

    Attributes:
        ask: `ask(lm, seed)` measures them in three seconds at the most.
        headline: the one share of the result with which they are compared.
        counted: what they count, in words: "right step by step".
        cases: what they are, such as "stories".
    """

    ask: Callable[[LanguageModel, int], Share]
    headline: Callable[[T], Share]
    counted: str
    cases: str = "questions"


@dataclass(frozen=True)
class Experiment[T]:
    """A measurement whose large result is kept.

    Results tell of themselves, each in as many of these ways as the lesson shows:
    `sentence` and `conclusion` in numbers, `figure` with its `title`, and `alt`, which
    is the figure in words.

    Attributes:
        name: of its file: the lesson's number and a word, such as "08_both_ways".
        measure: `measure(lm, cases)` asks each question of the large result, a
            dataclass of numbers, texts, shares and the like. Where several models
            belong to one measurement, it takes all of them as a list.
        cases: questions of each kind that the large result rests on.
        models: for which models it is kept: names as `load` takes them, those of one
            measurement together.
        fresh: None if there are no other questions to ask.
        on_card: a pattern for what the rows of the model card measure that stand for
            what its figure shows; a goal that these miss is told below it.
    """

    name: str
    measure: Callable[[Any, int], T]
    cases: int
    models: tuple[tuple[str, ...], ...] = TWINS
    fresh: Fresh[T] | None = None
    on_card: str = ""

    @property
    def path(self) -> Path:
        """Its file."""
        return MEASURED / f"{self.name}.json"

    @property
    def kind(self) -> type[T]:
        """Of its result: what `measure` says that it returns."""
        return get_type_hints(self.measure)["return"]

    def of(self, models: Sequence[LanguageModel], cases: int) -> T:
        """Measure it on these models, which belong to one measurement."""
        [lm, *others] = models
        return self.measure(models if others else lm, cases)


class Source(NamedTuple):
    """What a result came from.

    Attributes:
        models: sha256 of the weights of each model, by its name.
        code: sha256 of the experiment's own code and constants.
        cases: questions of each kind.
    """

    models: dict[str, str]
    code: str
    cases: int


@dataclass(frozen=True)
class Kept[T]:
    """A result with what it came from.

    Attributes:
        result: what was measured.
        measured: the day, as "2026-11-29".
        seconds: that it took, on a machine with two cores.
    """

    result: T
    measured: str
    seconds: float
    source: Source


class NotKept(Exception):
    """There is no kept result of this experiment on these models; says why.

    Attributes:
        seconds: that the measurement may take, if anything is known of it.
    """

    def __init__(self, why: str, seconds: float | None = None) -> None:
        super().__init__(why)
        self.seconds = seconds


def find[T](experiment: Experiment[T], models: Sequence[LanguageModel]) -> Kept[T]:
    """The kept result of these models.

    Raises:
        NotKept: there is none, or it is of other weights, of other code, or damaged.
    """
    names = _group(models)
    entry = _entries(experiment).get(names)
    if entry is None:
        raise NotKept("No result is kept of this measurement on this model.")
    origin = {name: entry.get(name) for name in ("source", "measured", "seconds")}
    if entry.get("digest") != _digest(origin, entry.get("result")):
        raise NotKept(f"The kept result in {experiment.path.name} was changed by hand.")
    source, seconds = Source(**entry["source"]), entry["seconds"]
    if source.models != {lm.name: model_digest(lm) for lm in models}:
        why = "The kept result is of a model with other weights than this one."
        raise NotKept(why, seconds)
    if source.code != code_digest(experiment.measure):
        why = "The kept result is of an experiment with other code than this one."
        raise NotKept(why, seconds)
    if source.cases != experiment.cases:
        raise NotKept("The kept result is of another number of cases.", seconds)
    result = _converter().structure(entry["result"], experiment.kind)
    return Kept(result, entry["measured"], seconds, source)


def result_of[T](experiment: Experiment[T], *models: LanguageModel) -> T:
    """What is kept of these models; where nothing is, what is measured now."""
    try:
        return find(experiment, models).result
    except NotKept:
        return experiment.of(models, experiment.cases)


def measure_and_keep[T](
    experiment: Experiment[T], models: Sequence[LanguageModel]
) -> Kept[T]:
    """Measure all of it, and write it into the experiment's file."""
    began = time.monotonic()
    result = experiment.of(models, experiment.cases)
    source = Source(
        {lm.name: model_digest(lm) for lm in models},
        code_digest(experiment.measure),
        experiment.cases,
    )
    kept = Kept(result, f"{date.today()}", round(time.monotonic() - began, 1), source)
    write(experiment, kept)
    return kept


def write[T](experiment: Experiment[T], kept: Kept[T]) -> None:
    """Write a result into the experiment's file; those of other models stay."""
    entries = _entries(experiment)
    origin = {
        "measured": kept.measured,
        "seconds": kept.seconds,
        "source": kept.source._asdict(),
    }
    result = _converter().unstructure(kept.result, experiment.kind)
    result = json.loads(json.dumps(result))
    digest = _digest(origin, result)
    entries["+".join(kept.source.models)] = {
        **origin,
        "result": result,
        "digest": digest,
    }
    experiment.path.parent.mkdir(parents=True, exist_ok=True)
    ordered = dict(sorted(entries.items()))
    atomic.write_text(experiment.path, _readable(ordered) + "\n")


def taken(experiment: Experiment) -> float:
    """Seconds that all its kept results took to measure, as far as one knows."""
    return sum(entry["seconds"] for entry in _entries(experiment).values())


def expected(headline: Share, cases: int) -> tuple[int, int]:
    """From how many of so many fresh cases to how many: 95 % of samples lie there.

    A sample spreads as a share of its own size does, and the headline is not exact.
    """
    both = 1 / (1 / cases + 1 / headline.n)
    spread = share([headline.share] * max(1, round(both)))
    return math.floor(spread.low * cases), math.ceil(spread.high * cases)


_digests: WeakKeyDictionary[LanguageModel, tuple[Any, str]] = WeakKeyDictionary()


def model_digest(lm: LanguageModel) -> str:
    """One sha256 of all weights of a model, and of its shape."""
    params, digest = _digests.get(lm, (None, ""))
    if params is not lm.params:
        whole = hashlib.sha256(repr(sorted(asdict(lm.config).items())).encode())
        for name, array in flatten(lm.params).items():
            whole.update(name.encode())
            whole.update(np.ascontiguousarray(array).data)
        digest = whole.hexdigest()
        _digests[lm] = lm.params, digest
    return digest


def _entries(experiment: Experiment) -> dict[str, Any]:
    """What its file holds, by the names of the models; nothing if it is no JSON."""
    try:
        return json.loads(experiment.path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _group(models: Sequence[LanguageModel]) -> str:
    return "+".join(lm.name.removesuffix(", changed") for lm in models)


def _digest(origin: dict[str, Any], result: Any) -> str:
    whole = json.dumps([origin, result], sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()


def _converter() -> cattrs.Converter:
    converter = cattrs.Converter()
    converter.register_unstructure_hook(float, lambda x: round(float(x), DIGITS))
    return converter


def _readable(value: Any, depth: int = 0) -> str:
    """JSON in which what is short stands on one line."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(flat) + depth <= WIDTH or not isinstance(value, dict | list):
        return flat
    inner, outer = " " * (depth + 1), " " * depth
    if isinstance(value, dict):
        parts = [
            f"{json.dumps(k)}: {_readable(v, depth + 1)}" for k, v in value.items()
        ]
        lines = ",\n".join(inner + part for part in parts)
        return f"{{\n{lines}\n{outer}}}"
    if not any(isinstance(item, dict | list | str) for item in value):
        lines = textwrap.fill(
            flat[1:-1], WIDTH, initial_indent=inner, subsequent_indent=inner
        )
    else:
        lines = ",\n".join(inner + _readable(item, depth + 1) for item in value)
    return f"[\n{lines}\n{outer}]"
