"""A figure of a lesson, as a step shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self


@dataclass(frozen=True)
class Drawn:
    """A figure of a lesson."""

    svg: str
    alt: str  # the drawing in words
    said: str  # what it says, in a sentence with its numbers; "" if no cell says it
    walls: dict[str, str] = field(default_factory=dict)  # for screens, by language

    def on_the_wall(self, language: str) -> Self:
        """The figure with the drawing that a screen shows."""
        return replace(self, svg=self.walls.get(language, self.svg))


Figures = Mapping[tuple[int, str], Drawn]  # by lesson and cell
