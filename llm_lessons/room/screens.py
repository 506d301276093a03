"""The three pages of a room, each one file: for phones, for the screen, for the leader.

They ask for nothing but the room's own server, and bring a few words along in every
language, to be said before there is a connection.
"""

import json
import tomllib
from pathlib import Path

from llm_lessons import face
from llm_lessons.js_bundle import bundle
from llm_lessons.languages import languages, tells
from llm_lessons.paths import PACKAGE, WEB
from llm_lessons_starter.atomic import write_text

ROOM = WEB / "room"
WORDS = PACKAGE / "room" / "words.toml"
SCREENS = ("phone", "screen", "lead")
EARLY = ("page_", "join_", "link_")  # what begins so is said before a connection is
_WITHOUT_SCRIPTS = (
    "<noscript><main><h1>A room</h1><p>JavaScript is off in this browser. "
    "Turn it on, and load this page again.</p></main></noscript>"
)


def words(screen: str, language: str) -> dict[str, str]:
    """The texts of a page in a language, by their keys.

    Args:
        screen: one of SCREENS.
        language: its code, such as "nb".

    Raises:
        ValueError: there is no such language.
    """
    tell = tells(language)
    english = tomllib.loads(WORDS.read_text(encoding="utf-8"))[screen]
    return {key: tell(text) for key, text in english.items()}


def screen_page(screen: str) -> str:
    """A page of the room as HTML: the texts it begins with, its look, its script.

    Args:
        screen: one of SCREENS.
    """
    script, style = bundle(ROOM / f"{screen}.js")
    early = {
        code: {
            key: text
            for key, text in words(screen, code).items()
            if key.startswith(EARLY)
        }
        for code in languages()
    }
    parts = {
        "title": early["en"]["page_title"],
        "style": face.style() + style,
        "without_scripts": _WITHOUT_SCRIPTS,
        "early": json.dumps(early, ensure_ascii=False).replace("</", "<\\/"),
        "script": script,
    }
    if "</script" in script:
        raise ValueError(f"{screen}.js has an end of a script in it.")
    page = (ROOM / "page.html").read_text(encoding="utf-8")
    for name, text in parts.items():
        page = page.replace(f"{{{{ {name} }}}}", text)
    return page


def write_screens(out: Path) -> None:
    """Write phone.html, screen.html and lead.html into a folder that is there."""
    for screen in SCREENS:
        write_text(out / f"{screen}.html", screen_page(screen))
