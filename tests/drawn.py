"""What is drawn in a figure, for tests that read it back."""

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle


def bars(axes: Axes) -> list[Rectangle]:
    """The bars, in the order in which they were drawn."""
    return [patch for patch in axes.patches if isinstance(patch, Rectangle)]
