"""JupyterLab as `start.py` sets it: names that it knows, and notes in saved lessons."""

import importlib
import json
import sys
from pathlib import Path

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


def test_the_server_finds_the_hook():
    option, _ = lab.OPTIONS
    name, _, value = option.partition("=")
    module, _, function = value.rpartition(".")
    assert getattr(importlib.import_module(module), function) is saving.leave_notes
    holder, trait = name.removeprefix("--").split(".")
    manager = importlib.import_module("jupyter_server.services.contents.manager")
    assert getattr(manager, holder).class_traits()[trait].metadata["config"]


def test_kernels_know_the_encryption_that_is_asked_for():
    _, option = lab.OPTIONS
    name, _, value = option.partition("=")
    holder, trait = name.removeprefix("--").split(".")
    manager = importlib.import_module("jupyter_client.manager")
    assert value in getattr(manager, holder).class_traits()[trait].values
    assert zmq.has("curve")


def notebook(*models: str) -> nbformat.NotebookNode:
    """A notebook that shows these widgets, with a state that JupyterLab saved."""
    shown = [
        new_output("display_data", data={saving.VIEW: {"model_id": model}})
        for model in models
    ]
    plain = new_output("stream", text="So.")
    cells = [new_markdown_cell("# Title"), new_code_cell("1", outputs=[plain, *shown])]
    old = {saving.STATE: {"version_major": 2, "version_minor": 0, "state": {"x": {}}}}
    return new_notebook(cells=cells, metadata={"widgets": old, "title": "kept"})


def test_each_control_has_its_note_and_no_other_state_is_saved():
    book = notebook("one", "two")
    saving.leave_notes({"type": "notebook", "content": book}, path="a.ipynb")
    nbformat.validate(book)
    states = book.metadata["widgets"][saving.STATE]["state"]
    assert states == {"one": saving.note(), "two": saving.note()}
    assert "Run this cell again" in states["one"]["state"]["value"]
    assert book.metadata["title"] == "kept"


def test_what_shows_no_controls_is_saved_as_it_is():
    book = notebook()
    saving.leave_notes({"type": "notebook", "content": book}, path="a.ipynb")
    assert "widgets" not in book.metadata
    for model in (
        {"type": "file", "content": "text"},
        {"type": "notebook", "content": None},
    ):
        before = dict(model)
        saving.leave_notes(model, path="a")
        assert model == before
