"""A figure's title: short, drawn, and at the start of its text alternative."""

from typing import Protocol

from matplotlib import pyplot as plt
from matplotlib.figure import Figure

LONGEST = 60  # letters in a line, to fit a figure 6.4 inches wide


class Titled(Protocol):
    """What is shown in lessons."""

    def title(self) -> str: ...
    def alt(self) -> str: ...
    def figure(self) -> Figure: ...


def title_of(found: Titled) -> str:
    """Its title, with plain spaces, once it is seen to be drawn and read out."""
    title, figure = found.title(), found.figure()
    drawn = figure.get_suptitle() or figure.axes[0].get_title("left")
    plt.close(figure)
    assert drawn == title and found.alt().startswith(f"{title}. ")
    assert max(map(len, title.split("\n"))) <= LONGEST
    return title.replace("\u00a0", " ")
