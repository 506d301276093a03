"""A widget's ES module and stylesheet, which can follow their files as one edits."""

import json
import os
import threading
import time
from pathlib import Path
from typing import Any

from llm_lessons.foundation.js_bundle import bundle
from llm_lessons.foundation.paths import WEB

PAUSE = 0.5  # seconds between two looks at the files


def assets(name: str) -> tuple[Any, Any]:
    """`_esm` and `_css` of the widget whose module is `web/widgets/NAME.js`.

    With ANYWIDGET_HMR=1 in the environment, widgets that are shown follow their files.

    Raises:
        ValueError: the modules can't be joined, see `bundle`.
    """
    entry = WEB / "widgets" / f"{name}.js"
    # anywidget's own switch. By itself it watches one file, and ours are several.
    return reloading(entry) if os.getenv("ANYWIDGET_HMR") == "1" else bundle(entry)


def reloading(entry: Path) -> tuple[Any, Any]:
    """The same as `bundle`, in holders that tell anywidget when a file has changed."""
    # What anywidget's cell magic for modules in a notebook is made of.
    from anywidget._file_contents import VirtualFileContents

    script, style = map(VirtualFileContents, bundle(entry))

    def watch() -> None:
        while True:
            time.sleep(PAUSE)
            try:
                texts = bundle(entry)
            except (OSError, ValueError) as trouble:  # it shows where the widget was
                texts = f"throw new Error({json.dumps(str(trouble))});", style.contents
            for holder, text in zip((script, style), texts, strict=True):
                if holder.contents != text:
                    holder.contents = text

    threading.Thread(target=watch, name=f"watch {entry.name}", daemon=True).start()
    return script, style
