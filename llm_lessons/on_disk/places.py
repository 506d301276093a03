"""Where programs keep the models that people have fetched with them.

Each place can be moved by the variables of the environment that its program reads too.
A folder whose `~` is nobody's here is given as it is: who reads it tells of it.
"""

import json
import os
import sys
from pathlib import Path

from llm_lessons.checks import small_text

_HOME = Path("~")  # there may be none: no HOME, and a user without an account


def ollama() -> list[Path]:
    """Ollama's folders (docs/faq.md in ollama/ollama): its user's, or its service's."""
    if chosen := os.environ.get("OLLAMA_MODELS"):
        return _there(Path(chosen))
    service = Path("/usr/share/ollama/.ollama/models")
    return _there(_HOME / ".ollama/models", service)


def lm_studio() -> list[Path]:
    """LM Studio's folders (lmstudio.ai/docs/basics/import-model), old and new."""
    found = [_HOME / ".lmstudio/models", _HOME / ".cache/lm-studio/models"]
    try:
        record = at_home(_HOME / ".lmstudio/settings.json")
        settings = json.loads(small_text(record))
        chosen = settings.get("downloadsFolder")
        if isinstance(chosen, str) and chosen:
            found.insert(0, Path(chosen))
    except (OSError, ValueError, AttributeError, RecursionError):
        pass  # it has none, or none that is understood
    return _there(*found)


def hugging_face() -> list[Path]:
    """The hub's cache (docs/source/en/package_reference/environment_variables.md)."""
    for name in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"):
        if chosen := os.environ.get(name):
            return _there(Path(chosen))
    if home := os.environ.get("HF_HOME"):
        return _there(Path(home) / "hub")
    return _there(_cache("linux") / "huggingface/hub")


def llama_cpp() -> list[Path]:
    """llama.cpp's cache (`fs_get_cache_directory` in its common/common.cpp)."""
    if chosen := os.environ.get("LLAMA_CACHE"):
        return _there(Path(chosen))
    return _there(_cache(sys.platform) / "llama.cpp")


def _cache(platform: str) -> Path:
    """Where programs of this system keep what they can fetch again."""
    if platform == "darwin":
        return _HOME / "Library/Caches"
    if platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or _HOME / "AppData/Local")
    return Path(os.environ.get("XDG_CACHE_HOME") or _HOME / ".cache")


def _there(*folders: Path) -> list[Path]:
    """Those that exist, each once; which of them may be read is seen later."""
    return [one for one in dict.fromkeys(map(at_home, folders)) if _exists(one)]


def at_home(path: Path) -> Path:
    """A path with the user's home for its `~`, or as it is where that is nobody's."""
    try:
        return path.expanduser()
    except (RuntimeError, ValueError):  # no such user, or a name that nobody can have
        return path


def _exists(folder: Path) -> bool:
    if str(folder).startswith("~"):
        return True
    try:
        return folder.is_dir()
    except OSError:  # a folder above it has no rights
        return False
