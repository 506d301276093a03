"""The Python side of the tree of what could have been said."""

from itertools import product

import numpy as np
import pytest

from llm_lessons.widgets import BranchTree
from llm_lessons.widgets.branch_tree import AHEAD, NEAR, RARE, SURE, WIDTH
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


def test_forks_near_the_prompt_are_read_before_all_others(tree):
    forks = tree._forks

    def is_near(path: list[str]) -> bool:
        ways = (forks[".".join(path[:i])]["likeliest"] for i in range(len(path)))
        shares = [dict(way)[int(one)] for way, one in zip(ways, path, strict=True)]
        choices = sum(share < SURE for share in shares)
        return choices <= NEAR and bool(np.prod(shares) > RARE)

    read = [key.split(".") if key else [] for key in forks]
    behind = [
        [*path, str(token)]
        for path, fork in zip(read, forks.values(), strict=True)
        for token, _ in fork["likeliest"]
        if token not in tree._stops
    ]
    assert AHEAD <= len(forks) < AHEAD + 8 and 5 < sum(map(is_near, read)) < AHEAD
    assert not any(is_near(path) for path in behind if path not in read)


def test_a_path_has_a_text_and_the_product_of_its_chances(tree):
    lm = tiny.model()
    assert (tree.text, tree.chance) == (PROMPT, 1)
    found = 0
    for first, second in product(range(WIDTH), range(WIDTH)):
        start = tree._forks[""]["likeliest"][first][0]
        path = [start, tree._forks[str(start)]["likeliest"][second][0]]
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
