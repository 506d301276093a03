"""What other programs have fetched: where each keeps it, and what lies there.

Each place can be moved by the variables of the environment that its program reads too.
"""

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from llm_lessons.foundation.checks import (
    NO_FILE,
    printable,
    small_text,
    whole_number,
    why,
)

MOST = 2_000  # models, or folders, that are looked at in one place
_DEEP = 5  # folders within folders
_LARGEST = 2**63 - 1  # bytes of a file
_DIGEST = re.compile(r"sha256[:-]([0-9a-f]{64})")
_HOME = Path("~")
_PART = re.compile(r"-(\d{5})-of-\d{5}$")  # llama.cpp's names of a model in parts
_SNAPSHOT = re.compile(
    r"^models--(.+?)/snapshots/[^/]+"
)  # a release in the hub's cache
_MODEL = "application/vnd.ollama.image.model"
# Layers beside the weights, and what they are.
_MORE = {"projector": "a part that looks at pictures", "adapter": "an adapter (LoRA)"}


@dataclass(frozen=True)
class Candidate:
    """Something that a program takes for a model.

    Attributes:
        name: what `load` is asked for.
        path: a GGUF file.
        trouble: why it can't be opened, in a sentence; or "".
        bytes: as the program says; None if it doesn't.
    """

    name: str
    path: Path
    trouble: str = ""
    bytes: int | None = None


def _ollama(root: Path) -> Iterator[Candidate]:
    manifests = root / "manifests"
    for path in _files(manifests):
        parts = path.relative_to(manifests).parts
        if len(parts) < 3:
            continue
        *place, model, tag = parts
        for usual in ("registry.ollama.ai", "library"):
            if place and place[0] == usual:
                place = place[1:]
        name = f"ollama:{'/'.join([*place, model])}:{tag}"
        yield _of_manifest(name, path, root)


def _of_manifest(name: str, path: Path, root: Path) -> Candidate:
    """The blob that a manifest names as the model."""
    again = f"ask Ollama for it again: ollama pull {name.removeprefix('ollama:')}"
    try:
        layers = json.loads(small_text(path))["layers"]
        kinds = {one["mediaType"].rsplit(".", 1)[-1] for one in layers}
        model = next(one for one in layers if one["mediaType"] == _MODEL)
        digest = _DIGEST.fullmatch(model["digest"])
        size = whole_number("its size", model["size"], 0, _LARGEST)
        blob = root / "blobs" / f"sha256-{digest[1]}"  # pyright: ignore
    except OSError as error:
        return Candidate(name, path, f"Its manifest can't be read: {why(error)}.")
    except StopIteration:
        return Candidate(name, path, "Its manifest names no model: it runs elsewhere.")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Candidate(name, path, f"Its manifest is damaged; {again}.")
    trouble = _trouble(blob)
    if not trouble and not blob.is_file():
        trouble = f"Its weights are not there; {again}."
    if not trouble and (held := blob.stat().st_size) < size:
        trouble = f"It has {held:,} of its {size:,} bytes; {again}."
    more = [what for kind, what in _MORE.items() if kind in kinds]
    if not trouble and more:
        trouble = (
            f"It has {' and '.join(more)} beside its weights, which can't be used "
            "here; take another model."
        )
    return Candidate(name, blob, trouble, size)


def _ggufs(program: str, root: Path) -> Iterator[Candidate]:
    """GGUF files, wherever they lie in a folder."""
    for path in _files(root):
        if path.suffix != ".gguf" or path.name.startswith("mmproj"):
            continue
        part = _PART.search(path.stem)
        if not part or int(part[1]) == 1:  # the first one stands for all
            own = _SNAPSHOT.sub(_owner, path.relative_to(root).as_posix())
            yield Candidate(f"{program}:{own}", path, _trouble(path))


def _owner(folder: re.Match[str]) -> str:
    return folder[1].replace("--", "/")


def _trouble(path: Path) -> str:
    """Why a file must not be opened, in a sentence; "" if it may, or isn't there.

    Only plain files are: whoever opens a pipe waits for its other end.
    """
    if path.is_file() or not os.path.lexists(path):
        return ""
    if path.exists():
        return f"Its {path.name} can't be read: {NO_FILE}."
    return f"Its {path.name} is a link that leads nowhere; fetch it anew."


def _files(root: Path) -> Iterator[Path]:
    """All files under a folder, by name; no link to a folder is followed.

    Raises:
        OSError: a folder can't be read; raised at the end, behind all other files.
    """
    errors: list[OSError] = []
    walk = os.walk(root, onerror=errors.append)
    for count, (folder, folders, files) in enumerate(walk):
        folders.sort()
        if len(Path(folder).relative_to(root).parts) >= _DEEP:
            folders.clear()
        for name in sorted(files):
            if not name.startswith("."):
                yield Path(folder, name)
        if count >= MOST:
            break
    for error in errors:
        if not isinstance(error, FileNotFoundError):
            raise error


def _folders(root: Path) -> list[Path]:
    if not root.is_dir():
        return []
    return sorted(one for one in root.iterdir() if one.is_dir())[:MOST]


def _ollamas() -> list[Path]:
    """Ollama's folders (docs/faq.md in ollama/ollama): its user's, or its service's."""
    if chosen := os.environ.get("OLLAMA_MODELS"):
        return _there(Path(chosen))
    service = Path("/usr/share/ollama/.ollama/models")
    return _there(_HOME / ".ollama/models", service)


def _lm_studios() -> list[Path]:
    """LM Studio's folders (lmstudio.ai/docs/basics/import-model), old and new."""
    found = [_HOME / ".lmstudio/models", _HOME / ".cache/lm-studio/models"]
    try:
        record = (_HOME / ".lmstudio/settings.json").expanduser()
        settings = json.loads(small_text(record))
        chosen = settings.get("downloadsFolder")
        if isinstance(chosen, str) and chosen:
            found.insert(0, Path(chosen))
    except (OSError, ValueError, AttributeError, RuntimeError):
        pass  # it has none, or none that is understood, or there is no home
    return _there(*found)


def _llama_cpps() -> list[Path]:
    """llama.cpp's cache, which since 2026 is the one of Hugging Face's hub.

    (Its common/hf-cache.cpp; before, `fs_get_cache_directory` in common/common.cpp.)
    """
    for name in ("LLAMA_CACHE", "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"):
        if chosen := os.environ.get(name):
            hub = Path(chosen)
            break
    else:
        home = os.environ.get("HF_HOME") or _cache("linux") / "huggingface"
        hub = Path(home) / "hub"
    return _there(_cache(sys.platform) / "llama.cpp", hub)


def _cache(platform: str) -> Path:
    """Where programs of this system keep what they can fetch again."""
    if platform == "darwin":
        return _HOME / "Library/Caches"
    if platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or _HOME / "AppData/Local")
    return Path(os.environ.get("XDG_CACHE_HOME") or _HOME / ".cache")


def _there(*folders: Path) -> list[Path]:
    """Those that exist, each once; which of them may be read is seen later."""
    named = dict.fromkeys(map(os.path.expanduser, folders))
    return [Path(one) for one in named if os.path.isdir(one)]


class Program(NamedTuple):
    """A program: what its models' names begin with, and its own name."""

    prefix: str
    called: str
    folders: Callable[[], list[Path]]
    found: Callable[[Path], Iterator[Candidate]]


PROGRAMS = (
    Program("ollama", "Ollama", _ollamas, _ollama),
    Program("lmstudio", "LM Studio", _lm_studios, partial(_ggufs, "lmstudio")),
    Program("llama.cpp", "llama.cpp", _llama_cpps, partial(_ggufs, "llama.cpp")),
)


def candidates(prefix: str | None = None) -> Iterator[Candidate]:
    """What lies in the folders of all programs, or of one.

    A folder that can't be read is one candidate, with its trouble. Names and troubles
    can be printed, whatever the files are called.
    """
    for program in PROGRAMS:
        for folder in program.folders() if prefix in (None, program.prefix) else ():
            for one in _read(program, folder):
                name, trouble = printable(one.name), printable(one.trouble)
                yield replace(one, name=name, trouble=trouble)


def _read(program: Program, folder: Path) -> Iterator[Candidate]:
    try:
        yield from program.found(folder)
    except OSError as error:
        where = error.filename or folder
        said = f"A folder of {program.called} can't be read, {where}: {why(error)}."
        yield Candidate(f"{program.prefix}:?", folder, said)
