"""Where two runs part, against their definition and against the texts they write."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.sampling import divergence as apart
from llm_lessons.lessons.sampling.divergence import Divergence, divergence, parting
from tests import tiny

RUNS = st.lists(st.integers(0, 2), max_size=8)
PROMPTS = ["The fox found", "Anna paid $12 for", "Step by step:", "The old man"] * 3


@given(RUNS, RUNS)
def test_runs_part_right_behind_all_that_they_share(one, other):
    at = parting(one, other)
    assert parting(other, one) == at
    if at == math.inf:
        assert one == other
    else:
        shared = int(at) - 1
        assert one[:shared] == other[:shared]
        assert one[: shared + 1] != other[: shared + 1]


def test_a_run_that_ends_parts_from_one_that_goes_on():
    assert parting([], []) == math.inf
    assert parting([5, 6], [5, 6, 7]) == 3
    assert parting([], [5]) == 1


@pytest.fixture(scope="module")
def lm() -> LanguageModel:
    """The tiny model, but surer of itself: its runs stay together for a while."""
    params = tiny.model().params
    sure = replace(params, final_norm=4 * params.final_norm)
    return tiny.model().with_params(sure)


@pytest.fixture(scope="module")
def parted(lm) -> Divergence:
    return divergence(lm, PROMPTS, seed=5)


def test_other_seeds_part(lm, parted):
    assert len(parted.parted_at) == len(PROMPTS)
    assert parted.within(apart.LENGTH).share > 0.8
    assert parted.parted_at != divergence(lm, PROMPTS, seed=50).parted_at


def test_up_to_there_the_texts_are_the_same_and_from_there_on_they_differ(lm, parted):
    """The second runs' seeds begin where those of the first end."""
    seed, other = 5, 5 + len(PROMPTS)
    assert len({at for at in parted.parted_at if 1 < at < math.inf}) > 2
    for i, at in enumerate(parted.parted_at):

        def written(tokens: float, seed: int, prompt: str = PROMPTS[i]) -> str:
            most = min(tokens, apart.LENGTH)
            return lm.generate(prompt, int(most), seed=seed) if most else ""

        assert written(at - 1, seed + i) == written(at - 1, other + i)
        if at <= apart.LENGTH:
            assert written(at, seed + i) != written(at, other + i)


def test_share_and_median_of_known_pairs():
    found = Divergence((1, 2, 2, 3, 5, 40, math.inf, math.inf))
    assert found.median == (4, 1, math.inf, 8)
    assert found.within(2)[::3] == (3 / 8, 8)
    assert [found.within(n).share for n in (0, 5, 40)] == [0, 5 / 8, 6 / 8]


def test_where_they_part_in_words():
    found = Divergence((1, 2, 2, 3, 5, 40, math.inf, math.inf))
    assert found.sentence().replace("\u00a0", " ") == (
        "Of 8 pairs of runs, half have parted by token 4, and 62 % within 10 tokens "
        "(95 % interval 31 to 86 %); 2 stayed together over all 40 tokens."
    )
    assert ": 88 % after 1, 62 % after 2, 50 % after 3, 38 % after 5," in (
        found.alt().replace("\u00a0", " ")
    )


@given(RUNS, RUNS)
def test_what_is_alike_lies_behind_the_parting(one, other):
    """Counted from the other end: the places that agree, less those before."""
    at, places = parting(one, other), min(len(one), len(other))
    found = apart.alike(one, other)
    if at >= places:
        assert found is None
    else:
        agree = sum(a == b for a, b in zip(one, other, strict=False))
        assert found == pytest.approx((agree - at + 1) / (places - at))
