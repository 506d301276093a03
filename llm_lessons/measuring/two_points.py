"""Rows with two points each, such as on a page and in a chat."""

from collections.abc import Mapping, Sequence

from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from llm_lessons import figures
from llm_lessons.measuring.intervals import Share

SHIFT = 0.14  # of a row, from its middle to each point


def draw_rows(
    title: str,
    rows: Sequence[str],
    points: Mapping[str, Sequence[Share]],
    label: str,
) -> Figure:
    """Draws a row for each name, and in it a point with its interval for each of two.

    Args:
        title: what was found.
        rows: names of the rows, from the top.
        points: two names, and for each a share a row.
        label: what the shares are of.
    """
    looks = ((figures.NEUTRAL, "s", SHIFT), (figures.CHANCE, "o", -SHIFT))
    with figures.style():
        fig, ax = plt.subplots(figsize=(figures.WIDTH, 1.1 + 0.7 * len(rows)))
        for (name, shares), look in zip(points.items(), looks, strict=True):
            color, marker, shift = look
            y = [shift - row for row in range(len(rows))]
            figures.draw_share_rows(ax, y, shares, color, marker)
            ax.containers[-1].set_label(name)
        ax.set_yticks([-row for row in range(len(rows))], rows)
        ax.set(xlabel=label, xlim=(-0.03, 1.03), ylim=(0.5 - len(rows), 0.5))
        ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
        figures.set_title(fig, title)
    return fig
