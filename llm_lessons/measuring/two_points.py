"""Rows with a point or two each, such as on a page and in a chat, or for each model."""

from collections.abc import Mapping, Sequence

from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from llm_lessons import figures
from llm_lessons.measuring.intervals import Share

SHIFT = 0.14  # of a row, from its middle to each of two points
LOOKS = ((figures.NEUTRAL, "s"), (figures.CHANCE, "o"))


def draw_rows(
    title: str,
    rows: Sequence[str],
    points: Mapping[str, Sequence[Share | None]],
    label: str = "",
    looks: Sequence[tuple[str, str]] = LOOKS,
) -> Figure:
    """Draws a row for each name, and in it a point with its interval for each of some.

    Args:
        title: what was found.
        rows: names of the rows, from the top.
        points: names, and for each a share a row, or None.
        label: what the shares are of.
        looks: colour and marker of each of the names.
    """
    middle, step = (len(points) - 1) / 2, min(2 * SHIFT, 0.7 / max(1, len(points)))
    with figures.style():
        height = 1.1 + max(0.7, 0.2 * len(points)) * len(rows)
        fig, ax = plt.subplots(figsize=(figures.WIDTH, height))
        for place, ((name, shares), look) in enumerate(
            zip(points.items(), looks, strict=False)
        ):
            shift = step * (middle - place)
            drawn = [(shift - i, share) for i, share in enumerate(shares) if share]
            y, counted = [y for y, _ in drawn], [share for _, share in drawn]
            figures.draw_share_rows(ax, y, counted, *look)
            ax.containers[-1].set_label(name)
        ax.set_yticks([-row for row in range(len(rows))], rows)
        ax.set(xlabel=label, xlim=(-0.03, 1.03), ylim=(0.5 - max(1, len(rows)), 0.5))
        if points:  # of whose names three fit into a line
            size = 12 if len(points) < 3 else 10
            place = (1.02, 1.0)
            ax.legend(loc="lower right", bbox_to_anchor=place, ncols=3, fontsize=size)
        figures.set_title(fig, title)
    return fig
