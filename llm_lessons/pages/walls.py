"""A lesson's figure as a room's screen shows it: large letters, the evening's language.

The lesson draws it as it always does. Then it becomes as wide as the screen, and all of
its letters as large as the screen's smallest; its words are told in another language;
and its title goes, for the sentence below says the same.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter, ScalarFormatter

from llm_lessons import figures
from llm_lessons.figures.svg import in_lines

# Points. A screen of 1280 pixels gives a figure 1232 of them, and 32 to a letter; of
# its height, a sentence of three lines leaves it a third of that width.
WIDTH, HEIGHT = 423, 146
LETTERS = 11.2


@contextmanager
def on_the_wall(names: Mapping[str, str], decimal: str = ".") -> Iterator[None]:
    """Within it, figures are shown as on a screen."""
    to_svg = figures.to_svg

    def enlarged(fig: Figure, *, alt: str) -> str:
        redraw(fig, names, decimal)
        return to_svg(fig, alt=alt)

    figures.to_svg = enlarged
    try:
        yield
    finally:
        figures.to_svg = to_svg


def redraw(fig: Figure, names: Mapping[str, str], decimal: str = ".") -> None:
    """Make a figure one for a screen: its size, its letters, its words."""
    fig.set_size_inches(WIDTH / 72, HEIGHT / 72)
    fig.suptitle("")
    fig.supxlabel("").set_in_layout(False)  # what its intervals are
    for ax in fig.axes:
        for place in ("left", "center", "right"):
            ax.set_title("", loc=place)
        ax.tick_params(labelsize=LETTERS)
        for axis in (ax.xaxis, ax.yaxis):
            if isinstance(axis.get_major_formatter(), ScalarFormatter):
                axis.set_major_formatter(FuncFormatter(partial(_number, decimal)))
    for text in fig.findobj(Text):
        assert isinstance(text, Text)
        text.set_fontsize(LETTERS)
        written = text.get_text()
        if told := names.get(" ".join(written.split())):
            text.set_text(in_lines(told, written.count("\n") + 1))
    fig.draw_without_rendering()
    for ax in fig.axes:
        label = ax.yaxis.label
        if label.get_window_extent().height > ax.get_window_extent().height:
            label.set_text(in_lines(label.get_text(), 2))


def _number(decimal: str, value: float, _: int) -> str:
    return f"{value:g}".replace(".", decimal)
