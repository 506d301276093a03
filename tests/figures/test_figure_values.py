"""What shows when one points at a mark: its own numbers, as its axes name them."""

import xml.etree.ElementTree as ET

import matplotlib.pyplot as plt
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.ticker import PercentFormatter

from llm_lessons import figures

SVG = "{http://www.w3.org/2000/svg}"


def titles(fig) -> list[str]:
    picture = ET.fromstring(figures.to_svg(fig, alt="Marks to point at, in a test."))
    plt.close(fig)
    return [one.text or "" for one in picture.iter(f"{SVG}title")][1:]


def test_points_with_intervals_on_an_axis_of_percent():
    fig, ax = plt.subplots()
    ax.errorbar([1, 2, 16], [0.1, 0.5, 0.9], [[0.1, 0.2, 0.1], [0.1] * 3], marker="o")
    ax.yaxis.set_major_formatter(PercentFormatter(1))
    assert titles(fig) == [
        "1: 10 %, 0 % to 20 %",
        "2: 50 %, 30 % to 60 %",
        "16: 90 %, 80 % to 100 %",
    ]


def test_rows_and_columns_are_called_by_their_names_and_a_scale_is_not():
    fig, ax = plt.subplots()
    ax.errorbar(
        [0.25, 3.5], [0.1, -0.9], xerr=[0.05, 0.5], marker="s", linestyle="none"
    )
    ax.set_yticks([0, -1], ["with the note", "without"])
    assert titles(fig) == ["with the note: 0.25, 0.2 to 0.3", "without: 3.5, 3 to 4"]
    fig, ax = plt.subplots()
    ax.plot([0.05, 1.05, 2.05], [10, 20, 12_000], "o-")
    ax.set_xticks([0, 1, 2], ["1", "8", "64"])
    assert titles(fig) == ["1: 10", "8: 20", "64: 12,000"]
    fig, ax = plt.subplots()
    ax.plot([2.3, 3.2], [1, 2], "o")
    ax.set_xticks([0.5, 1, 2, 4], ["½", "1", "2", "4"])
    assert titles(fig) == ["2.3: 1", "3.2: 2"]


def test_bars():
    for draw, ticks in (("bar", "set_xticks"), ("barh", "set_yticks")):
        fig, ax = plt.subplots()
        getattr(ax, draw)([0, 1], [3, 4.5])
        getattr(ax, ticks)([0, 1], ["xz", "<Fjord>"])
        assert titles(fig) == ["xz: 3", "<Fjord>: 4.5"]


@settings(max_examples=20)  # each of which is drawn
@given(st.lists(st.floats(-100, 100), min_size=1, max_size=20, unique=True))
def test_every_mark_has_the_words_of_its_own_place(xs: list[float]):
    fig, ax = plt.subplots()
    ax.plot(xs, np.arange(len(xs)), "o")
    ax.plot(xs, np.arange(len(xs)) + 100, "s")
    found = titles(fig)
    expected = [f"{x:.3g}: {y:.3g}" for k in (0, 100) for y, x in enumerate(xs, k)]
    assert found == expected
