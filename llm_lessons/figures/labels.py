"""Words beside what they name, and on nothing else.

Where a learner's own sample and guess fall, nobody knows beforehand. So a figure is
drawn once without its labels, and each label then looks for the nearest place where
there is no ink.
"""

import io
import itertools

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox

LABEL = "label"  # by which those are known that may be moved,
MARK = "label of a mark"  # and those that a thin line ties to their mark if need be
REACH, STEP = 72, 3  # pixels that a label is moved at the most, and from try to try
AIR = 2  # pixels around words that are kept free
PALE = 0.4  # how opaque grids, bands and the lines of single runs are at the most
CROSSED = 30  # what it costs, in pixels of ink, to lie on anything
FAR = 0.5  # what a pixel of distance counts against one of ink
LOST = 40  # and from where on each counts double and more
SHIFT = 0.1  # and one from where the words were put
TIED = 16  # pixels from a mark on which its words need a line
ROUNDS = 2  # for the axes get another size if words that stick out are moved


def settle(fig: Figure) -> None:
    """Move the labels of a figure that lie on something; the others stay."""
    if not any(map(labels, fig.axes)):
        return
    for _ in range(ROUNDS):
        ink = without_words(fig)
        for ax in fig.axes:
            for words in set(ax.texts).difference(labels(ax)):
                _cover(ink, words.get_window_extent())
            for words in labels(ax):
                _cover(ink, _put(words, ax, ink))
    for ax in fig.axes:
        for words in labels(ax):
            if words.get_label() == MARK:
                _tie(words, ax)


def labels(ax: Axes) -> list[Annotation]:
    """Those that may be moved, in the order in which they were written."""
    return [
        words
        for words in ax.texts
        if isinstance(words, Annotation) and words.get_label() in (LABEL, MARK)
    ]


def lies_on(ink: np.ndarray, box: Bbox) -> float:
    """How much ink there is below words, in pixels."""
    height = len(ink)
    x0, x1 = max(0, round(box.x0)), round(box.x1)
    rows = slice(max(0, height - round(box.y1)), height - round(box.y0))
    return float(ink[rows, x0:x1].sum())


def without_words(fig: Figure) -> np.ndarray:
    """A figure's ink, [rows columns], between 0 and 1, without words in its axes."""
    words = [text for ax in fig.axes for text in ax.texts]
    opaque = [word.get_alpha() for word in words]
    for word in words:  # one that can't be seen would take no place
        word.set_alpha(0)
    file = io.BytesIO()
    fig.savefig(file, format="rgba", dpi=fig.dpi, transparent=True)
    for label, alpha in zip(words, opaque, strict=True):
        label.set_alpha(alpha)
    width, height = fig.canvas.get_width_height()
    found = np.frombuffer(file.getvalue(), np.uint8).reshape(height, width, 4)
    ink = found[:, :, 3] / 255
    return np.where(ink > PALE, ink, 0.0)


def _cover(ink: np.ndarray, box: Bbox) -> None:
    """Note that words stand here."""
    height = len(ink)
    x0, x1 = max(0, int(box.x0)), int(np.ceil(box.x1))
    top, bottom = max(0, height - int(np.ceil(box.y1))), height - int(box.y0)
    ink[top:bottom, x0:x1] = 1


def _put(words: Annotation, ax: Axes, ink: np.ndarray) -> Bbox:
    """Move words to where they lie on least; returns the place that they then take."""
    first = words.get_window_extent()
    if lies_on(ink, first.padded(AIR)) == 0:
        return first
    anchor = ax.transData.transform(words.xy)
    near = _distance(first, anchor)
    x0, y0, x1, y1 = Bbox.union([ax.bbox, first]).extents
    tries = range(-REACH, REACH + 1, STEP)

    def cost(by: tuple[int, int]) -> float:
        box = first.translated(*by)
        if not (x0 <= box.x0 and y0 <= box.y0 and box.x1 <= x1 and box.y1 <= y1):
            return np.inf
        away = max(0.0, _distance(box, anchor) - near)
        away = FAR * away * (1 + away / LOST) + SHIFT * float(np.hypot(*by))
        covered = lies_on(ink, box.padded(AIR))
        return covered + CROSSED * (covered > 0) + away

    by = min(itertools.product(tries, tries), key=cost)
    points = 72 / ax.figure.dpi
    words.xyann = tuple(np.add(words.xyann, np.multiply(by, points)))
    return first.translated(*by)


def _tie(words: Annotation, ax: Axes) -> None:
    """Draw a line from a mark to words that stand away from it, across no others."""
    box, mark = words.get_window_extent(), ax.transData.transform(words.xy)
    end = np.clip(mark, box.min, box.max)
    way = Path([mark, end])
    others = [text.get_window_extent() for text in ax.texts if text is not words]
    is_free = not any(way.intersects_bbox(other) for other in others)
    if is_free and _distance(box, mark) > TIED:
        end = ax.transData.inverted().transform(end)
        look = {"arrowstyle": "-", "lw": 0.8, "shrinkA": 0, "shrinkB": 7}
        look |= {"color": words.get_color(), "alpha": 0.6}
        ax.annotate("", words.xy, tuple(end), arrowprops=look, annotation_clip=False)


def _distance(box: Bbox, point: np.ndarray) -> float:
    """From a point to the nearest of a box, in pixels."""
    return float(np.hypot(*(point - np.clip(point, box.min, box.max))))
