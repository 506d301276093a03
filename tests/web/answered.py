"""Widgets that a page answers by itself, in deno: no browser and no kernel."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from ipywidgets import DOMWidget
from ipywidgets.embed import dependency_state

from llm_lessons.language_model import LanguageModel
from llm_lessons.language_model.loading import load
from llm_lessons.pages.model_script import model_script
from tests.web.in_deno import STAND_INS, evaluate

# A script of the page is run as one; each change waits for its answer, 20 s at most.
ASK = """
const { standInModel } = await import(data.standIns);
(0, eval)(data.script);
const bytes = (text) =>
  new DataView(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);
for (const { path, data: text } of data.buffers) {
  let place = data.state;
  for (const name of path.slice(0, -1)) place = place[name];
  place[path.at(-1)] = bytes(text);
}
const { model } = standInModel(data.state);
web.letAnswer(data.name, data.kind, model);
const told = [];
for (const [change, until, traits] of data.asked) {
  const met = new Function("get", `return ${until}`);
  for (const [name, value] of Object.entries(change)) model.set(name, value);
  const end = performance.now() + 20_000;
  while (!met((name) => model.get(name)) && performance.now() < end) {
    await new Promise((done) => setTimeout(done, 2));
  }
  told.push(traits.map((wanted) => {
    const [name, kind = "Float32Array"] = wanted.split(" as ");
    const inNumbers = (value) => {
      if (value instanceof DataView) return [...new globalThis[kind](value.buffer)];
      if (value?.constructor !== Object) return value;
      const entries = Object.entries(value);
      return Object.fromEntries(entries.map(([key, part]) => [key, inNumbers(part)]));
    };
    return inNumbers(model.get(name));
  }));
}
return told;
"""

type Asked = tuple[dict[str, Any], str, Sequence[str]]


@cache
def fjord() -> LanguageModel:
    """The class model, whose script every question shares."""
    return load("fjord")


@cache
def script() -> str:
    """What brings it into a page."""
    return model_script(fjord())


HEARD = """Object.entries(get('_questions')).every(([place, one]) =>
  JSON.stringify(get('_answers')[place]?.heard) === JSON.stringify(one))"""


def questions(asked: Mapping[str, list[Any]]) -> Asked:
    """These are asked at their places until they are answered."""
    return {"_questions": dict(asked)}, HEARD, ("_answers",)


def in_page(
    widget: DOMWidget, asked: Sequence[Asked], more: str = ""
) -> list[list[Any]]:
    """What the page answers, from the state that the widget has now.

    Args:
        asked: for each question the traits that it sets, an expression of JavaScript
            that is true once it is answered (`get` gives a trait), and the traits to
            give back. Bytes come back as numbers of float32, or of what is said behind
            the trait: "_looks as Uint16Array".
        more: another script of the page.
    """
    saved = dependency_state([widget], drop_defaults=False)[widget.model_id]
    state = json.loads(json.dumps(saved["state"]))
    return evaluate(
        "engine/offered.js",
        ASK,
        {
            "script": script() + more,
            "standIns": STAND_INS,
            "state": state,
            "buffers": saved.get("buffers", []),
            "name": state["_lm_name"],
            "kind": state["_anywidget_id"].rpartition(".")[2],
            "asked": list(asked),
        },
    )


def change(widget: DOMWidget, changes: dict[str, Any]) -> None:
    """Several traits at once, as in a page: whoever listens hears of the last state."""
    with widget.hold_trait_notifications():
        for name, value in changes.items():
            setattr(widget, name, value)


def alike(found: Any, expected: Any, rtol: float = 0, atol: float = 0) -> None:
    """The same, but for decimals, which may differ by a share and a sum."""
    if isinstance(expected, bytes):
        np.testing.assert_allclose(found, numbers(expected), rtol, atol)
    elif isinstance(expected, dict):
        assert found.keys() == {str(key) for key in expected}
        for key, value in expected.items():
            alike(found[str(key)], value, rtol, atol)
    elif isinstance(expected, list | tuple):
        for one, other in zip(found, expected, strict=True):
            alike(one, other, rtol, atol)
    elif isinstance(expected, float):
        assert abs(found - expected) <= atol + rtol * abs(expected)
    else:
        assert found == expected


def same_answers(
    widget: DOMWidget, asked: Sequence[Asked], rtol: float = 0, atol: float = 0
) -> list[list[Any]]:
    """What the page answers; asked the same, the widget itself says so, too."""
    told = in_page(widget, asked)
    for (changes, _, traits), found in zip(asked, told, strict=True):
        change(widget, changes)
        alike(found, [getattr(widget, name) for name in traits], rtol, atol)
    return told


def numbers(data: bytes) -> np.ndarray:
    """A trait of bytes, as `in_page` gives it back."""
    return np.frombuffer(data, "<f4")
