"""Cases counted and drawn: each mark is one case."""

import numpy as np

from llm_lessons.measuring import tally

OUTCOMES = (
    tally.Outcome("right", *tally.RIGHT),
    tally.Outcome("wrong", *tally.WRONG),
    tally.Outcome("neither", *tally.NEITHER),
)


def test_every_case_is_one_mark_in_its_row():
    rows = {"one\nrow": [0, 2, 0, 1], "another": [1, 1]}
    figure = tally.figure("Found", rows, OUTCOMES)
    (axes,) = figure.axes
    marks = [np.size(line.get_xdata()) for line in axes.lines]
    assert marks == [2, 1, 1, 0, 2, 0]
    assert [label.get_text() for label in axes.get_yticklabels()] == list(rows)
    told = tally.alt("Found", rows, OUTCOMES)
    assert told.startswith("Found. Rows of marks")
    assert "one row: 2 of 4 right, 1 of 4 wrong, 1 of 4 neither; another: 0" in told
