"""A page for one activity of a room, without server and shell, with the real model."""

import json
import tomllib
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from llm_lessons.js_bundle import bundle
from llm_lessons.paths import WEB

ROOT = Path(__file__).resolve().parents[2]
WORDS = ROOT / "llm_lessons" / "room" / "words.toml"
# What the shell gives a screen: letters that grow with it, and room for its own bars.
LOOKS = {
    "phone": "body{margin:0;padding:16px}",
    "screen": "html{font-size:max(32px,min(2.5vw,4.44vh))}body{margin:0}"
    "main{box-sizing:border-box;height:100vh;padding:2.2rem 1rem 1.6rem}",
}


def room_page(activity: str, model: str = "") -> str:
    """HTML with this activity in it: `coinOnPhone`, `coinOnScreen`, and so on.

    Args:
        model: address of the script that brings the class model along; none if empty.
    """
    side = "phone" if activity.endswith("Phone") else "screen"
    script, styles = bundle(ROOT / "tests" / "web" / "room_stage.js")
    page_styles = (WEB / "page" / "page.css").read_text(encoding="utf-8")
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))[side]
    brought = f'<script defer src="{model}"></script>' if model else ""
    return (
        '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Room</title>'
        '<meta name="viewport" content="width=device-width">'
        f'<link rel="icon" href="data:,"><style>{page_styles}{styles}'
        f"main{{max-width:none;padding:0}}{LOOKS[side]}</style>"
        f'<body data-activity="{activity}"><main><h1 class="ll-unseen">Room</h1></main>'
        '<p role="status" class="ll-unseen" style="position:fixed"></p>'
        f'<script id="words" type="application/json">{json.dumps(words)}</script>'
        f'{brought}<script type="module">{script}</script></body></html>'
    )


def show(page: Page, moment: dict[str, Any]) -> None:
    """Let the activity hear of a moment."""
    page.evaluate("moment => stage.show(moment)", moment)


def answers(page: Page) -> list[Any]:
    """What the activity has answered so far."""
    return page.evaluate("stage.answers")
