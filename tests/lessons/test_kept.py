"""Each result that is kept is of today's models and experiment; and how it is shown."""

import inspect
import re
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.container import ErrorbarContainer
from matplotlib.figure import Figure
from matplotlib.text import Annotation, Text

from llm_lessons.figures.labels import labels, lies_on, settle, without_words
from llm_lessons.foundation import face
from llm_lessons.foundation.paths import DATA
from llm_lessons.language_model.loading import load
from llm_lessons.lessons.bounds import EXPERIMENTS
from llm_lessons.lessons.working_memory.how_often_read import BY_READINGS
from llm_lessons.measuring import kept
from llm_lessons.measuring.claims import CARD, REPORTED, parts_of
from llm_lessons.measuring.intervals import share
from llm_lessons.measuring.kept import MEASURED, Experiment
from tests.titled import plain, title_of

CARD_TEXT = (DATA / "fjord" / CARD).read_text(encoding="utf-8")
every_experiment = pytest.mark.parametrize("one", EXPERIMENTS, ids=lambda one: one.name)


@every_experiment
def test_what_is_kept_is_of_these_weights_and_this_code(one: Experiment):
    for names in one.models:
        found = kept.find(one, [load(name) for name in names])  # NotKept says why
        assert isinstance(found.result, one.kind)


@every_experiment
def test_a_pattern_for_the_card_finds_rows_with_goals(one: Experiment):
    rows = [row for part in parts_of(CARD_TEXT).values() for row in part["fjord"]]
    goals = [row.what for row in rows if row.bound != REPORTED]
    found = any(re.fullmatch(one.on_card, what) for what in goals)
    assert found == bool(one.on_card)


def result_of(one: Experiment) -> Any:
    """What is kept of the first of its models."""
    return kept.find(one, [load(name) for name in one.models[0]]).result


DRAWN = [one for one in EXPERIMENTS if hasattr(one.kind, "figure")]
OWN_BEGINNING = ("06_recall", "07_at_once")  # whose words don't begin with the title
every_figure = pytest.mark.parametrize("one", DRAWN, ids=lambda one: one.name)


@every_figure
def test_each_share_that_is_drawn_is_told_to_who_does_not_see_it(one: Experiment):
    found = result_of(one)
    if hasattr(found, "title") and one.name not in OWN_BEGINNING:
        title_of(found)
    told = plain(found.alt())
    for axes in found.figure().axes:
        assert axes.get_legend() is None or not axes.texts  # named in place, or there
        for drawn in axes.containers:
            if isinstance(drawn, ErrorbarContainer) and drawn.lines[0] is not None:
                points = np.asarray(drawn.lines[0].get_xydata())
                for value in points[:, 0 if drawn.has_xerr else 1]:
                    assert f"{100 * value:.0f} %" in told or f" {value:g} " in told


def places(figure: Figure) -> set[tuple[float, float]]:
    """Where something is marked, by a point or by words."""
    lines = [line for axes in figure.axes for line in axes.lines]
    points = [point for one in lines for point in np.asarray(one.get_xydata())]
    words = [text for axes in figure.axes for text in axes.texts]
    points += [text.xy for text in words if isinstance(text, Annotation)]
    return {(round(float(x), 3), round(float(y), 3)) for x, y in points}


# What somebody says before it is measured, where that is drawn, and in which words.
SAID: dict[str, tuple[Any, set[tuple[float, float]], str]] = {
    "03_parting": ({10: 60, 40: 20}, {(10, 0.6), (40, 0.2)}, "60 % after 10, 20 %"),
    "04_trade_off": ({0: 60, 2: 50}, {(0, 0.6), (2, 0.5)}, "60 % at 0, 50 % at 2"),
    "06_recall": ({1: 60, 16: 90}, {(1, 0.6), (5, 0.9)}, "1: 60 %, 16: 90 %"),
    "07_at_once": (50, {(6, 0.5)}, "50 %"),
    "09_forms": (30, {(0.3, 0)}, "30 % in a new sentence"),
    "10_refusals": (80, {(0.8, -0.14)}, "80 % of strangers"),
}
# Where three of four right answers of one's own are drawn.
YOURS = {
    "03_parting": (5, 0.75),
    "04_trade_off": (1, 0.75),
    "06_recall": (1, 0.75),
    "07_at_once": (6, 0.75),
    "08_both_ways": (6, 0.75),
    "10_refusals": (0.75, -0.14),
    "11_rewarded": (30, 0.75),
}


@every_figure
def test_what_somebody_said_and_a_sample_of_ones_own_are_drawn(one: Experiment):
    found, three_of_four = result_of(one), share([1, 1, 1, 0])
    plain_one, known = places(found.figure()), inspect.signature(found.figure)
    assert ("said" in known.parameters) == (one.name in SAID)
    assert "you said" not in plain(found.alt()).lower()
    if one.name in SAID:
        said, where, words = SAID[one.name]
        assert where <= places(found.figure(said=said)) - plain_one
        told = plain(found.alt(said=said)).removeprefix(plain(found.alt())[:-1])
        assert "ou said" in told and words in told
    assert ("yours" in known.parameters) == (one.name in YOURS)
    if one.name in YOURS:
        assert YOURS[one.name] in places(found.figure(yours=three_of_four)) - plain_one
        assert found.alt(yours=three_of_four).endswith("Yours: 3 of 4.")


DOTTED = 40  # pixels of ink of a dotted line that crosses a word, where all is full


@every_figure
def test_what_is_written_into_a_figure_lies_on_nothing(one: Experiment):
    found, known = result_of(one), inspect.signature(one.kind.figure).parameters
    near = 0.7 if one.fresh is None else one.fresh.headline(found).share
    said = {"said": SAID[one.name][0]} if one.name in SAID else {}
    for right in {0.3, 0.75, near} if "yours" in known else {0}:
        sample = share([1] * round(20 * right) + [0] * round(20 - 20 * right))
        fig = found.figure(**said, **({"yours": sample} if "yours" in known else {}))
        settle(fig)
        words = [one for one in fig.findobj(Text) if one.get_text()]
        assert {one.get_family()[0] for one in words} == {face.LETTERS}
        ink = without_words(fig)
        for ax in fig.axes:
            boxes = [words.get_window_extent().padded(-1) for words in labels(ax)]
            assert max([0, *(lies_on(ink, box) for box in boxes)]) < DOTTED
            assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))
        plt.close(fig)


def test_no_file_is_of_an_experiment_that_is_gone():
    assert {path.stem for path in MEASURED.glob("*.json")} == {
        one.name for one in EXPERIMENTS
    }


@pytest.mark.rest
@every_experiment
def test_a_fresh_sample_lies_where_the_kept_result_says(one: Experiment):
    if one.fresh is None:
        return
    for (name,) in one.models:
        lm = load(name)
        found = kept.find(one, [lm])
        samples = [one.fresh.ask(lm, seed) for seed in (1, 2, 3)]
        asked = sum(sample.n for sample in samples)
        right = sum(round(sample.share * sample.n) for sample in samples)
        low, high = kept.expected(one.fresh.headline(found.result), asked)
        spare = (high - low) / 2  # twice as wide: hardly ever by chance
        assert low - spare <= right <= high + spare


def test_readings_decide_over_a_bare_sentence_more_than_over_a_note():
    """On both models: what lesson 9 says of its figure."""
    models = [load("fjord"), load("fjord-twin")]
    for one in kept.find(BY_READINGS, models).result.models:
        assert one.closed[1].share < 0.25 and one.closed[512].share > 0.9
        assert one.closed[0].share < 0.08
        assert all(found.share > 0.8 for found in one.noted.values())
        assert one.bare[1].share - one.bare[512].share > 0.2
        assert one.kept[1].share < 0.1 and one.kept[512].share > 0.6
        # far surer of what it makes up than it has reason to be
        assert one.sure.low > 5 * one.closed[0].share
