"""What a room does with its phones: a folder an activity.

    rules.py    KINDS: its tally by the kind of its steps, which says what phones may
                answer, the payload of it and in which moments (`parts/tally.py`)
    kind.py     KINDS: what a deck gives its steps, what these show, and the same on
                slides, without phones (`parts/plan.py`)
    phone.js, screen.js, lead.js
                what each page shows; they register it in `web/kinds.js`
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


def load_kinds(module: str) -> dict[str, Any]:
    """The KINDS of the modules of this name in all folders, "rules" or "kind"."""
    kinds: dict[str, Any] = {}
    for path in sorted(FOLDER.glob(f"*/{module}.py")):
        kinds |= import_module(f"{__name__}.{path.parent.name}.{module}").KINDS
    return kinds
