"""Models that were found on this computer, as a list that one can look at."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

from llm_lessons.language_model.on_disk import memory

_LEFT = 'style="text-align: left"'  # notebooks turn it right
_HEAD = ("model", "architecture", "parameters", "on disk", "needs memory", "can run")
_LONGEST = 120  # letters of a name in a row; a file's can have a thousand


@dataclass(frozen=True)
class FoundModel:
    """A model on this computer, as far as its headers tell.

    Attributes:
        name: what `load` is asked for.
        architecture: its kind, as its file names it; "" if that can't be read.
        parameters: how many weights it has; None if that is not known.
        bytes: on disk.
        room: the memory that it needs; None if it can't be run anyhow.
        trouble: why it can't be run, in a sentence; "" if it can.
    """

    name: str
    architecture: str
    parameters: int | None
    bytes: int
    room: memory.Room | None
    trouble: str

    @property
    def runs(self) -> bool:
        """Whether `load` opens it, as far as its headers tell."""
        return not self.trouble

    def cells(self) -> tuple[str, ...]:
        """What a row of the list says."""
        count = self.parameters
        verdict = "yes" if self.runs else f"no. {self.trouble}"
        if self.runs and self.room and self.room.form != "float32":
            verdict = f"yes, slowly, with its weights in {self.room.form}"
        return (
            _short(self.name),
            self.architecture or "?",
            "?" if count is None else _counted(count),
            _size(self.bytes),
            f"{self.room.needs / 1e9:.1f} GB" if self.room else "?",
            verdict,
        )


@dataclass(frozen=True)
class FoundModels(Sequence[FoundModel]):
    """The models on this computer, in a list that a notebook and a terminal can show.

    Attributes:
        found: the models, those of the lessons first.
        free: bytes of memory that there are; None if that is not known.
    """

    found: tuple[FoundModel, ...]
    free: int | None

    @overload
    def __getitem__(self, index: int) -> FoundModel: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[FoundModel, ...]: ...
    def __getitem__(self, index):
        return self.found[index]

    def __len__(self) -> int:
        return len(self.found)

    def _said(self) -> str:
        able = sum(model.runs for model in self.found)
        room = "" if self.free is None else f"; {self.free / 1e9:.1f} GB of memory free"
        return f"{len(self.found):,} models, of which {able:,} can run here{room}"

    def __repr__(self) -> str:
        rows = [_HEAD, *(model.cells() for model in self.found)]
        widths = [max(len(row[i]) for row in rows) for i in range(len(_HEAD) - 1)]
        lines = [
            "  ".join([*map(str.ljust, row, widths), row[-1]]).rstrip() for row in rows
        ]
        return "\n".join([*lines, self._said()])

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col" {_LEFT}>{cell}</th>' for cell in _HEAD)
        body = "".join(
            f'<tr><th scope="row" {_LEFT}><div style="min-width: 12rem; '
            f'overflow-wrap: anywhere"><code>{name}</code></div></th>'
            f"{''.join(f'<td {_LEFT}>{_whole(cell)}</td>' for cell in cells)}"
            f'<td {_LEFT}><div style="min-width: 14rem">{verdict}</div></td></tr>'
            for name, *cells, verdict in (
                map(html.escape, one.cells()) for one in self.found
            )
        )
        caption = f"<caption>{html.escape(self._said())}.</caption>"
        return (
            '<div role="region" tabindex="0" aria-label="models on this computer" '
            f'style="overflow-x: auto"><table>{caption}<thead><tr>{head}</tr></thead>'
            f"<tbody>{body}</tbody></table></div>"
        )


def _whole(cell: str) -> str:
    """A number stays beside its unit."""
    return cell.replace(" ", "\u00a0")


def _size(count: int) -> str:
    """Bytes, in megabytes where a gigabyte would be as good as nothing."""
    return f"{count / 1e6:.1f} MB" if count < 10**8 else f"{count / 1e9:.2f} GB"


def _counted(count: int) -> str:
    for size, name in ((10**9, "billion"), (10**6, "million")):
        if count >= size:
            return f"{count / size:.3g} {name}"
    return f"{count:,}"


def _short(name: str) -> str:
    """A name that leaves room for the other columns."""
    middle = _LONGEST * 2 // 3
    if len(name) <= _LONGEST:
        return name
    return f"{name[:middle]}…{name[middle + 1 - _LONGEST :]}"
