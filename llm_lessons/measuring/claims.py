"""What a claim's figure is: what was measured, its interval, and its bound."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from llm_lessons.measuring.intervals import Median, Number, Share


@dataclass(frozen=True)
class Figure:
    """One measured figure and the bounds that it has to keep.

    Attributes:
        claim: the claims it belongs to, for example "C10, C11".
        what: what was measured, in words.
        measured: the figure with its interval.
        least, most: bounds of the figure itself; None bounds nothing.
        relative: whether the bounds come from another figure of the same run; all
            others were written down before the model was trained.
    """

    claim: str
    what: str
    measured: Share | Median | Number
    least: float | None = None
    most: float | None = None
    relative: bool = False

    @property
    def kept(self) -> bool:
        """Whether the figure lies within its bounds."""
        value = self.measured.value
        enough = self.least is None or self.least <= value
        return enough and (self.most is None or value <= self.most)

    @property
    def bound(self) -> str:
        """The bounds in words."""
        if self.least is None and self.most is None:
            return "reported"
        if self.least == self.most:
            parts = [("exactly", self.least)]
        else:
            parts = [("at least", self.least), ("at most", self.most)]
        told = [f"{how} {self._in_words(x)}" for how, x in parts if x is not None]
        return ", ".join(told) + " (relative)" * self.relative

    def _in_words(self, bound: float) -> str:
        if isinstance(self.measured, Share):
            return f"{round(100 * bound)} %"
        unit = self.measured.unit if isinstance(self.measured, Number) else ""
        return str(Number(bound, unit))

    def row(self) -> "Row":
        """The figure as it stands in a table."""
        return Row(self.claim, self.what, str(self.measured), self.bound, self.kept)


class Row(NamedTuple):
    """A figure in words, as a table shows it."""

    claim: str
    what: str
    measured: str
    bound: str
    kept: bool


def table(columns: Mapping[str, Sequence[Row]]) -> str:
    """The figures as a Markdown table, a column for each model.

    A figure that misses its bound is marked.

    Args:
        columns: the rows of each model by its name; all have measured the same.
    """
    names = list(columns)
    head = ["claim", "measured", *names, "bound"]
    lines = [head, ["---"] * len(head)]
    for rows in zip(*columns.values(), strict=True):
        first = rows[0]
        if len({row.what for row in rows}) > 1:
            raise ValueError(f"The models have not measured the same: {first.what}.")
        told = [row.measured + " **missed**" * (not row.kept) for row in rows]
        lines.append([first.claim, first.what, *told, first.bound])
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
