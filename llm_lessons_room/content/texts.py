"""What a room is told beside the decks: words of its pages, Remember lines.

Each is read from where it stands; none of it is written twice.
"""

import json
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from llm_lessons.foundation.languages import Translate, english
from llm_lessons.foundation.paths import NOTEBOOKS
from llm_lessons.lessons import LESSONS
from llm_lessons.pages.pieces import REMEMBER
from llm_lessons_room.activities import FOLDER

_HERE = Path(__file__).parent


def words(translate: Translate = english) -> dict[str, dict[str, str]]:
    """What each page says by its keys: phone, screen and lead."""
    pages: dict[str, dict[str, str]] = {}
    for path in (_HERE / "words.toml", *sorted(FOLDER.glob("*/words.toml"))):
        for page, table in _read_toml(path).items():
            words = {key: translate(text) for key, text in table.items()}
            pages[page] = pages.get(page, {}) | words
    return pages


@cache
def rude_words() -> dict[str, list[str]]:
    """Words of which a leader is warned, by the codes of their languages."""
    return _read_toml(_HERE / "rude_words.toml")


def _read_toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def home_name(code: str) -> str:
    """The chat that a phone may keep, in a language: a file in the room's folder."""
    return f"home_{code}.html"


def notebook_of(lesson: int) -> Path:
    return NOTEBOOKS / f"{lesson:02}_{LESSONS[lesson]}.ipynb"


@cache
def remember(lesson: int) -> str:
    """The sentence to remember of a lesson, from the end of its notebook.

    Raises:
        ValueError: the notebook is not there, or has no such sentence; names it.
    """
    path = notebook_of(lesson)
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        sources = [
            "".join(cell["source"]) for cell in cells if cell["id"] == "remember"
        ]
        match = REMEMBER.search("\n".join(sources))
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise ValueError(f"{path} is no lesson: {error}") from error
    if not match:
        raise ValueError(f"{path} has nothing under “Remember:” in its last part.")
    # in one line, without Markdown's stars, links and hard spaces
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", match[1].replace("&nbsp;", " "))
    return re.sub(r"\*+", "", " ".join(text.split()))
