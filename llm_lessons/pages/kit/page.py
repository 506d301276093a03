"""A page of the kit: sides of paper of one size, and nothing that moves."""

import html
from collections.abc import Sequence

from llm_lessons.foundation import face
from llm_lessons.foundation.paths import WEB
from llm_lessons.pages.kit.words import Words

SIZES = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}  # mm
WIDE = (338.7, 190.5)  # mm, of a slide: 16 to 9


def kit_page(
    title: str,
    sides: Sequence[str],
    words: Words,
    size: tuple[float, float],
    lying: bool = False,
) -> str:
    """A whole HTML file; each side gets smaller letters, if it must, to fit.

    Args:
        title: as HTML.
        sides: HTML, each of one side of paper.
        size: of the paper, in mm.
        lying: whether the paper lies on its long side.
    """
    wide, high = sorted(size, reverse=lying)
    folder = WEB / "page"
    return face.filled(
        folder / "sheet.html",
        language=html.escape(words.language),
        title=title,
        paper="",
        size=f"{wide:g}mm {high:g}mm",
        margin="0",
        style=f":root {{ --wide: {wide:g}mm; --high: {high:g}mm; }}\n"
        + face.style(folder / "kit.css"),
        fit=(folder / "fit.js").read_text(encoding="utf-8"),
        body="".join(f'<section class="side">{side}</section>' for side in sides),
    )
