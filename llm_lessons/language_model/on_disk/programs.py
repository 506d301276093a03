"""What lies in each program's folders: a name, and the file or folder behind it."""

import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from llm_lessons.foundation.checks import (
    NO_FILE,
    printable,
    small_text,
    whole_number,
    why,
)
from llm_lessons.language_model.on_disk import places

MOST = 2_000  # models, or folders, that are looked at in one place
_DEEP = 5  # folders within folders
_LARGEST = 2**63 - 1  # bytes of a file
_DIGEST = re.compile(r"sha256[:-]([0-9a-f]{64})")
_PART = re.compile(r"-(\d{5})-of-\d{5}$")  # llama.cpp's names of a model in parts
_MODEL = "application/vnd.ollama.image.model"
# Layers beside the weights, and what they are.
_MORE = {"projector": "a part that looks at pictures", "adapter": "an adapter (LoRA)"}


@dataclass(frozen=True)
class Candidate:
    """Something that a program takes for a model.

    Attributes:
        name: what `load` is asked for.
        path: a GGUF file, or a folder with config.json.
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


def _lm_studio(root: Path) -> Iterator[Candidate]:
    yield from _in_folders("lmstudio", root)


def _llama_cpp(root: Path) -> Iterator[Candidate]:
    yield from _in_folders("llama.cpp", root)


def _hugging_face(root: Path) -> Iterator[Candidate]:
    for folder in _folders(root):
        kind, *parts = folder.name.split("--")
        if kind != "models" or not parts:
            continue
        name = "/".join(parts)
        try:
            if snapshot := _snapshot(folder):
                yield from _in_folders("hf", snapshot, name)
        except OSError as error:  # that of one model
            yield Candidate(f"hf:{name}", folder, f"It can't be read: {why(error)}.")


def _snapshot(folder: Path) -> Path | None:
    """The release that `refs/main` names, or the newest that is there."""
    snapshots = [one for one in _folders(folder / "snapshots")]
    try:
        main = small_text(folder / "refs/main").strip()
        snapshots = [one for one in snapshots if one.name == main] or snapshots
    except (OSError, ValueError):
        pass
    return max(snapshots, key=lambda one: one.stat().st_mtime, default=None)


def _in_folders(
    program: str, root: Path, name: str | None = None
) -> Iterator[Candidate]:
    """Folders with config.json, and GGUF files, wherever they lie in a folder.

    Args:
        name: of the model, where its folder is not named so.
    """
    for path in _files(root):
        own = path.relative_to(root)
        prefix = f"{program}:{name}" if name else program
        if path.name == "config.json":
            rest = own.parent.as_posix()
            rest = "" if rest == "." else rest
            if path.with_name("model_index.json").exists() or (name and rest):
                continue  # a part of something that draws pictures
            whole = f"{prefix}/{rest}" if name and rest else f"{prefix}:{rest}"
            trouble = _folder_trouble(path.parent)
            yield Candidate(prefix if not rest else whole, path.parent, trouble)
        elif path.suffix == ".gguf" and not path.name.startswith("mmproj"):
            part = _PART.search(path.stem)
            if part and int(part[1]) != 1:
                continue  # the first one stands for all
            between = "/" if name else ":"
            whole = f"{prefix}{between}{own.as_posix()}"
            yield Candidate(whole, path, _trouble(path))


def _folder_trouble(folder: Path) -> str:
    kinds = ("*.safetensors", "*.json", "*.jinja")
    files = (path for kind in kinds for path in folder.glob(kind))
    return next(filter(None, map(_trouble, files)), "")


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


# (what names begin with, the program's own name, its folders, what lies there)
type Program = tuple[
    str, str, Callable[[], list[Path]], Callable[[Path], Iterator[Candidate]]
]
PROGRAMS: tuple[Program, ...] = (
    ("ollama", "Ollama", places.ollama, _ollama),
    ("lmstudio", "LM Studio", places.lm_studio, _lm_studio),
    ("hf", "the Hugging Face cache", places.hugging_face, _hugging_face),
    ("llama.cpp", "llama.cpp's cache", places.llama_cpp, _llama_cpp),
)


def candidates(prefix: str | None = None) -> Iterator[Candidate]:
    """What lies in the folders of all programs, or of one.

    A folder that can't be read is one candidate, with its trouble. Names and troubles
    can be printed, whatever the files are called.
    """
    for program in PROGRAMS:
        begin, _, folders, _ = program
        for folder in folders() if prefix in (None, begin) else ():
            for one in _read(program, folder):
                name, trouble = printable(one.name), printable(one.trouble)
                yield replace(one, name=name, trouble=trouble)


def _read(program: Program, folder: Path) -> Iterator[Candidate]:
    begin, called, _, found = program
    try:
        yield from found(folder)
    except OSError as error:
        where = error.filename or folder
        said = f"A folder of {called} can't be read, {where}: {why(error)}."
        yield Candidate(f"{begin}:?", folder, said)
