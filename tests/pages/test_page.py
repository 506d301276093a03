"""An executed notebook as a page: what is in it, what is printed, what is shared."""

import json
import re

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from llm_lessons.lessons.questions import Choice, Question
from llm_lessons.pages import booklet
from llm_lessons.pages.page import (
    STATE,
    VIEW,
    lesson,
    on_paper,
    page,
    shared_values,
    title_of,
)

TASK = '<div class="ll-feedback" data-status="task">Do it.</div>'
FIGURE = '<svg role="img" aria-label="A curve that rises over time"></svg>'
LINKS = "See [3](03_sampling.ipynb#Part) and [a word](glossary.md#Token)."
LONG = "export default {};" * 40


def shown(text: str, kind: str = "text/html") -> NotebookNode:
    return new_output("display_data", data={kind: text})


def view(model: str) -> NotebookNode:
    return new_output("display_data", data={VIEW: {"model_id": model}})


def widget(**state: object) -> dict[str, object]:
    return {"model_module": "anywidget", "state": {"_esm": LONG, "_css": "", **state}}


def notebook(**tags: list[str]) -> NotebookNode:
    """A lesson in small; `tags` are those of cells, by their ids."""
    text, code = new_markdown_cell, new_code_cell
    cells = [
        text("# 4 · Temperature", id="title"),
        text("## The question\n\nWhy?", id="question"),
        code("show()", id="first", outputs=[shown("So.")]),
        text("Go on.", id="more"),
        text("## Predict", id="predict"),
        code("ask()", id="quiz", outputs=[view("quiz")]),
        text(f"## See it\n\n{LINKS}", id="see"),
        code("slide()", id="slider", outputs=[view("slider")]),
        text("## Measure it", id="measure"),
        code("draw()", id="figure", outputs=[shown(FIGURE)]),
        code("say()", id="in-one-sentence", outputs=[shown("So it is.")]),
        text("## Your turn\n\nThree exercises.", id="turn"),
        code("task()", id="task", outputs=[shown(TASK)]),
        code("check()", id="check", outputs=[shown("Not attempted")]),
        text("## Take away\n\n**Remember:** it.", id="take"),
    ]  # fmt: skip
    for cell in cells:
        cell.metadata["tags"] = tags.get(cell.id, [])
    states = {
        "quiz": widget(question="Which <one>?"),
        "slider": widget(text="</script>"),
        "unseen": widget(),
        "layout": {"model_module": "@jupyter-widgets/base", "state": {}},
    }
    metadata = {"widgets": {STATE: {"state": states}}}
    return new_notebook(cells=cells, metadata=metadata)


def printed(book: NotebookNode, how: str = "paper") -> list[str]:
    pairs = zip(book.cells, on_paper(book), strict=True)
    return [cell.id for cell, printed in pairs if printed == how]


def test_what_is_printed():
    whole = "title question first more quiz measure figure in-one-sentence task take"
    assert printed(notebook()) == whole.split()
    assert printed(notebook(), "heading") == ["predict", "turn"]
    tagged = notebook(
        check=["paper"], figure=["no-paper"], more=["heading"], see=["paper", "other"]
    )
    whole = "title question first quiz see measure in-one-sentence task check take"
    assert printed(tagged) == whole.split()
    assert printed(tagged, "heading") == ["more", "predict", "turn"]


def test_two_figures_are_printed_between_what_is_said_of_them():
    book = notebook()
    place = next(i for i, cell in enumerate(book.cells) if cell.id == "turn")
    for n in (2, 3):
        before = new_markdown_cell("Now look.", id=f"before-{n}")
        work = new_code_cell("measure()", id=f"work-{n}")
        figure = new_code_cell(id=f"figure-{n}", outputs=[shown(FIGURE)])
        said = new_code_cell(id=f"{n}-in-one-sentence", outputs=[shown("So.")])
        book.cells[place:place] = [before, work, figure, said]
        place += 4
    chosen = printed(book)
    assert {"figure", "before-2", "figure-2", "2-in-one-sentence"} < set(chosen)
    assert not {"work-2", "before-3", "figure-3", "3-in-one-sentence"} & set(chosen)


def test_a_cell_that_is_printed_says_so_to_the_stylesheet():
    body = lesson("04_temperature", notebook()).body
    marked = re.findall(r'celltag_paper" id="04_temperature-([a-z-]+)"', body)
    assert marked == printed(notebook())


def test_links_lead_from_page_to_page():
    body = lesson("04_temperature", notebook()).body
    assert 'href="03_sampling.html"' in body and ".ipynb" not in body
    assert 'href="glossary.html#Token"' in body


def test_the_title_is_the_heading():
    assert title_of(notebook()) == "4 · Temperature"


def test_only_the_states_of_shown_widgets_are_kept_in_their_order():
    book = notebook()
    assert list(lesson("x", book).states) == ["quiz", "slider"]
    saved = book.metadata["widgets"][STATE]
    saved["state"] = dict(reversed(saved["state"].items()))
    assert list(lesson("x", book).states) == ["quiz", "slider"]


def test_the_states_stand_once_in_a_page_and_not_in_its_text():
    assert "Which <one>?" not in lesson("x", notebook()).body
    whole = page("x", [lesson("x", notebook())])
    assert whole.count("Which <one>?") == whole.count(LONG) == 1


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


@pytest.mark.parametrize(("paper", "size"), [("a4", "A4"), ("letter", "letter")])
def test_a_page_is_whole_and_nothing_in_it_ends_its_scripts(paper: str, size: str):
    whole = page("A <title>", [lesson("x", notebook())], paper)
    assert f"size: {size};" in whole and "A &lt;title&gt;" in whole
    assert "{{" not in whole.split("<body")[0]
    data = re.search(r'<script id="states"[^>]*>(.*?)</script>', whole, re.DOTALL)
    assert data and json.loads(data[1])["models"].keys() == {"quiz", "slider"}


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


def test_the_index_links_every_page():
    names = ("04_temperature", "00_start_here")
    made = [lesson(name, notebook()) for name in names]
    index = booklet.index(made, [("booklet.pdf", "The booklet")])
    for target in ("04_temperature.html", "04_temperature.pdf", "booklet.pdf"):
        assert f'href="{target}"' in index
    # no sheet belongs to it
    assert "00_start_here.html" in index and "00_start_here.pdf" not in index


def test_the_guide_and_the_glossary_are_pages():
    guide = booklet.guide("a4")
    assert "<h2" in guide and "What people ask" in guide
    assert 'href="cards.pdf"' in guide and 'href="08_chain_of_thought.html"' in guide
    assert 'id="Chain-of-thought"' in booklet.glossary("a4")


def test_notebooks_of_this_shape_are_valid():
    nbformat.validate(notebook())
