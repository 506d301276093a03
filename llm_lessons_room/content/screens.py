"""The three pages of a room, each one file: for phones, for the screen, for the leader.

They ask for nothing but the room's own server, and bring a few words along in every
language, to be said before there is a connection.
"""

import json
from pathlib import Path

from llm_lessons.foundation import face
from llm_lessons.foundation.js_bundle import bundle
from llm_lessons.foundation.languages import ENGLISH, languages, translator
from llm_lessons_room.activities import FOLDER
from llm_lessons_room.content.texts import words
from llm_lessons_starter.atomic import write_text

WEB = FOLDER.parent / "web"
SCREENS = ("phone", "screen", "lead")
EARLY = ("page_", "join_", "link_")  # what begins so is said before a connection is
_WITHOUT_SCRIPTS = (
    "<noscript><main><h1>A room</h1><p>JavaScript is off in this browser. "
    "Turn it on, and load this page again.</p></main></noscript>"
)


def bundled(screen: str) -> tuple[str, str]:
    """A page's script and its styles, with what each activity says to web/kinds.js."""
    return bundle(WEB / f"{screen}.js", sorted(FOLDER.glob(f"*/{screen}.js")))


def screen_page(screen: str) -> str:
    """A page of the room as HTML: the texts it begins with, its look, its script.

    Args:
        screen: one of SCREENS.
    """
    script, style = bundled(screen)
    if "</script" in script:
        raise ValueError(f"{screen}.js has an end of a script in it.")
    early = {
        code: {
            key: text
            for key, text in words(translator(code))[screen].items()
            if key.startswith(EARLY)
        }
        for code in languages()
    }
    return face.filled(
        WEB / "page.html",
        language=ENGLISH,
        title=early[ENGLISH]["page_title"],
        style=face.style() + style,
        without_scripts=_WITHOUT_SCRIPTS,
        early=json.dumps(early, ensure_ascii=False).replace("</", "<\\/"),
        script=script,
    )


def write_screens(out: Path) -> None:
    """Write phone.html, screen.html and lead.html into a folder that is there."""
    for screen in SCREENS:
        write_text(out / f"{screen}.html", screen_page(screen))
