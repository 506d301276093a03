"""An executed notebook as one HTML file, alive without a kernel or a network."""

import base64
import html
import json
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

from llm_lessons.foundation import face
from llm_lessons.foundation.js_bundle import bundle
from llm_lessons.foundation.languages import ENGLISH, telling, translator, words_of
from llm_lessons.foundation.paths import WEB
from llm_lessons.pages.folding import ANCHORS, body_of
from llm_lessons.pages.markup import States, Writer
from llm_lessons.pages.pieces import STATE, VIEW, pieces
from llm_lessons.pages.real_part import placed

MODELS = {"fjord": "fjord.js"}  # whose scripts lie beside the pages: `model_script`
SHARED = 200  # letters from which on a value of several widgets is written once
# A table that is wider than the screen scrolls in itself.
_WIDE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_VIEW = re.compile(rf'<script type="{re.escape(VIEW)}">(.*?)</script>', re.DOTALL)
PAPERS = {"a4": "A4", "letter": "letter"}
# What stands here is seen only where JavaScript is off.
_WITHOUT_SCRIPTS = (
    '<p class="without-scripts">JavaScript is off in this browser, so nothing here '
    "moves. Texts, figures and the answers to the quizzes can be read.</p>"
)


@dataclass(frozen=True)
class Lesson:
    """A lesson as a piece of a page."""

    name: str  # of its notebook, without its ending: "04_temperature"
    title: str  # its heading: "4 · Temperature"
    body: str  # its cells as HTML
    states: States  # of its widgets, by their ids


def lesson(name: str, notebook: NotebookNode, language: str = ENGLISH) -> Lesson:
    """Turn an executed notebook into HTML for a phone, in a language."""
    states = widget_states(notebook)
    translate = translator(language)
    body = body_of(pieces(notebook.cells), Writer(states, translate))
    # Ids of cells and headings are those of one notebook; in a booklet stand several.
    body = re.sub(r'id="cell-id=([^"]+)"', rf'id="{name}-\1"', body)
    body = re.sub(r'(<(?:h\d|section class="part") id=")', rf"\g<1>{name}-", body)
    body = re.sub(r'href="(\d\d_\w+)\.ipynb(#[^"]*)?"', r'href="\1.html"', body)
    body = re.sub(r'href="glossary\.md(#[^"]*)?"', r'href="glossary.html\1"', body)
    body = _WIDE.sub(r'<div class="wide" tabindex="0">\g<0></div>', body)
    body = _VIEW.sub(lambda view: view[0] + without_scripts(view[1], states), body)
    body, toys = placed(name, body)
    return Lesson(name, translate(title_of(notebook)), body, states | toys)


def title_of(notebook: NotebookNode) -> str:
    """The text of its first heading."""
    sources = (cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    headings = (re.search(r"^# (.+)$", source, re.MULTILINE) for source in sources)
    return next(found[1] for found in headings if found)


def widget_states(notebook: NotebookNode) -> States:
    """The states of the widgets that the notebook shows, in their order, as saved."""
    saved = notebook.metadata.get("widgets", {}).get(STATE, {}).get("state", {})
    shown = dict.fromkeys(
        output.data[VIEW]["model_id"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if VIEW in output.get("data", {})
    )
    return {
        model: {
            "state": saved[model]["state"],
            "buffers": saved[model].get("buffers", []),
        }
        for model in shown
        if model in saved and saved[model]["model_module"] == "anywidget"
    }


def without_scripts(view: str, states: States) -> str:
    """A quiz with its answers, for a browser whose JavaScript is off; else nothing."""
    state = states.get(json.loads(view)["model_id"], {}).get("state", {})
    if "_choices" not in state:
        return ""
    choices = "".join(
        f"<li>{html.escape(text)}: {'right' if right else 'wrong'}. "
        f"{html.escape(why)}</li>"
        for text, right, why in state["_choices"]
    )
    asked = html.escape(state["question"])
    return f'<div class="without-scripts"><p>{asked}</p><ul>{choices}</ul></div>'


def scripts_of_models(states: States) -> str:
    """HTML that loads the models that these widgets ask, behind all that is drawn."""
    asked = {state["state"].get("_lm_name") for state in states.values()}
    return "".join(
        f'<script defer src="{file}" data-model="{name}"></script>'
        for name, file in MODELS.items()
        if name in asked
    )


def shared_values(states: States) -> dict[str, Any]:
    """States and, written once, the long values that several of them have.

    A value {"shared": 3} stands for the third of the list "values".
    """
    values: list[Any] = []
    places: dict[str, int] = {}
    seen = [
        json.dumps(value)
        for state in states.values()
        for value in state["state"].values()
    ]
    repeated = {text for text in seen if len(text) > SHARED and seen.count(text) > 1}

    def short(value: Any) -> Any:
        text = json.dumps(value)
        if text not in repeated:
            return value
        if text not in places:
            places[text] = len(values)
            values.append(value)
        return {"shared": places[text]}

    models = {
        model: state | {"state": {k: short(v) for k, v in state["state"].items()}}
        for model, state in states.items()
    }
    return {"models": models, "values": values}


def packed_states(states: States) -> str:
    """States for a page, as `host.js` unpacks them: base64 of a packed piece.

    It holds the JSON of `shared_values`, a zero byte, and one behind the other the
    bytes of all buffers, of which the JSON has the lengths.
    """
    shared, data = shared_values(states), bytearray()
    for name, state in shared["models"].items():
        sizes = []
        for buffer in state.get("buffers", []):
            raw = base64.b64decode(buffer["data"])
            sizes.append({"path": buffer["path"], "size": len(raw)})
            data += raw
        shared["models"][name] = state | {"buffers": sizes}
    whole = json.dumps(shared).encode() + b"\0" + data
    return base64.b64encode(zlib.compress(whole, 9)).decode()


def page(
    title: str,
    lessons: Sequence[Lesson],
    paper: str = "a4",
    head: str = "",
    states: States | None = None,
    language: str = ENGLISH,
) -> str:
    """A whole HTML file of one or more lessons.

    Args:
        head: HTML that stands before the lessons.
        states: of the widgets in it, by their ids.
        language: of its text, a code.
    """
    states = (states or {}) | {
        model: state for part in lessons for model, state in part.states.items()
    }
    articles = "\n".join(
        f'<article class="lesson" id="{lesson.name}">{face.drawing(lesson.name)}'
        f"{lesson.body}</article>"
        for lesson in lessons
    )
    folder = WEB / "page"
    host, _ = bundle(folder / "host.js")
    return face.filled(
        folder / "page.html",
        language=html.escape(language),
        title=html.escape(title),
        paper=PAPERS[paper],
        style=face.style(folder / "page.css"),
        bar=_bar(lessons[0]) if len(lessons) == 1 else "",
        without_scripts=_WITHOUT_SCRIPTS * bool(states),
        models=scripts_of_models(states),
        body=head + articles,
        states=packed_states(states),
        host=host,
        words=_words(language, states),
    )


def _words(language: str, states: States) -> str:
    """A script that tells in another language what the page says by itself.

    Args:
        states: of its widgets, which hold quizzes; a room's sentences stay away.
    """
    if language == ENGLISH:
        return ""
    said = json.dumps(states, ensure_ascii=False)
    of_lessons = words_of(language, of_lessons=True)
    shared = {
        own: words
        for own, words in words_of(language).items()
        if own in of_lessons or own in said
    }
    return telling(shared)


def _bar(lesson: Lesson) -> str:
    """The links on top of a lesson's page, to its parts that are there."""
    parts = "".join(
        f'<a href="#{lesson.name}-{label.lower()}">{label}</a>'
        for label in ANCHORS
        if f'id="{lesson.name}-{label.lower()}"' in lesson.body
    )
    others = '<a href="index.html">All lessons</a>'
    return f'<nav class="way" aria-label="This lesson">{parts}{others}</nav>'
