"""The look of the lessons, all of it from one folder: colours, type and drawings.

Fonts have the names "Lessons …", for they are cut down: what they were made from, and
under which licence, stands beside them in `web/face/fonts/LICENSE.md`.
"""

import base64
import re
from functools import cache
from pathlib import Path

from llm_lessons.foundation.paths import WEB

FACE = WEB / "face"
FONTS = FACE / "fonts"
LETTERS = "Lessons Text"  # what figures are written in: `letters`
_FONT = re.compile(r'url\("([\w.]+)"\)')
_PAIR = re.compile(r"--ll-([\w-]+): light-dark\((#\w{6}), (#\w{6})\);")


@cache
def style(own: Path | None = None) -> str:
    """The stylesheet of a page: colours, type with all fonts, and then its own file."""
    ours = ("colours.css", "paper.css", "page.css")
    files = [*(FACE / name for name in ours), *([own] if own else [])]
    return _FONT.sub(_embedded, "".join(map(_text, files)))


def _embedded(font: re.Match[str]) -> str:
    data = base64.b64encode((FONTS / font[1]).read_bytes()).decode()
    return f'url("data:font/woff2;base64,{data}")'


@cache
def colours() -> dict[str, tuple[str, str]]:
    """What each colour is, on light ground and on dark, by what it means."""
    found = _PAIR.finditer(_text(FACE / "colours.css"))
    return {pair[1]: (pair[2], pair[3]) for pair in found}


def drawing(lesson: str) -> str:
    """The SVG whose picture is a lesson's idea; nothing where there is none.

    Args:
        lesson: the name of its notebook, without its ending: "04_temperature".
    """
    path = FACE / "drawings" / f"{lesson}.svg"
    return _text(path) if path.is_file() else ""


def filled(page: Path, **parts: str) -> str:
    """A file of HTML with each of its {{ places }} filled; {{ top }} is that of all."""
    text = _text(page).replace("{{ top }}", _text(FACE / "top.html"))
    return re.sub(r"\{\{ (\w+) \}\}", lambda place: parts[place[1]], text)


def letters() -> list[Path]:
    """The fonts that figures are written with, plain and bold."""
    return [FONTS / "text.ttf", FONTS / "text_bold.ttf"]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
