"""Each result that is kept is of today's models and today's experiment."""

import pytest

from llm_lessons.lessons.kept import EXPERIMENTS
from llm_lessons.lessons.working_memory.how_often_read import BY_READINGS
from llm_lessons.loading import load
from llm_lessons.measuring import kept
from llm_lessons.measuring.kept import MEASURED, Experiment


@pytest.fixture(autouse=True, scope="module")
def writers() -> None:
    """All code is as it was when the results were measured: see `conftest`."""


every_experiment = pytest.mark.parametrize("one", EXPERIMENTS, ids=lambda one: one.name)


@every_experiment
def test_what_is_kept_is_of_these_weights_and_this_code(one: Experiment):
    for names in one.models:
        found = kept.find(one, [load(name) for name in names])  # NotKept says why
        assert isinstance(found.result, one.kind)


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
