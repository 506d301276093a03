"""The folders in which other programs keep models, and the GGUF files that lie there.

Each folder can be moved by the environment variables that its program reads, too.
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

MOST = 2_000  # folders that are searched for one program
_DEEPEST = 5  # folders within folders
_LARGEST = 2**63 - 1  # bytes of a file
_DIGEST = re.compile(r"sha256[:-]([0-9a-f]{64})")
_HOME = Path("~")
_PART = re.compile(r"-(\d{5})-of-\d{5}$")  # llama.cpp's names of a model in parts
_SNAPSHOT = re.compile(
    r"^models--(.+?)/snapshots/[^/]+"
)  # a release in the hub's cache
_MODEL = "application/vnd.ollama.image.model"
# Layers of a manifest that a model can't do without, and what they are.
_UNUSABLE = {
    "projector": "a part that looks at pictures",
    "adapter": "an adapter (LoRA)",
}


@dataclass(frozen=True)
class Candidate:
    """A file that a program takes for a model.

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


def _ollama_models(root: Path) -> Iterator[Candidate]:
    manifests = root / "manifests"
    for path in _files(manifests):
        parts = path.relative_to(manifests).parts
        if len(parts) < 3:
            continue
        *owner, model, tag = parts
        for usual in ("registry.ollama.ai", "library"):
            if owner and owner[0] == usual:
                owner = owner[1:]
        name = f"ollama:{'/'.join([*owner, model])}:{tag}"
        yield _from_manifest(name, path, root)


def _from_manifest(name: str, path: Path, root: Path) -> Candidate:
    """The blob that a manifest names as the model."""
    again = f"ask Ollama for it again: ollama pull {name.removeprefix('ollama:')}"
    try:
        layers = json.loads(small_text(path))["layers"]
        kinds = {layer["mediaType"].rsplit(".", 1)[-1] for layer in layers}
        model = next(layer for layer in layers if layer["mediaType"] == _MODEL)
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
    unusable = [what for kind, what in _UNUSABLE.items() if kind in kinds]
    if not trouble and unusable:
        trouble = (
            f"It has {' and '.join(unusable)} beside its weights, which can't be used "
            "here; take another model."
        )
    return Candidate(name, blob, trouble, size)


def _gguf_files(program: str, root: Path) -> Iterator[Candidate]:
    """GGUF files, wherever they lie in a folder."""
    for path in _files(root):
        if path.suffix != ".gguf" or path.name.startswith("mmproj"):
            continue
        part = _PART.search(path.stem)
        if not part or int(part[1]) == 1:  # the first one stands for all
            name = path.relative_to(root).as_posix()
            if release := _SNAPSHOT.match(name):
                owner_and_model = release[1].replace("--", "/")
                name = owner_and_model + name[release.end() :]
            yield Candidate(f"{program}:{name}", path, _trouble(path))


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
        if len(Path(folder).relative_to(root).parts) >= _DEEPEST:
            folders.clear()
        for name in sorted(files):
            if not name.startswith("."):
                yield Path(folder, name)
        if count >= MOST:
            break
    for error in errors:
        if not isinstance(error, FileNotFoundError):
            raise error


def _ollama_folders() -> list[Path]:
    """Ollama's folders (docs/faq.md in ollama/ollama): its user's, or its service's."""
    if chosen := os.environ.get("OLLAMA_MODELS"):
        return _existing(Path(chosen))
    service = Path("/usr/share/ollama/.ollama/models")
    return _existing(_HOME / ".ollama/models", service)


def _lm_studio_folders() -> list[Path]:
    """LM Studio's folders (lmstudio.ai/docs/basics/import-model), old and new."""
    folders = [_HOME / ".lmstudio/models", _HOME / ".cache/lm-studio/models"]
    try:
        record = (_HOME / ".lmstudio/settings.json").expanduser()
        settings = json.loads(small_text(record))
        chosen = settings.get("downloadsFolder")
        if isinstance(chosen, str) and chosen:
            folders.insert(0, Path(chosen))
    except (OSError, ValueError, AttributeError, RuntimeError):
        pass  # it has none, or none that is understood, or there is no home
    return _existing(*folders)


def _llama_cpp_folders() -> list[Path]:
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
    return _existing(_cache(sys.platform) / "llama.cpp", hub)


def _cache(platform: str) -> Path:
    """The folder for what programs of this system can fetch again."""
    if platform == "darwin":
        return _HOME / "Library/Caches"
    if platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or _HOME / "AppData/Local")
    return Path(os.environ.get("XDG_CACHE_HOME") or _HOME / ".cache")


def _existing(*folders: Path) -> list[Path]:
    """Those that exist, each once; which of them may be read is seen later."""
    paths = dict.fromkeys(map(os.path.expanduser, folders))
    return [Path(path) for path in paths if os.path.isdir(path)]


class Program(NamedTuple):
    """A program: what its models' names begin with, its own name, and its folders."""

    prefix: str
    name: str
    folders: Callable[[], list[Path]]
    models: Callable[[Path], Iterator[Candidate]]  # in one of the folders


PROGRAMS = (
    Program("ollama", "Ollama", _ollama_folders, _ollama_models),
    Program(
        "lmstudio", "LM Studio", _lm_studio_folders, partial(_gguf_files, "lmstudio")
    ),
    Program(
        "llama.cpp", "llama.cpp", _llama_cpp_folders, partial(_gguf_files, "llama.cpp")
    ),
)


def candidates(prefix: str | None = None) -> Iterator[Candidate]:
    """The models in the folders of all programs, or of one.

    A folder that can't be read is one candidate, with its trouble. Names and troubles
    can be printed, whatever the files are called.
    """
    for program in PROGRAMS:
        for folder in program.folders() if prefix in (None, program.prefix) else ():
            for model in _models_in(folder, program):
                name, trouble = printable(model.name), printable(model.trouble)
                yield replace(model, name=name, trouble=trouble)


def _models_in(folder: Path, program: Program) -> Iterator[Candidate]:
    try:
        yield from program.models(folder)
    except OSError as error:
        where = error.filename or folder
        said = f"A folder of {program.name} can't be read, {where}: {why(error)}."
        yield Candidate(f"{program.prefix}:?", folder, said)
