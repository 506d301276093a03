"""What is kept comes back as it was, and is refused where it is of something else."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring import kept
from llm_lessons.measuring.intervals import Share, share
from llm_lessons.measuring.kept import Experiment, NotKept
from tests.tiny import CONFIG, random_parameters, tokenizer


@dataclass(frozen=True)
class Found:
    """A result with what results are made of."""

    by_count: dict[int, Share]
    texts: tuple[str, ...]
    most: float | None


def measure(lm: LanguageModel, cases: int) -> Found:
    """Counts without asking."""
    right = {n: share([1.0] * n + [0.0]) for n in (1, 2, cases)}
    return Found(right, (lm.name, "ø\n"), float("inf"))


@pytest.fixture
def one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Experiment[Found]:
    """An experiment whose file lies in a folder of this test."""
    monkeypatch.setattr(kept, "MEASURED", tmp_path / "measured")
    # what is measured here is no code of a lesson's
    monkeypatch.setattr(kept, "code_digest", lambda function: function.__name__)
    return Experiment("x", measure, 20)


def tiny_model(name: str) -> LanguageModel:
    return LanguageModel(name, CONFIG, random_parameters(CONFIG), tokenizer())


def refusal(one: Experiment, lm: LanguageModel) -> str:
    with pytest.raises(NotKept) as why:
        kept.find(one, [lm])
    return str(why.value)


def test_it_comes_back_as_it_was_beside_that_of_other_models(one: Experiment[Found]):
    models = [tiny_model("a"), tiny_model("b")]
    written = [kept.measure_and_keep(one, [lm]) for lm in models]
    for lm, found in zip(models, written, strict=True):
        again = kept.find(one, [lm])
        assert again.result.texts == found.result.texts == (lm.name, "ø\n")
        assert again.result.most == float("inf")
        assert again.source == found.source and again.measured == found.measured
        assert [*again.result.by_count] == [1, 2, 20]
        for count, right in again.result.by_count.items():
            assert np.allclose(right, found.result.by_count[count], atol=1e-6)


def test_where_nothing_is_kept_it_is_measured(one: Experiment[Found]):
    lm = tiny_model("a")
    assert kept.result_of(one, lm).most == float("inf") and not one.path.exists()
    written = replace(kept.measure_and_keep(one, [lm]), result=Found({}, (), 1.0))
    kept.write(one, written)
    assert kept.result_of(one, lm) == Found({}, (), 1.0)


def test_any_weight_that_differs_refuses_it(one: Experiment[Found]):
    lm = tiny_model("a")
    kept.measure_and_keep(one, [lm])
    *firsts, last = lm.params.layers
    moved = replace(last, down=last.down.at[0, 0].add(1e-3))
    for params in (
        replace(lm.params, embedding=lm.params.embedding.at[-1, -1].add(1e-3)),
        replace(lm.params, layers=(*firsts, moved)),
    ):
        assert "other weights" in refusal(one, lm.with_params(params))
    kept.find(one, [lm])


def test_another_experiment_or_size_or_a_change_by_hand_refuses_it(
    one: Experiment[Found],
):
    lm = tiny_model("a")
    assert "No result is kept" in refusal(one, lm)
    kept.measure_and_keep(one, [lm])

    def another(lm: LanguageModel, cases: int) -> Found:
        return measure(lm, cases)

    assert "other code" in refusal(replace(one, measure=another), lm)
    assert "number of cases" in refusal(replace(one, cases=21), lm)
    assert "No result is kept" in refusal(one, tiny_model("b"))
    whole = one.path.read_text()
    numbers = [*re.finditer(r"0\.\d+", whole)]
    assert len(numbers) > 5
    for number in (numbers[0], numbers[-1]):
        one.path.write_text(whole[: number.start()] + "0.5" + whole[number.end() :])
        assert "by hand" in refusal(one, lm)
    one.path.write_text("no JSON")
    assert "No result is kept" in refusal(one, lm)


def test_nineteen_samples_in_twenty_lie_where_they_are_expected():
    rng = np.random.default_rng(0)
    inside = 0
    for _ in range(2_000):
        true = rng.uniform(0.05, 0.95)
        headline = share([rng.binomial(60, true) / 60] * 60)
        low, high = kept.expected(headline, 20)
        assert 0 <= low <= 20 * headline.share <= high <= 20
        inside += low <= rng.binomial(20, true) <= high
    assert 0.94 <= inside / 2_000 <= 0.995
