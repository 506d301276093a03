"""A self-contained page of widgets, as a handout has them."""

import json

from ipywidgets import DOMWidget
from ipywidgets.embed import dependency_state

from llm_lessons.js_bundle import bundle
from llm_lessons.pages.page import VIEW, packed_states
from llm_lessons.paths import WEB

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
