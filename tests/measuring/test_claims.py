"""A figure is judged by its bounds, and its table says so."""

import numpy as np
import pytest

from llm_lessons.measuring.claims import (
    Figure,
    Row,
    columns_of,
    goals,
    missed_in_words,
    parts_of,
    table,
)
from llm_lessons.measuring.intervals import Median, Number, bootstrap, share

HALF = share([1, 0])


@pytest.mark.parametrize(
    ("least", "most", "kept", "bound"),
    [
        (None, None, True, "reported"),
        (0.5, None, True, "at least 50 %"),
        (0.51, None, False, "at least 51 %"),
        (None, 0.5, True, "at most 50 %"),
        (None, 0.0, False, "at most 0 %"),
        (0.4, 0.6, True, "at least 40 %, at most 60 %"),
    ],
)
def test_a_figure_is_kept_within_its_bounds(least, most, kept, bound):
    figure = Figure("C1", "what", HALF, least, most)
    assert (figure.kept, figure.bound) == (kept, bound)


def test_other_figures_have_bounds_of_their_own_unit():
    assert Figure("C8", "what", Median(5, 4, 6, 9), most=10).bound == "at most 10"
    number = Number(5789184, "operations")
    figure = Figure("C13", "what", number, 5789184, 5789184)
    assert figure.kept and str(number) == "5,789,184 operations"
    assert figure.bound == "exactly 5,789,184 operations"
    figure = Figure("C1", "what", HALF, least=0.5, relative=True)
    assert figure.kept and figure.bound == "at least 50 % (relative)"


def test_the_table_has_a_column_for_each_model_and_marks_what_is_missed():
    good = Figure("C1", "good", HALF, least=0.5).row()
    bad = Figure("C2", "bad", HALF, most=0.4).row()
    better = Row("C2", "bad", "39 % (5–90)", "at most 40 %", True)
    columns = {"one": [good, bad], "twin": [good, better]}
    lines = table(columns).splitlines()
    assert lines[0] == "| claim | measured | one | twin | bound |"
    assert lines[2:] == [
        "| C1 | good | 50 % (9–91) | 50 % (9–91) | at least 50 % |",
        "| C2 | bad | 50 % (9–91) **missed** | 39 % (5–90) | at most 40 % |",
    ]
    assert columns_of(table(columns)) == columns
    assert goals([columns, columns]) == {"one": (2, 4), "twin": (0, 4)}
    with pytest.raises(ValueError, match="have not measured the same: good"):
        table({"one": [good], "twin": [good._replace(what="bad")]})


def test_a_card_tells_which_of_the_meant_goals_a_model_has_missed():
    def rows(of: str, right: int, count: int) -> list[Row]:
        found = share([1] * right + [0] * (10 - right))
        figures = [Figure("C1", f"{of} {i}", found, least=0.5) for i in range(count)]
        return [*(one.row() for one in figures), Figure("C1", of, found).row()]

    one, many = {"fjord": rows("few", 9, 2)}, {"fjord": rows("many", 2, 5)}
    card = f"# A\n\n### one\n\nC1.\n\n{table(one)}\n### many\n\nC1.\n\n{table(many)}"
    assert parts_of(card) == {"one": one, "many": many}
    assert missed_in_words(card, "fjord", "few.*") == ""
    assert missed_in_words(card, "fjord", "many") == ""  # reported, without a goal
    assert missed_in_words(card, "twin", ".*") == ""
    told = missed_in_words(card, "fjord", "(few|many) 1")
    assert "20 % (6–51)" in told and "at least 50 %" in told and "few" not in told
    told = missed_in_words(card, "fjord", ".*")
    assert (
        told.startswith("5 of 7 goals")
        and "many 0" in told
        and told.count("at least") == 1
    )


def test_a_bootstrap_holds_the_truth_about_as_often_as_it_says():
    rng = np.random.default_rng(0)
    held = 0
    for _ in range(200):
        values = rng.exponential(size=60)
        found = bootstrap(lambda i, v=values: float(v[i].mean()), 60, "s", draws=200)
        assert found.value == pytest.approx(values.mean())
        assert found.low is not None and found.high is not None
        held += found.low < 1 < found.high
    assert 170 <= held <= 199
