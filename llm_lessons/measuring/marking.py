"""Texts with marked stretches: what is given, what agrees, where it parts.

A stretch is told by its underline and by a sign, never by its colour alone.
"""

import html
from collections.abc import Sequence
from dataclasses import dataclass

from llm_lessons import figures

# Styled in place: a notebook that is not trusted loses its stylesheets.
_SOFT = "color: color-mix(in srgb, currentColor 68%, transparent)"
_LOOKS = {
    "plain": "",
    "given": _SOFT,
    "same": (
        f"background: color-mix(in srgb, {figures.WEIGHTS} 16%, transparent); "
        "color: inherit; text-decoration: underline; text-underline-offset: 3px"
    ),
    "other": (
        f"text-decoration: underline dotted {figures.WRONG}; text-underline-offset: 3px"
    ),
    "sign": "font-weight: 700",
}
_ON_PAPER = {"same": ("[", "]"), "sign": (" ", " ")}  # and in a terminal


@dataclass(frozen=True)
class Marked:
    """One text.

    Attributes:
        head: a line above it.
        parts: (look, text) in their order; a look is "plain", "given", "same", "other"
            or "sign", which is no part of the text.
    """

    head: str
    parts: tuple[tuple[str, str], ...]

    def __repr__(self) -> str:
        marks = (_ON_PAPER.get(look, ("", "")) for look, _ in self.parts)
        pairs = zip(marks, self.parts, strict=True)
        body = "".join(f"{a}{text}{b}" for (a, b), (_, text) in pairs)
        return f"{self.head}\n{body}"

    def _repr_html_(self) -> str:
        body = "".join(_part(look, text) for look, text in self.parts)
        return (
            '<div class="ll-marked" style="margin: 0 0 1em; max-width: 46rem">'
            f"<strong>{html.escape(self.head)}</strong>"
            '<p style="border-left: 3px solid color-mix(in srgb, currentColor 18%, '
            "transparent); line-height: 1.7; margin: 0.25em 0 0; overflow-wrap: "
            f'anywhere; padding-left: 0.9em; white-space: pre-wrap">{body}</p></div>'
        )


def _part(look: str, text: str) -> str:
    tag = "mark" if look == "same" else "span"
    return f'<{tag} style="{_LOOKS[look]}">{html.escape(text)}</{tag}>'


@dataclass(frozen=True)
class Texts:
    """Several marked texts, one below the other."""

    texts: Sequence[Marked]

    def __repr__(self) -> str:
        return "\n\n".join(map(repr, self.texts))

    def _repr_html_(self) -> str:
        return "".join(text._repr_html_() for text in self.texts)
