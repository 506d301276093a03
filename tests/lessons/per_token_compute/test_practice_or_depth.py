"""What the control came to is read from its log, and told as it is."""

import numpy as np

from llm_lessons.lessons.per_token_compute import practice_or_depth, shallow_and_deep
from llm_lessons.measuring.intervals import share
from tests.titled import title_of


def test_all_looks_are_drawn_and_the_last_ones_told(tmp_path):
    path = tmp_path / "log.csv"
    shallow_and_deep.write_log(
        path,
        [
            shallow_and_deep.Look(layers, read, changes, share([right, right]))
            for layers in (8, 1)
            for read, right in ((100, 0), (9000, 1 if layers == 8 else 0))
            for changes in (1, 2, 6)
        ],
    )
    found = practice_or_depth.read(path)
    assert [*found.by_depth] == [1, 8] and found.changes == [1, 2, 6]
    assert {look.documents for look in found.by_depth[8]} == {9000}
    sentence, alt = (
        text.replace("\u00a0", " ") for text in (found.sentence(), found.alt())
    )
    assert "1 change: 1 layer 0 %, 8 layers 100 %; for 6 changes: 1 la" in sentence
    assert "1 change: 1 layer 0 %, 0 %, 8 layers 0 %, 100 %; 6 changes: 1 la" in alt
    for ax in found.figure().axes:
        lines = [bars[0].get_xydata() for bars in ax.containers]
        assert [line[:, 1].tolist() for line in lines] == [[0, 0], [0, 1]]
        assert np.allclose([line[:, 0] for line in lines], [100, 9000], rtol=0.1)


def told(rows: dict[int, list[float]]) -> str:
    """What is said of depth, from shares of right answers to 200 questions."""
    found = practice_or_depth.Control(tuple(looks_of(9000, rows)))._depth()
    return found.replace("\u00a0", " ")


def title(rows: dict[int, list[float]]) -> str:
    """The title of a figure of shares of right answers to 200 questions."""
    return title_of(practice_or_depth.Control(tuple(looks_of(9000, rows))))


def looks_of(read: int, rows: dict[int, list[float]]) -> list[shallow_and_deep.Look]:
    """Looks at models of several depths, with one change more in each column."""
    return [
        shallow_and_deep.Look(
            layers, read, changes, share(n < 200 * part for n in range(200))
        )
        for layers, parts in rows.items()
        for changes, part in enumerate(parts, 1)
    ]


def test_what_depth_brings_is_told_where_the_intervals_lie_apart():
    some = told({1: [1, 0.1, 0.1, 0.05], 4: [0, 0, 0.3, 0], 8: [1, 0.8, 0, 0.06]})
    assert "with 2 and 3 changes. Even with 4 changes, the best model has 6 %" in some
    none = told({1: [1, 0.6], 2: [0.99, 0.62]})
    assert "no deeper model" in none and "the best model has 62 %" in none
    one = told({1: [0.06, 0.04], 2: [0.1, 0.04], 8: [0.3, 0.1]})
    assert "with 1 change. Even with 2 changes, the best model has 10 %" in one


def test_where_more_layers_stop_to_help_is_told():
    found = {1: [0.4, 0.1], 2: [0.98, 0.85], 4: [0.99, 0.88]}
    assert "with every number of changes. More than 2 layers brought no" in told(found)
    assert "Even with 2 changes, the best model has 88 %" in told(found)
    assert title(found) == "No gain here beyond 2 layers; 88 % right with 2 changes"
    late = {1: [0.4, 0.1, 0.1], 2: [0.98, 0.9, 0.9], 4: [0.99, 0.6, 0.7]}
    assert "4 layers are even clearly behind with 2 and 3 changes" in told(late)
    assert "the best model has 90 %" in told(late)


def test_the_log_of_this_repository_covers_every_depth_and_number_of_changes():
    found = practice_or_depth.read()
    assert [*found.by_depth] == [*shallow_and_deep.DEPTHS]
    for looks in found.by_depth.values():
        assert [look.changes for look in looks] == [*range(1, 7)]


def test_the_title_says_whether_layers_help_and_how_far():
    assert title({1: [0.5, 0.04], 2: [0.9, 0.02]}) == (
        "More layers help; 4 % right with 2 changes"
    )
    for rows in (
        {1: [0.9, 0.04], 2: [0.9, 0.1]},
        {1: [0.9, 0.9], 2: [0.1, 0.1]},
        {4: [0.9, 0.9]},
    ):
        assert title(rows) == "No clear gain from more layers"
