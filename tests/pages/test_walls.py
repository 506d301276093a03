"""A figure for a screen: its letters, its words, its size."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from matplotlib.text import Text

from llm_lessons import figures
from llm_lessons.figures import in_lines
from llm_lessons.pages import walls
from llm_lessons.pages.walls import on_the_wall, redraw

NAMES = {"a long name": "et langt navn", "how much": "så mye av det hele som mulig"}


def drawing() -> Figure:
    """What a lesson may draw."""
    with figures.style():
        fig, ax = plt.subplots()
        ax.plot([0, 0.5, 1], [0, 1, 0])
        ax.annotate("a long\nname", (0.5, 0.5))
        ax.set(xlabel="nobody tells it", ylabel="how much", title="It rises.")
        fig.suptitle("It rises.", size=30)
    return fig


def test_all_letters_are_as_large_and_the_words_are_those_of_the_language():
    fig = drawing()
    redraw(fig, NAMES, ",")
    fig.draw_without_rendering()
    seen = [one for one in fig.findobj(Text) if isinstance(one, Text)]
    seen = [one for one in seen if one.get_text() and one.get_visible()]
    assert {one.get_fontsize() for one in seen} == {walls.LETTERS}
    words = {one.get_text() for one in seen}
    assert {"et langt\nnavn", "nobody tells it", "0,2", "0", "1"} <= words
    assert "så mye av det\nhele som mulig" in words  # longer than its axis is high
    assert "It rises." not in words
    plt.close(fig)


def test_what_is_shown_afterwards_is_as_ever():
    before = figures.to_svg(drawing(), alt="A curve.")
    with pytest.raises(ZeroDivisionError), on_the_wall({}):
        on_it = figures.to_svg(drawing(), alt="A curve.")
        raise ZeroDivisionError
    assert f'viewBox="0 0 {walls.WIDTH} {walls.HEIGHT}"' in on_it
    assert figures.to_svg(drawing(), alt="A curve.") == before
    plt.close("all")


@given(st.lists(st.text("abc", min_size=1), min_size=1, max_size=6), st.integers(1, 3))
def test_lines_are_few_and_short(words: list[str], most: int):
    found = in_lines(" ".join(words), most)
    assert found.split() == words and found.count("\n") < most
    longest = max(map(len, found.split("\n")))
    assert longest >= max(map(len, words))
    if most > 1:  # no break in two would be better
        pairs = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(len(words))]
        assert longest <= min(max(map(len, pair)) for pair in pairs)
