"""What the same counts came to on several models: in words, in a table, and drawn."""

from dataclasses import dataclass, field

from matplotlib.figure import Figure

from llm_lessons import figures
from llm_lessons.measuring.intervals import Share, apart
from llm_lessons.measuring.two_points import draw_rows

_LONGEST = 60  # letters of a title's line


@dataclass(frozen=True)
class Beside:
    """What the counts of a plan came to.

    Attributes:
        order: the rows that there may be, from the top.
        compared: the two of them of which the title speaks.
        models: for each, by the name that the figure gives it, its shares by row.
        left_out: for a model that was not asked all, a sentence that says why.
        stopped: whether somebody stopped it before its end.
    """

    order: tuple[str, ...]
    compared: tuple[str, str]
    models: dict[str, dict[str, Share]]
    left_out: dict[str, str] = field(default_factory=dict)
    stopped: bool = False

    @property
    def rows(self) -> list[str]:
        """Those in which anything was counted."""
        return [
            row
            for row in self.order
            if any(row in shares for shares in self.models.values())
        ]

    def _compared(self) -> tuple[str, Share, Share] | None:
        """The last model of which both compared rows were counted."""
        first, second = self.compared
        for name, shares in reversed(self.models.items()):
            if first in shares and second in shares:
                return name, shares[first], shares[second]
        return None

    def sentence(self) -> str:
        """The two compared rows of the last model, in numbers, and what is missing."""
        said, compared = [], self._compared()
        if compared:
            name, left, right = compared
            first, second = self.compared
            verdict = _verdict(left, right).replace("may be", "maybe")
            said.append(
                f"With {name}: “{first}” {_in_full(left)}, “{second}” "
                f"{_in_full(right)}: {verdict}."
            )
            if not left.share and not right.share:
                said.append(
                    "Where both are 0\u00a0%, look at what it writes at all, as in "
                    '`other.generate("The capital of France is", 20)`.'
                )
        if self.stopped:
            said.append(
                "It was stopped before its end; what is shown rests on what was "
                "counted by then."
            )
        return " ".join([*said, *self.left_out.values()])

    def table(self) -> str:
        """All shares with their 95 % intervals and cases, as a Markdown table.

        A line below it says how to read it.
        """
        names = [name.replace("|", "/") for name in self.models]
        lines = [f"| | {' | '.join(names)} |", f"| :-- |{' --: |' * len(names)}"]
        for row in self.rows:
            column = (shares.get(row) for shares in self.models.values())
            cells = (_in_full(share) if share else "–" for share in column)
            lines.append(f"| {row} | {' | '.join(cells)} |")
        read = "In brackets: the 95\u00a0% interval, and of how many cases."
        if any({*self.rows} - {*shares} for shares in self.models.values()):
            read = f"{read} A dash: this was not counted."
        return "\n".join([*lines, "", read])

    def title(self) -> str:
        """The two compared rows of the last model, and whether they differ clearly."""
        compared = self._compared()
        if compared is None:
            return "Side by side, as far as it was counted"
        name, left, right = compared
        first, second = self.compared
        both = f"{first}: {left.percent}, {second}: {right.percent}"
        if not apart(left, right):
            both = f"{both} ({_verdict(left, right)})"
        title = f"{name} · {both}"
        return title if len(title) <= _LONGEST else f"{name}\n{both}"

    def alt(self) -> str:
        models = (
            f"{name}: {', '.join(f'{row} {share}' for row, share in shares.items())}"
            for name, shares in self.models.items()
        )
        return (
            f"{self.title()}. A row for each count, and in it a point with its 95 % "
            f"interval for each model. {'; '.join(models)}."
        )

    def figure(self) -> Figure:
        """A row for each count: the models as points with their intervals."""
        points = {
            name: [shares.get(row) for row in self.rows]
            for name, shares in self.models.items()
        }
        return draw_rows(self.title(), self.rows, points, looks=figures.MODELS)


def _verdict(left: Share, right: Share) -> str:
    if apart(left, right):
        return "a clear difference"
    return "may be chance" if left.share != right.share else "no difference"


def _in_full(share: Share) -> str:
    low, high = round(100 * share.low), round(100 * share.high)
    # Only before its bracket and before "of" may it go on in the next line.
    return f"{share.percent} ({low}\u2060–\u2060{high}, of\u00a0{share.n})"
