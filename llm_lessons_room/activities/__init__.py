"""What a room does with its phones: a folder an activity.

    rules.py    KINDS: its tally by the kind of its steps, which says what phones may
                answer, the payload of it and in which moments (`parts/tally.py`)
    content.py  KINDS: what its steps want to know and what they show (`parts/plan.py`)
    slides.py   KINDS: the same without phones, if a sentence isn't enough
    phone.js, screen.js, lead.js
                what each page shows; they say so to `web/kinds.js`
    words.toml  what those pages say in English, by page; any {name} is filled in that
                `tell(key, values)` is given, and handouts/languages translates it

The keys of all activities share one table a page, so they begin with their kind; what
several say stands in content/words.toml. Nothing else names an activity: a deck plays
it as soon as a step names its kind.
"""

from importlib import import_module
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def brought(part: str) -> dict[str, Any]:
    """What the modules of a name say in all folders, by the kinds of steps."""
    found: dict[str, Any] = {}
    for path in sorted(FOLDER.glob(f"*/{part}.py")):
        found |= import_module(f"{__name__}.{path.parent.name}.{part}").KINDS
    return found
