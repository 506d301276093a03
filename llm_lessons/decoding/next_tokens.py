"""The likeliest next tokens as a table that a notebook and a terminal can show."""

import html
from dataclasses import dataclass

from llm_lessons.text.pieces import visible


@dataclass(frozen=True)
class NextTokenTable:
    """The likeliest next tokens, and what is left for all others.

    Attributes:
        rows: (piece, token id, probability), the likeliest first.
        others: how many tokens are not listed.
        rest: their probabilities added up.
    """

    rows: list[tuple[str, int, float]]
    others: int
    rest: float

    def _lines(self) -> list[tuple[str, str, str]]:
        lines = [(visible(p), str(i), f"{100 * x:.2f} %") for p, i, x in self.rows]
        return [*lines, (f"{self.others:,} others", "", f"{100 * self.rest:.2f} %")]

    def __repr__(self) -> str:
        return "\n".join(f"{p:<20}{i:>7}{x:>10}" for p, i, x in self._lines())

    def _repr_html_(self) -> str:
        body = "".join(
            f"<tr><td><code>{html.escape(p)}</code></td><td>{i}</td><td>{x}</td></tr>"
            for p, i, x in self._lines()
        )
        head = "<tr><th>next token</th><th>id</th><th>probability</th></tr>"
        return f"<table>{head}{body}</table>"
