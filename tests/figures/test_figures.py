"""Every figure has words, ids of its own, and colours for both themes."""

import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.text import Annotation

from llm_lessons import figures

SVG = "{http://www.w3.org/2000/svg}"


def draw():
    with figures.style():
        fig, ax = plt.subplots()
        x = np.linspace(0, 2, 30)
        for i, color in enumerate(figures.COLORS):
            ax.plot(x, np.exp(-i * x), marker="o")
            ax.fill_between(x, 0, np.exp(-i * x), alpha=0.1)
            ax.annotate(f"line {i}", (2, np.exp(-2 * i)), color=color)
        ax.set(title="Decay", xlabel="temperature", ylabel="share of answers")
    return fig


@pytest.fixture
def fig():
    fig = draw()
    yield fig
    plt.close(fig)


def test_is_shown_as_an_image_with_a_text_alternative_and_closed(fig, monkeypatch):
    shown, alt = [], 'Four curves; the "lowest" falls & stays < 0.1'
    monkeypatch.setattr(figures, "display", shown.append)
    figures.show(fig, alt=alt)
    svg = ET.fromstring(shown[0]._repr_html_())
    assert svg.get("role") == "img" and svg.get("aria-label") == alt
    title = svg.find(f"{SVG}title")
    assert title is not None and title.text == alt
    assert repr(shown[0]) == f"[Figure: {alt}]"
    assert not plt.fignum_exists(fig.number)


def test_ids_are_its_own_and_all_references_are_met(fig):
    svg = figures.to_svg(fig, alt="curves")
    assert svg == figures.to_svg(draw(), alt="curves")  # the same, the same text
    ids = re.findall(r'\bid="(.*?)"', svg)
    assert len(ids) == len(set(ids))
    references = re.findall(r'href="#(.*?)"|url\(#(.*?)\)', svg)
    assert {a or b for a, b in references} <= set(ids)
    fig.axes[0].set_title("Another")
    assert not set(ids) & set(re.findall(r'\bid="(.*?)"', figures.to_svg(fig, alt="x")))


def test_follows_the_theme(fig):
    svg = figures.to_svg(fig, alt="curves")
    assert "currentColor" in svg
    assert "#000000" not in svg  # black would vanish on a dark page
    assert "#ffffff" not in svg
    for number, color in enumerate(figures.COLORS, 1):
        assert f"var(--ll-figure-{number}, {color})" in svg


@pytest.mark.parametrize("end", [0, 0.05, 0.5, 1])
def test_names_of_curves_that_end_together_stand_apart_and_on_the_axis(end):
    _, ax = plt.subplots()
    ax.set_ylim(-0.04, 1.06)
    heights = {"a": end, "b": 0.99 * end, "c": end, "d": 0.6}
    ends = [(name, height, figures.CHANCE) for name, height in heights.items()]
    figures.name_ends(ax, 1, ends, room=0.11)
    places = sorted(text.xy[1] for text in ax.texts if isinstance(text, Annotation))
    assert [text.get_text() for text in ax.texts] == sorted(
        heights, key=lambda name: heights[name]
    )
    assert len(places) == 4 and places[0] > -0.04 and places[-1] < 1.06
    assert min(b - a for a, b in pairwise(places)) > 0.1
