"""A self-contained page of widgets, as a saved notebook or a handout has them."""

import json
from pathlib import Path

from ipywidgets import DOMWidget
from ipywidgets.embed import dependency_state

HOST = Path(__file__).with_name("static_host.js").read_text()


def static_page(*widgets: DOMWidget) -> str:
    """HTML with these widgets in it, alive, without a kernel or a network."""
    state = dependency_state(widgets, drop_defaults=False)
    states = json.dumps(state).replace("</", "<\\/")
    places = "".join(f'<div data-model="{w.model_id}"></div>' for w in widgets)
    return (
        '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Saved</title>'
        '<meta name="viewport" content="width=device-width">'
        '<meta name="color-scheme" content="light dark">'
        f'<link rel="icon" href="data:,"><body>{places}'
        f'<script id="states" type="application/json">{states}</script>'
        f'<script type="module">{HOST}</script></body></html>'
    )
