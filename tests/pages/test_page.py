"""An executed notebook as a page: what is in it, and what is shared."""

import base64
import json
import re
import zlib

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from llm_lessons.lessons.questions import Choice, Question
from llm_lessons.pages import booklet
from llm_lessons.pages.page import STATE, VIEW, lesson, page, shared_values

TASK = '<div class="ll-feedback" data-status="task">Do it.</div>'
FIGURE = '<svg role="img" aria-label="A curve that rises over time"></svg>'
LINKS = "See [3](03_sampling.ipynb#Part) and [a word](glossary.md#Token)."
LONG = "export default {};" * 40


def shown(value: object, kind: str = "text/html") -> NotebookNode:
    return new_output("display_data", data={kind: value})


def view(model: str) -> NotebookNode:
    return shown({"model_id": model}, VIEW)


def widget(**state: object) -> dict[str, object]:
    return {"model_module": "anywidget", "state": {"_esm": LONG, "_css": "", **state}}


def notebook() -> NotebookNode:
    """A lesson in small."""
    text, code = new_markdown_cell, new_code_cell
    cells = [
        text("# 4 · Temperature", id="title"),
        text("## Guess", id="guess"),
        code("ask()", id="quiz", outputs=[view("quiz")]),
        text(f"## Play\n\n{LINKS}", id="play"),
        code("slide()", id="slider", outputs=[view("slider")]),
        text("## Why\n\nSo.", id="why"),
        code("show()", id="first", outputs=[shown("So.")]),
        text("## Measure", id="measure"),
        code("draw()", id="figure", outputs=[shown(FIGURE)]),
        code("say()", id="in-one-sentence", outputs=[shown("So it is.")]),
        text("## Your turn\n\nThree exercises.", id="turn"),
        code("task()", id="task", outputs=[shown(TASK)]),
        code("check()", id="check", outputs=[shown("Not attempted")]),
        text("## Remember\n\n**Remember:** it.", id="remember"),
    ]  # fmt: skip
    states = {
        "quiz": widget(question="Which <one>?"),
        "slider": widget(text="</script>"),
        "unseen": widget(),
        "layout": {"model_module": "@jupyter-widgets/base", "state": {}},
    }
    metadata = {"widgets": {STATE: {"state": states}}}
    return new_notebook(cells=cells, metadata=metadata)


def unpacked(whole: str) -> tuple[str, bytes]:
    """The states of a page's widgets: their JSON, and all bytes."""
    packed = re.search(r'<script id="states"[^>]*>(.*?)</script>', whole, re.DOTALL)
    assert packed
    text, _, data = zlib.decompress(base64.b64decode(packed[1])).partition(b"\0")
    return text.decode(), data


def test_links_lead_from_page_to_page():
    body = lesson("04_temperature", notebook()).body
    assert 'href="03_sampling.html"' in body and ".ipynb" not in body
    assert 'href="glossary.html#Token"' in body


def test_the_states_of_shown_widgets_stand_once_in_their_order():
    book = notebook()
    saved = book.metadata["widgets"][STATE]
    saved["state"] = dict(reversed(saved["state"].items()))
    made = lesson("x", book)
    assert list(made.states) == ["quiz", "slider"]
    assert "Which <one>?" not in made.body
    for paper, size in (("a4", "A4"), ("letter", "letter")):
        whole = page("A <title>", [made], paper)
        states = unpacked(whole)[0]
        assert states.count("Which <one>?") == states.count(LONG) == 1
        assert "Which <one>?" not in whole and LONG not in whole
        assert json.loads(states)["models"].keys() == {"quiz", "slider"}
        assert f"size: {size};" in whole and "A &lt;title&gt;" in whole
        assert "{{" not in whole.split("<body")[0]


def test_a_quiz_can_be_read_without_scripts_and_nothing_in_it_is_markup():
    book = notebook()
    states = book.metadata["widgets"][STATE]["state"]
    states["quiz"]["state"]["_choices"] = [
        ["<i>", True, "So it is."],
        ["No", False, ""],
    ]
    body = lesson("x", book).body
    assert '<div class="without-scripts"><p>Which &lt;one&gt;?</p>' in body
    assert "<li>&lt;i&gt;: right. So it is.</li><li>No: wrong. </li>" in body
    assert body.count("without-scripts") == 1  # and nothing for the slider
    assert "JavaScript is off" in page("x", [lesson("x", book)])
    assert "JavaScript is off" not in page("x", [])


def test_a_page_loads_the_models_that_its_widgets_ask():
    book = notebook()
    slider = book.metadata["widgets"][STATE]["state"]["slider"]["state"]
    loads = '<script defer src="fjord.js" data-model="fjord"></script>'
    for name, count in (("", 0), ("SmolLM2", 0), ("fjord", 1)):
        slider["_lm_name"] = name
        one = lesson("x", book)
        assert page("x", [one, one]).count(loads) == count
        assert page("x", [one, one]).count("<script defer") == count


def test_what_several_widgets_have_is_written_once():
    states = lesson("x", notebook()).states
    text = json.dumps(shared := shared_values(states))
    assert text.count(LONG) == 1
    values = shared["values"]

    def whole(value):
        is_place = isinstance(value, dict) and "shared" in value
        return values[value["shared"]] if is_place else value

    back = {
        model: {name: whole(value) for name, value in one["state"].items()}
        for model, one in shared["models"].items()
    }
    assert back == {model: one["state"] for model, one in states.items()}


def test_the_answers_name_the_right_choice_and_the_solution(
    monkeypatch: pytest.MonkeyPatch,
):
    choices = Choice("A", True, "It <is>."), Choice("B", False, "It isn't.")
    asked = Question("04.one", "Which <one>?", choices)
    other = Question("05.one", "Which other?", choices)
    monkeypatch.setattr(booklet, "QUESTIONS", (asked, other))
    sheet = booklet.answers([lesson("04_temperature", notebook())], "a4")
    assert "→ <b>A.</b> It &lt;is&gt;." in sheet and "Which &lt;one&gt;?" in sheet
    assert "<b>B.</b>" not in sheet and "Which other?" not in sheet
    assert "04.1" in sheet and "apply_temperature" in sheet
    assert "00.1" not in sheet
