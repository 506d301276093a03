"""What is drawn in a figure, for tests that read it back."""

from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle


def bars(axes: Axes) -> list[Rectangle]:
    """The bars, in the order in which they were drawn."""
    return [patch for patch in axes.patches if isinstance(patch, Rectangle)]


def title_of(figure: Figure) -> str:
    """Its title as one line."""
    return figure.get_suptitle().replace("\n", " ")


def assert_titled(figure: Figure, title: str, alt: str) -> None:
    """The title is drawn, told to people who don't see it, and fits into a line."""
    assert title.replace("\n", " ") == title_of(figure)
    assert f"{title}." in alt
    assert max(map(len, title.split("\n"))) <= 60
    plt.close(figure)
