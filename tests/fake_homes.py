"""A home folder as programs leave it behind, with tiny models as GGUF files."""

import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import family, family_files

VARIABLES = (
    *("OLLAMA_MODELS", "HF_HOME", "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"),
    *("XDG_CACHE_HOME", "LLAMA_CACHE"),
)
OLLAMA = "registry.ollama.ai/library"
MODEL = "application/vnd.ollama.image.model"


def empty(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with nothing in it, which every program takes for the user's."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setenv("LOCALAPPDATA", str(folder / ".cache"))
    # where Ollama's service keeps its models, which a computer may really have
    monkeypatch.setenv("OLLAMA_MODELS", str(folder / ".ollama/models"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def speaking(name: str) -> tuple[dict[str, Any], family.Tensors]:
    """A tiny model with a vocabulary."""
    record = family.record(name) | family_files.SPEAKING
    return record, family.tensors(record)


def gguf(path: Path, name: str = "qwen2") -> Path:
    """A tiny GGUF file."""
    return family_files.write_gguf(path, *speaking(name))


def ollama(
    home: Path,
    model: str,
    tag: str,
    name: str = "qwen2",
    place: str = OLLAMA,
    layers: tuple[str, ...] = (),
) -> Path:
    """A model in Ollama's folders; returns its blob.

    Args:
        place: the registry and the owner.
        layers: kinds of layers beside the weights.
    """
    root = home / ".ollama/models"
    whole = gguf(root / "whole.gguf", name)
    digest = hashlib.sha256(whole.read_bytes()).hexdigest()
    blob = root / "blobs" / f"sha256-{digest}"
    blob.parent.mkdir(parents=True, exist_ok=True)
    whole.replace(blob)
    kinds = [MODEL, *(f"application/vnd.ollama.image.{kind}" for kind in layers)]
    size = blob.stat().st_size
    listed = [
        {"mediaType": kind, "digest": f"sha256:{digest}", "size": size}
        for kind in [*kinds[1:], kinds[0]]
    ]
    path = root / "manifests" / place / model / tag
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"schemaVersion": 2, "layers": listed}))
    return blob


def lm_studio(home: Path, own: str, name: str = "qwen3") -> Path:
    """A GGUF file in LM Studio's folders, at publisher/model/file."""
    return gguf(home / ".lmstudio/models" / own, name)


def llama_cpp(home: Path, file: str, name: str = "llama 3") -> Path:
    """A GGUF file in llama.cpp's cache, as it was up to 2026."""
    caches = {"darwin": "Library/Caches"}
    return gguf(home / caches.get(sys.platform, ".cache") / "llama.cpp" / file, name)


def hub(home: Path, owner_and_name: str, file: str, name: str = "smollm3") -> Path:
    """A GGUF file in the hub's cache, where llama.cpp puts it now: a link to a blob."""
    folder = home / ".cache/huggingface/hub"
    folder /= "models--" + owner_and_name.replace("/", "--")
    path = gguf(folder / "snapshots/0123abc" / file, name)
    if os.name != "nt":  # links there take rights; the cache then has files
        blob = folder / "blobs" / hashlib.sha256(path.read_bytes()).hexdigest()
        blob.parent.mkdir(exist_ok=True)
        path.replace(blob)
        path.symlink_to(Path("../../blobs") / blob.name)
    return path
