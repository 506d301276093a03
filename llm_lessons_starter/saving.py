"""What JupyterLab's server does with a notebook before it is saved.

A control is drawn from a state that its kernel holds. When a saved lesson is opened
again, that kernel has ended, and JupyterLab would say "Error displaying widget: model
not found" in the place of each control. So a note is saved for each, as the state of a
widget that shows it. While the kernel lives, JupyterLab takes the state that it holds.

JupyterLab could save the true states instead (`saveState`). We don't let it: with them,
a notebook of one slider over the real model's vocabulary takes 1.4 MB, and 5.5 MB once
its cells have been run four times, for the old states are saved too. And sliders that
move without Python look awake, but answer nothing that is typed.
"""

from typing import Any, Dict

VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
NOTE = (
    "<b>Run this cell again</b> to bring this control back, after the cells above it. "
    "<em>Run &gt; Run All Cells</em> does so for the whole lesson."
)


def leave_notes(model: Dict[str, Any], **_: Any) -> None:
    """Save a note for each control that the notebook shows, and no other state.

    JupyterLab's server calls this before each save.

    Args:
        model: what is about to be saved: its `type`, and its `content`, which is
            changed in place.
    """
    if model["type"] != "notebook" or model.get("content") is None:
        return
    notebook = model["content"]
    outputs = [out for cell in notebook["cells"] for out in cell.get("outputs", [])]
    views = [out["data"][VIEW] for out in outputs if VIEW in out.get("data", {})]
    notebook["metadata"].pop("widgets", None)
    if views:
        states = {view["model_id"]: note() for view in views}
        saved = {"version_major": 2, "version_minor": 0, "state": states}
        notebook["metadata"]["widgets"] = {STATE: saved}


def note() -> Dict[str, Any]:
    """The state of a widget that shows NOTE, as ipywidgets' protocol writes it."""
    return {
        "model_module": "@jupyter-widgets/controls",
        "model_module_version": "2.0.0",
        "model_name": "HTMLModel",
        "state": {"value": NOTE},
    }
