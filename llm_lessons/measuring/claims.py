"""What a claim's figure is: what was measured, its interval, and its bound."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from llm_lessons.measuring.intervals import Median, Number, Share


@dataclass(frozen=True)
class Figure:
    """One measured figure and the bounds that it has to keep.

    Attributes:
        claim: the claims it belongs to, for example "C10, C11".
        what: what was measured, in words.
        measured: the figure with its interval.
        least, most: bounds of the figure itself; None bounds nothing.
    """

    claim: str
    what: str
    measured: Share | Median | Number
    least: float | None = None
    most: float | None = None

    @property
    def kept(self) -> bool:
        """Whether the figure lies within its bounds."""
        value = self.measured.value
        enough = self.least is None or self.least <= value
        return enough and (self.most is None or value <= self.most)

    @property
    def bound(self) -> str:
        """The bounds in words."""
        parts = []
        if self.least is not None and self.least == self.most:
            return f"exactly {self._in_words(self.least)}"
        if self.least is not None:
            parts.append(f"at least {self._in_words(self.least)}")
        if self.most is not None:
            parts.append(f"at most {self._in_words(self.most)}")
        return ", ".join(parts) or "reported"

    def _in_words(self, bound: float) -> str:
        if isinstance(self.measured, Share):
            return f"{round(100 * bound)} %"
        unit = self.measured.unit if isinstance(self.measured, Number) else ""
        return str(Number(bound, unit))

    def row(self) -> "Row":
        """The figure as it stands in a table."""
        return Row(self.claim, self.what, str(self.measured), self.bound, self.kept)


class Row(NamedTuple):
    """A figure in words: what is left of it in a file."""

    claim: str
    what: str
    measured: str
    bound: str
    kept: bool

    @classmethod
    def from_json(cls, fields: Sequence) -> Self:
        """A row as a JSON list holds it."""
        return cls(*fields)


def table(rows: Sequence[Row], second: Sequence[Row] = ()) -> str:
    """The figures as a Markdown table; a bound that is not kept is marked.

    Args:
        rows: of the model itself.
        second: of a second model, which gets a column of its own.
    """
    head = ["claim", "measured", "figure (95 % interval)"]
    columns = [[row.claim, row.what, row.measured] for row in rows]
    if second:
        head.append("second seed")
        others = {row.what: row for row in second}
        for cells in columns:
            other = others.get(cells[1])
            cells.append(_marked(other.measured, other.kept) if other else "")
    head.append("bound")
    for cells, row in zip(columns, rows, strict=True):
        cells.append(_marked(row.bound, row.kept))
    lines = [head, ["---"] * len(head), *columns]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _marked(text: str, kept: bool) -> str:
    return text if kept else f"{text} **not kept**"
