"""What the control came to is read from its log, and told as it is."""

from collections.abc import Mapping, Sequence

import numpy as np

from llm_lessons.lessons.per_token_compute import practice_or_depth
from llm_lessons.lessons.per_token_compute.practice_or_depth import Control, Look
from llm_lessons.measuring.intervals import share
from tests.titled import plain, title_of


def looks_of(rights: Mapping[int, Sequence[float]]) -> list[Look]:
    """Looks at models of several depths, after 100 texts, 9,000, and so on.

    With 1 change all is right, and with 2 and 6 what is given.
    """
    return [
        Look(
            *(layers, documents, changes),
            share(i < 200 * (1 if changes == 1 else part) for i in range(200)),
        )
        for layers, parts in rights.items()
        for documents, part in zip((100, 9_000, 18_000), parts, strict=False)
        for changes in (6, 1, 2)
    ]


def told(rights: Mapping[int, Sequence[float]]) -> Control:
    return Control(tuple(looks_of(rights)))


def test_all_looks_are_drawn_and_the_last_ones_told():
    found = told({8: (0, 1), 1: (0, 0)})
    sentence = "1 change: 1 layer 100 %, 8 layers 100 %; for 6 changes: 1 layer 0 %, 8"
    assert sentence in plain(found.sentence())
    assert "6 changes: 1 layer 0 %, 0 %, 8 layers 0 %, 100 %." in plain(found.alt())
    assert title_of(found) == "With 6 changes, right at once: 0 % to 100 %"
    lines = [
        [bars[0].get_xydata() for bars in ax.containers] for ax in found.figure().axes
    ]
    heights = [[line[:, 1].tolist() for line in some] for some in lines]
    assert heights == [[[1, 1], [1, 1]], [[0, 0], [0, 1]]]
    assert np.allclose([line[:, 0] for line in lines[1]], [100, 9000], rtol=0.1)


def test_what_is_kept_covers_every_depth_and_number_of_changes():
    found = practice_or_depth.read()
    for changes in range(1, 7):
        rights = found.of(changes)
        assert [*rights] == [1, 2, 4]
        assert {len(own) for own in rights.values()} == {6}


def test_the_best_depth_those_behind_and_the_least_practice_are_told():
    found = told({1: (0, 0.1, 0.12), 2: (0, 0.8, 0.95), 4: (0, 0.3, 0.69)})
    assert plain(found.conclusion()) == (
        "With 6 changes, 2 layers do best, in one training each; clearly less: 1 "
        "layer, 4 layers. Between 9,000 and 18,000 texts, 4 layers gained 39 points."
    )
    assert "clearly" not in told({1: (0.5, 0.9), 2: (0.5, 0.92)}).conclusion()
    beside = plain(found.beside(6))
    assert "with 2 layers instead of Fjord's 6, and so with less work" in beside
    assert "with 9,000 texts of every kind" in beside and "80 % right" in beside
    assert "less work" not in found.beside(2)
    none = plain(told({1: (0, 0.1), 2: (0, 0.4)}).beside(6))
    assert "the best of them has 40 % right with 6 changes." in none
