"""The Python side of the tree of what could have been said."""

from itertools import product

import numpy as np
import pytest

from llm_lessons.lessons.sampling.forks import BRANCHES
from llm_lessons.widgets import BranchTree
from tests import tiny

PROMPT = "The fox found a"


@pytest.fixture(scope="module")
def tree() -> BranchTree:
    return BranchTree(tiny.model(), PROMPT)


def odds(path: list[int]) -> np.ndarray:
    """Probabilities behind prompt and path, in float64, by the whole text."""
    lm = tiny.model()
    text = PROMPT + lm.tokenizer.decode(path)
    assert lm.encode(text) == [*lm.encode(PROMPT), *path]
    scores = lm.logits(text).astype(float)
    weights = np.exp(scores - scores.max())
    return weights / weights.sum()


def test_a_path_has_a_text_and_the_product_of_its_chances(tree):
    lm = tiny.model()
    assert (tree.text, tree.chance) == (PROMPT, 1)
    found, forks = 0, tree._answers["prompt"]["value"]["forks"]
    for first, second in product(range(BRANCHES), range(BRANCHES)):
        start = forks[""]["likeliest"][first][0]
        path = [start, forks[str(start)]["likeliest"][second][0]]
        text = PROMPT + lm.tokenizer.decode(path)
        if lm.encode(text) != [*lm.encode(PROMPT), *path]:
            continue  # its text is cut into other tokens
        tree.path = path
        assert tree.text == text
        expected = odds([])[path[0]] * odds(path[:1])[path[1]]
        assert tree.chance == pytest.approx(expected, rel=1e-3)
        found += 1
    assert found > 3
    tree.path = []
    with pytest.raises(ValueError, match="is no path in the tree"):
        tree.path = [int(odds([]).argmin())]
    assert tree.path == []
