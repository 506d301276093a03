"""Where programs keep the models that people have fetched with them.

Each place can be moved by the variables of the environment that its program reads too.
"""

import json
import os
import sys
from pathlib import Path

from llm_lessons.foundation.checks import small_text

_HOME = Path("~")


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
        record = (_HOME / ".lmstudio/settings.json").expanduser()
        settings = json.loads(small_text(record))
        chosen = settings.get("downloadsFolder")
        if isinstance(chosen, str) and chosen:
            found.insert(0, Path(chosen))
    except (OSError, ValueError, AttributeError, RuntimeError):
        pass  # it has none, or none that is understood, or there is no home
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
    named = dict.fromkeys(map(os.path.expanduser, folders))
    return [Path(one) for one in named if os.path.isdir(one)]
