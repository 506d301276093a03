"""A row of the model card: what was measured, its interval, and its goal."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
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
            return REPORTED
        if self.least == self.most:
            parts = [("exactly", self.least)]
        else:
            parts = [("at least", self.least), ("at most", self.most)]
        words = [f"{how} {self._in_words(x)}" for how, x in parts if x is not None]
        return ", ".join(words) + " (relative)" * self.relative

    def _in_words(self, bound: float) -> str:
        if isinstance(self.measured, Share):
            return f"{round(100 * bound)} %"
        unit = self.measured.unit if isinstance(self.measured, Number) else ""
        return str(Number(bound, unit))

    def row(self) -> "Row":
        """The figure as it stands in a table."""
        return Row(self.claim, self.what, str(self.measured), self.bound, self.kept)


CARD = "MODEL_CARD.md"
REPORTED = "reported"  # the bound of a figure that has none
MISSED = " **missed**"  # behind a figure that lies outside its bounds


class Row(NamedTuple):
    """A figure in words, as a table shows it."""

    claim: str
    what: str
    measured: str
    bound: str
    kept: bool


type Columns = Mapping[str, Sequence[Row]]  # by the model's name; all measure the same


def table(columns: Columns) -> str:
    """The figures as a Markdown table, a column for each model.

    A figure that misses its bound is marked.
    """
    head = ["claim", "measured", *columns, "bound"]
    lines = [head, ["---"] * len(head)]
    for rows in zip(*columns.values(), strict=True):
        first = rows[0]
        if len({row.what for row in rows}) > 1:
            raise ValueError(f"The models have not measured the same: {first.what}.")
        cells = [row.measured + MISSED * (not row.kept) for row in rows]
        lines.append([first.claim, first.what, *cells, first.bound])
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def columns_of(table: str) -> Columns:
    """The rows of a table that `table` wrote."""
    lines = [line.strip("| ").split(" | ") for line in table.strip().splitlines()]
    (_, _, *names, _), _, *rows = lines
    return {
        name: [
            Row(
                claim,
                what,
                cells[i].removesuffix(MISSED),
                bound,
                MISSED not in cells[i],
            )
            for claim, what, *cells, bound in rows
        ]
        for i, name in enumerate(names)
    }


def parts_of(card: str) -> dict[str, Columns]:
    """The tables of a card, by the name of the part above each."""
    _, *sections = re.split(r"^### (\w+)$", card, flags=re.MULTILINE)
    return {
        name: columns_of(section[section.index("| claim") :])
        for name, section in batched(sections, 2)
    }


def missed_in_words(card: str, model: str, rows: str) -> str:
    """How many goals a model has missed, and one of them; nothing where none is.

    Args:
        card: its text.
        rows: a pattern for what the rows measure that are meant.
    """
    meant = [
        row
        for columns in parts_of(card).values()
        for row in columns.get(model, ())
        if re.fullmatch(rows, row.what) and row.bound != REPORTED
    ]
    missed = [row for row in meant if not row.kept]
    if not missed:
        return ""
    first, *others = missed
    count = "A goal was missed:"
    if others:
        count = f"{len(missed)} of {len(meant)} goals were missed, such as"
    named = f"“{first.what}”, {first.measured}, where the goal was {first.bound}"
    return f"{count} {named}."


def goals(parts: Iterable[Columns]) -> dict[str, tuple[int, int]]:
    """How many goals each model misses, and how many there are."""
    rows: dict[str, list[Row]] = {}
    for columns in parts:
        for name, own in columns.items():
            rows.setdefault(name, []).extend(own)
    return {
        name: (
            sum(not row.kept for row in own),
            sum(row.bound != REPORTED for row in own),
        )
        for name, own in rows.items()
    }
