"""A self-contained page of widgets, and a small lesson, as a handout has them."""

import json

from ipywidgets import DOMWidget
from ipywidgets.embed import dependency_state
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from llm_lessons.foundation.js_bundle import bundle
from llm_lessons.foundation.paths import WEB
from llm_lessons.pages.page import STATE, VIEW, Lesson, lesson, packed_states

HOST, _ = bundle(WEB / "page" / "host.js")


def static_page(*widgets: DOMWidget, script: str = "") -> str:
    """HTML with these widgets in it, alive, without a kernel or a network.

    Args:
        script: address of one that brings a model along, which then answers them.
    """
    name = script.rpartition("/")[2].removesuffix(".js")
    brought = f'<script defer src="{script}" data-model="{name}"></script>'
    states = dependency_state(widgets, drop_defaults=False)
    views = (json.dumps({"model_id": widget.model_id}) for widget in widgets)
    places = "".join(f'<script type="{VIEW}">{view}</script>' for view in views)
    return (
        '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Saved</title>'
        '<meta name="viewport" content="width=device-width">'
        '<meta name="color-scheme" content="light dark">'
        f'<link rel="icon" href="data:,"><body>{places}'
        f'<script id="states" type="text/plain">{packed_states(states)}</script>'
        f'<script type="module">{HOST}</script>{brought * bool(script)}</body></html>'
    )


def small_lesson(name: str, *cells: str | tuple[DOMWidget, ...]) -> Lesson:
    """A lesson as its notebook is executed: texts, and cells that show widgets."""
    shown = [widget for cell in cells if not isinstance(cell, str) for widget in cell]
    state = dependency_state(shown, drop_defaults=False) if shown else {}
    metadata = {"widgets": {STATE: {"state": state}}}
    return lesson(name, new_notebook(cells=[*map(_cell, cells)], metadata=metadata))


def _cell(content: str | tuple[DOMWidget, ...]) -> NotebookNode:
    if isinstance(content, str):
        return new_markdown_cell(content)
    views = ({VIEW: {"model_id": one.model_id}} for one in content)
    outputs = [new_output("display_data", data=view) for view in views]
    return new_code_cell("show()", outputs=outputs)
