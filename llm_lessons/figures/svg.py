"""A figure's SVG as a page takes it: small, named, in the colours of light and dark."""

import hashlib
import html
import io
import re
import textwrap
from itertools import count
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.text import Text

from llm_lessons.figures.labels import settle
from llm_lessons.figures.values import name_marks, with_values
from llm_lessons.foundation import face
from llm_lessons.foundation.checks import text
from llm_lessons.foundation.languages import translated

COLORS, ON_DARK = zip(*face.colours().values(), strict=True)
INK = "#000000"
_LETTERS = re.compile(r"[^\W\d_]{2}")
_, _CONTEXT, *_, _CONTEXT_LETTERS = COLORS


def to_svg(fig: Figure, *, alt: str) -> str:
    """A figure as inline SVG of the image role, with ids that no other figure has.

    Raises:
        ValueError: `alt` is empty.
    """
    if not text("alt", alt).strip():
        raise ValueError(
            "A figure needs a text alternative: alt='what there is to see'; it was "
            "empty."
        )
    for words in fig.findobj(Text):
        if words.get_color() == _CONTEXT:  # too pale to be read
            words.set_color(_CONTEXT_LETTERS)
        _translate(words)
    settle(fig)
    file = io.StringIO()
    # The salt makes the same figure give the same text each time.
    with mpl.rc_context({"svg.fonttype": "path", "svg.hashsalt": "llm-lessons"}):
        metadata = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        values = name_marks(fig)
        fig.savefig(file, format="svg", transparent=True, metadata=metadata)
    svg = with_values(file.getvalue(), values)
    # Inside a page, matplotlib's stylesheet would restyle every other picture too.
    svg = re.sub(r"<style.*?</style>", "", svg[svg.index("<svg") :], flags=re.DOTALL)
    return for_pages(_with_own_ids(_shortened(svg)), translated(alt))


def _translate(words: Text) -> None:
    """Write a figure's words in the language of this kernel, in as many lines."""
    lines = words.get_text().split("\n")
    sentence = " ".join(lines)
    if _LETTERS.search(sentence) and (told := translated(sentence)) != sentence:
        words.set_text(in_lines(told, len(lines)))


def in_lines(text: str, most: int) -> str:
    """A text in at most so many lines, the longest of them as short as can be."""
    whole: dict[str, Any] = {"break_long_words": False, "break_on_hyphens": False}
    ways = (textwrap.wrap(text, width, **whole) for width in count(1))
    return "\n".join(next(lines for lines in ways if len(lines) <= most))


def for_pages(svg: str, alt: str) -> str:
    """An SVG whose colours are those of figures, in the colours of light and dark.

    Args:
        svg: with its `viewBox`, and its width in points.
    """
    return _accessible(_themed(svg), alt)


def _shortened(svg: str) -> str:
    """Coordinates to a hundredth of a point, and no line breaks: half the size."""

    def rounded(attribute: re.Match[str]) -> str:
        return re.sub(r"(\.\d\d)\d+", r"\1", attribute[0])

    svg = re.sub(r'\b(?:d|x|y)="[^"]*"', rounded, svg)
    return re.sub(r"\s+", " ", svg)


def _with_own_ids(svg: str) -> str:
    """Put a fingerprint of the figure in front of every id and of what refers to it."""
    own = f"f{hashlib.sha256(svg.encode()).hexdigest()[:10]}-"
    return re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{own}", svg)


def _themed(svg: str) -> str:
    """Let black be the page's own ink, and the palette a lighter one on dark pages."""
    svg = svg.replace(INK, "currentColor")
    for number, color in enumerate(COLORS, 1):
        svg = svg.replace(color, f"var(--ll-figure-{number}, {color})")
    return svg


def _accessible(svg: str, alt: str) -> str:
    """Give the picture its role, its text and a size that never leaves the page."""
    _, body = svg.split(">", 1)
    view_box = re.search(r'viewBox="(.*?)"', svg)
    width = re.search(r'width="([\d.]+)pt"', svg)
    assert view_box and width, "both are there"
    text = html.escape(alt, quote=True)
    dark = "; ".join(f"--ll-figure-{i}: {c}" for i, c in enumerate(ON_DARK, 1))
    return (
        f'<svg class="ll-figure" role="img" aria-label="{text}" '
        f'viewBox="{view_box[1]}" fill="currentColor" stroke-linejoin="round" '
        f'style="width: {float(width[1]) / 72:.2f}in; max-width: 100%; height: auto" '
        'xmlns="http://www.w3.org/2000/svg" '
        'xmlns:xlink="http://www.w3.org/1999/xlink">'
        f"<title>{text}</title>"
        '<style>@media screen { [data-jp-theme-light="false"] .ll-figure '
        f"{{ {dark} }} }} .ll-figure {{ break-inside: avoid }}</style>{body}"
    )
