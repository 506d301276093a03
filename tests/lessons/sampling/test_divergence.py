"""Where two runs part, against their definition and against the texts they write."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_lessons.lessons.sampling import divergence as apart
from llm_lessons.lessons.sampling.divergence import divergence, parting
from tests import tiny

RUNS = st.lists(st.integers(0, 2), max_size=8)
PROMPTS = ["The fox found", "Anna paid $12 for", "Step by step:", "The old man"] * 3


@given(RUNS, RUNS)
def test_runs_part_right_behind_all_that_they_share(one, other):
    at, places = parting(one, other), min(len(one), len(other))
    if at == math.inf:
        assert one == other
    else:
        shared = int(at) - 1
        assert one[:shared] == other[:shared]
        assert one[: shared + 1] != other[: shared + 1]  # one of them may have ended
    # what is alike behind it: the places that agree, less those before
    found = apart.alike(one, other)
    if at >= places:
        assert found is None
    else:
        agree = sum(a == b for a, b in zip(one, other, strict=False))
        assert found == pytest.approx((agree - at + 1) / (places - at))


def test_up_to_there_the_texts_are_the_same_and_from_there_on_they_differ():
    """The second runs' seeds begin where those of the first end."""
    params = tiny.model().params  # surer of itself: its runs stay together for a while
    lm = tiny.model().with_params(replace(params, final_norm=4 * params.final_norm))
    seed, other = 5, 5 + len(PROMPTS)
    parted = divergence(lm, PROMPTS, seed=seed)
    assert len(parted.parted_at) == len(PROMPTS)
    assert len({at for at in parted.parted_at if 1 < at < math.inf}) > 2
    for i, at in enumerate(parted.parted_at):

        def written(tokens: float, seed: int, prompt: str = PROMPTS[i]) -> str:
            most = min(tokens, apart.LENGTH)
            return lm.generate(prompt, int(most), seed=seed) if most else ""

        assert written(at - 1, seed + i) == written(at - 1, other + i)
        if at <= apart.LENGTH:
            assert written(at, seed + i) != written(at, other + i)
