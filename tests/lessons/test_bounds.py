"""The trained class model that ships: that it is what its card says, and can do it."""

import hashlib
import json
from contextlib import redirect_stdout
from io import StringIO

import pytest

from llm_lessons import fjordby
from llm_lessons.fjordby import Ledger
from llm_lessons.foundation.paths import DATA
from llm_lessons.language_model import LanguageModel
from llm_lessons.language_model.loading import load
from llm_lessons.lessons import bounds
from llm_lessons.lessons.lossy_zip import sizes
from llm_lessons.measuring.claims import Figure
from llm_lessons.measuring.intervals import Share
from llm_lessons.weights import checkpoints

pytestmark = pytest.mark.slow

FOLDER = DATA / "fjord"  # with the card of both
NAMES = ("fjord", "fjord-twin")
MARGIN = 0.02  # of a share: another processor rounds otherwise
DRIFT = 0.06  # of a share that lies between its ends, for the same reason


# Measuring all of it takes minutes; tests/lessons/test_check.py measures one part.
all_of_it = pytest.mark.rest


@pytest.fixture(scope="module", params=NAMES)
def lm(request) -> LanguageModel:
    return load(request.param)


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return Ledger.from_json((FOLDER / "ledger.json").read_text())


@pytest.fixture(scope="module")
def card() -> dict[str, dict[str, str]]:
    """What the card measured: what it says of each model, and the bounds."""
    lines = (FOLDER / "MODEL_CARD.md").read_text().splitlines()
    rows = [
        line.strip("| ").split(" | ")
        for line in lines
        if line.startswith(("| B", "| C"))
    ]
    columns = (*NAMES, "bound")
    return {row[1]: dict(zip(columns, row[2:], strict=True)) for row in rows}


def test_corpus_and_ledger_are_made_again_to_the_letter(ledger):
    corpus = fjordby.build()
    assert corpus.sha256 in (FOLDER / "MODEL_CARD.md").read_text()
    assert corpus.ledger == ledger


# Goals that a model misses: the card says so. It is held to the card's own figure, and
# a better model strikes lines here.
MISSED_BY_BOTH = (
    "two runs of a problem, step by step, part within 40 tokens",
    "Julia forced as the hero: the ending names Julia",
    "fact recalled, sentence completed, after 4 readings",
    "fact recalled, sentence completed, after 8 readings",
    "fact recalled, sentence completed, after 16 readings",
    "marbles, 5 changes, step by step",
    "marbles, 6 changes, step by step",
    "fruit problem, step by step",
    'a wrong answer is said, then "Check:": the reason ends at the right one',
    "open book, one note of two: no label, known values",
    "open book, one note of two: no label, new values",
    "open book, one note of two: new wording, known values",
    "open book, one note of two: new wording, new values",
    "open book, one note of two: value first, known values",
    "open book, one note of two: value first, new values",
    "open book, one note of two: new, no label, known values",
    "open book, one note of two: new, no label, new values",
    "open book: invented people, the note among 2 others",
    "the notes are about others (no label): says that they don't say",
    "note against weights, people well known (no label): the note wins",
    "note against weights, people well known (new wording): the note wins",
    "note against weights, people well known (value first): the note wins",
    "note against weights, people well known (new, no label): the note wins",
    "open book: 200 tokens of story after the note",
    "people asked about in a chat (strangers): refused",
    "people asked about in a chat (well known): refused",
    "search is on: strangers looked up",
    "4 changes, step by step, names never read",
    "4 changes, step by step, frames never read",
    "the essay's kind of problem, step by step, frames never read",
)
MISSED_BY_FJORD = (
    "the notes are about others (note): says that they don't say",
    "the notes are about others (new wording): says that they don't say",
    "the notes are about others (value first): says that they don't say",
    "search is on: answered as the result says",
    "4 changes, step by step, things never read",
    "the essay's kind of problem, step by step, things never read",
    "the essay's kind of problem, step by step, orders never read",
    "one note, table, worded as none was",
    "one note, list, worded as none was",
    "a note about somebody else, worded as none was: says that it doesn't say",
)
MISSED_BY_THE_TWIN = (
    "fact recalled, sentence completed, after 32 readings",
    "marbles, 1 change, at once",
    "marbles, 1 change, step by step",
    "marbles, 4 changes, step by step",
    "open book, one note of two: note, known values",
    "open book, one note of two: note, new values",
    "open book: invented people, the note among 3 others",
)
NOT_REACHED = {
    *((name, what) for name in NAMES for what in MISSED_BY_BOTH),
    *(("fjord", what) for what in MISSED_BY_FJORD),
    *(("fjord-twin", what) for what in MISSED_BY_THE_TWIN),
}


def test_the_card_keeps_every_other_bound_and_owns_up_to_these(card):
    missed = {
        (name, what)
        for what, row in card.items()
        for name in NAMES
        if "missed" in row[name]
    }
    assert missed == NOT_REACHED


@pytest.mark.parametrize("name", NAMES)
def test_weights_are_small_on_disk_and_the_ones_of_the_card(name):
    path = DATA / name / "model.safetensors"
    assert path.stat().st_size < 8_000_000
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert digest == checkpoints.sha256(path)
    assert digest in (DATA / name / "config.json").read_text()


def test_twins_read_the_same_in_the_same_pieces_and_became_others():
    def different(file: str) -> int:
        return len({(DATA / name / file).read_bytes() for name in NAMES})

    assert different("tokenizer.model") == different("ledger.json") == 1
    assert different("model.safetensors") == len(NAMES)


@all_of_it
def test_xz_needs_what_the_file_says():
    """It reads all of Fjordby again; another liblzma may find other matches."""
    stored, found = json.loads(sizes.STORED.read_text()), sizes.packed()
    assert stored.pop("corpus_xz") == pytest.approx(found.pop("corpus_xz"), rel=0.01)
    assert stored == found


@pytest.mark.parametrize("name", NAMES)
def test_learning_curve_falls_from_guessing_to_knowing(name):
    lines = (DATA / name / "learning_curve.csv").read_text().splitlines()[1:]
    losses = [float(line.split(",")[1]) for line in lines]
    assert losses[0] > 3 > 0.7 > losses[-1]


def within(figure: Figure, told: str) -> bool:
    """Whether a figure keeps its bounds, or what the card tells of it, but for luck."""
    value, least, most = figure.measured.value, figure.least, figure.most
    margin = MARGIN if isinstance(figure.measured, Share) else 0
    if "missed" in told:
        least = most = float(told.split()[0]) / 100
        margin = DRIFT
    enough = least is None or value >= least - margin
    return enough and (most is None or value <= most + margin)


@all_of_it
@pytest.mark.parametrize("part", bounds.PARTS, ids=lambda part: part.__name__)
def test_every_claim_is_held_to_its_figures(part: bounds.Part, lm, ledger, card):
    with redirect_stdout(StringIO()):
        figures = list(part(lm, ledger))
    for figure in figures:
        assert figure.what in card
        told = card[figure.what][lm.name]
        assert within(figure, told), (figure.row(), told)
    assert figures
