"""JupyterLab as `start.py` sets it: names that it knows, and notes in saved lessons."""

import importlib
import json
import sys
from pathlib import Path
from typing import Any

import jsonschema
import nbformat
import pytest
import zmq
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from llm_lessons_starter import lab, saving

SCHEMAS = Path(sys.prefix, "share", "jupyter", "lab", "schemas")


@pytest.mark.parametrize("plugin", lab.SETTINGS)
def test_the_pinned_jupyterlab_knows_each_setting(plugin: str):
    path = SCHEMAS / f"{plugin.replace(':', '/')}.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    assert lab.SETTINGS[plugin].keys() <= schema["properties"].keys()
    jsonschema.validate(lab.SETTINGS[plugin], schema)


def trait_of(option: str, module: str) -> tuple[str, Any]:
    """The value of an option, and the trait that it is for."""
    name, _, value = option.partition("=")
    holder, trait = name.removeprefix("--").split(".")
    traits = getattr(importlib.import_module(module), holder).class_traits()
    return value, traits[trait]


def test_the_server_knows_the_hook_and_the_encryption_that_are_asked_for():
    hook, encryption = lab.OPTIONS
    value, trait = trait_of(hook, "jupyter_server.services.contents.manager")
    module, _, function = value.rpartition(".")
    assert getattr(importlib.import_module(module), function) is saving.leave_notes
    assert trait.metadata["config"]
    value, trait = trait_of(encryption, "jupyter_client.manager")
    assert value in trait.values and zmq.has("curve")


def test_each_control_has_its_note_and_no_other_state_is_saved():
    shown = [
        new_output("display_data", data={saving.VIEW: {"model_id": model}})
        for model in ("one", "two")
    ]
    cell = new_code_cell("1", outputs=[new_output("stream", text="So."), *shown])
    old = {saving.STATE: {"version_major": 2, "version_minor": 0, "state": {"x": {}}}}
    metadata = {"widgets": old, "title": "kept"}
    book = new_notebook(cells=[new_markdown_cell("# Title"), cell], metadata=metadata)
    saving.leave_notes({"type": "notebook", "content": book}, path="a.ipynb")
    nbformat.validate(book)
    states = book.metadata["widgets"][saving.STATE]["state"]
    assert states == {"one": saving.note(), "two": saving.note()}
    assert "Run this cell again" in states["one"]["state"]["value"]
    assert book.metadata["title"] == "kept"
    cell.outputs = []
    saving.leave_notes({"type": "notebook", "content": book}, path="a.ipynb")
    assert "widgets" not in book.metadata
    for kind, content in (("file", "text"), ("notebook", None)):
        model = {"type": kind, "content": content}
        saving.leave_notes(model, path="a")
        assert model == {"type": kind, "content": content}
