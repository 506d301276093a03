"""A lesson's page: what stands open at first sight, and what a tap away."""

import re
from html.parser import HTMLParser

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from llm_lessons.lessons.exercises import exercise
from llm_lessons.pages.execution import lessons
from llm_lessons.pages.page import STATE, VIEW, lesson
from llm_lessons.pages.pieces import NO_PAGE, for_a_reader
from tests.pages.test_page import FIGURE, TASK, shown
from tests.test_notebooks import read

BAR = "\rtexts:  11%|█         | 1/9 [00:03<00:26]"


class Folds(HTMLParser):
    """What of an HTML text stands open, and what in folds; and the folds' names."""

    def __init__(self, html: str):
        super().__init__()
        self.open, self.folded, self.names = "", "", []
        self._depth, self._in_summary = 0, False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self._depth += tag == "details"
        if tag == "summary":
            self._in_summary = True
            self.names.append("")

    def handle_endtag(self, tag):
        self._depth -= tag == "details"
        self._in_summary &= tag != "summary"

    def handle_data(self, data):
        if self._in_summary:
            self.names[-1] += data
        elif self._depth:
            self.folded += data
        else:
            self.open += data


def test_all_tags_are_known():
    for path in lessons():
        cells = read(path).cells
        tags = {tag for cell in cells for tag in cell.metadata.get("tags", [])}
        assert tags <= {NO_PAGE}, path.stem


def text(source: str, name: str = "text", *tags: str) -> NotebookNode:
    return new_markdown_cell(source, id=name, metadata={"tags": [*tags]})


def code(source: str, *outputs: NotebookNode, tags: tuple[str, ...] = ()):
    name = re.sub(r"\W+", "-", source).strip("-")
    metadata = {"tags": [*tags]}
    return new_code_cell(source, id=name, outputs=[*outputs], metadata=metadata)


def control(name: str, *tags: str) -> NotebookNode:
    return code(f"ll.{name}(lm)", shown({"model_id": name}, VIEW), tags=tags)


def printed(said: str, name: str = "stdout") -> NotebookNode:
    return new_output("stream", name=name, text=said)


def book(*cells: NotebookNode) -> NotebookNode:
    names = "Slider", "Second"
    models = {name: {"model_module": "anywidget", "state": {}} for name in names}
    metadata = {"widgets": {STATE: {"state": models}}}
    return new_notebook(cells=[text("# 4 · Heat", "title"), *cells], metadata=metadata)


def body(*cells: NotebookNode) -> str:
    return lesson("04_heat", book(*cells)).body


PLAY = (
    text("## Play\n\nTurn it to the left.", "play"),
    control("Slider"),
    text("## Why\n\nIt turns.", "why"),
    text("### More\n\nMore of it.", "more"),
    control("Second"),
)


def test_the_toy_stands_open_below_its_caption():
    html = body(*PLAY)
    found = Folds(html)
    assert "Turn it to the left." in found.open
    assert "It turns." in found.folded and "More of it." in found.folded
    assert html.index("to the left.") < html.index('"Slider"') < html.index("It turns.")
    assert any("With something to play with" in name for name in found.names)


def test_the_first_figure_stands_open_with_its_sentence_and_what_to_remember():
    found = Folds(
        body(
            text("## Measure\n\nWe count.", "measure"),
            code("count()"),
            code("show()", shown(FIGURE)),
            code("say()", shown("Half, 40 to 60 %.", "text/markdown")),
            text("Look at it.", "look"),
            text("### Once more\n\nAgain.", "again"),
            code("show(2)", shown(FIGURE)),
            text("## On a real model\n\nA real one.", "real"),
            text("## Remember\n\n**Remember:** it.", "remember"),
        )
    )
    assert "Remember:" in found.open
    assert "A real one." in found.folded
    assert found.names[-1].startswith("On a real model")
    assert "We count." in found.open and "Half, 40 to 60 %." in found.open
    assert "Look at it." in found.folded and "Again." in found.folded
    assert "count()" in found.folded and found.names.count("Show the code") == 2


def test_an_exercise_can_be_read_and_says_once_where_it_is_checked():
    found = Folds(
        body(
            text("## Your turn\n\nRun that cell.", "turn"),
            code('ll.exercise("04.3")', shown(TASK)),
            code("def apply_temperature(logits, temperature): ..."),
            code('ll.exercise("04.3").check()', shown("Not attempted")),
        )
    )
    one = exercise("04.3")
    told = " ".join(found.folded.split())
    for there in ("Do it.", "def apply_temperature", *one.solution().code.split()):
        assert there in told
    assert found.names[0].startswith("Your turn")
    hints = [f"Hint {n} of {len(one.hints)}" for n in range(1, len(one.hints) + 1)]
    assert [*found.names[1:]] == [*hints, "One way to do it"]
    assert told.count("as a notebook") == 1
    assert "Not attempted" not in told and "Run that cell" not in told


def test_an_exercise_in_boxes_is_a_task_in_a_page_and_no_dead_box():
    one = exercise("09.1")
    view = new_output("display_data", {VIEW: {"model_id": "a"}})
    cells = text("## Your turn\n\nType.", "turn"), code('ll.exercise("09.1")', view)
    found = Folds(html := body(*cells))
    assert VIEW not in html
    for label in ("Exercise 09.1:", one.task, "W: the weights; C: the context; N: nei"):
        assert label in found.folded
    for name, box in one.boxes.items():
        assert box.label in found.folded, name
        assert f"{box.solution}" in found.folded
    assert found.names[-1] == "One way to do it" and "something" not in found.names[0]


def test_what_only_a_notebook_needs_is_not_there():
    found = Folds(
        body(
            text("Run each cell with **Shift+Enter**.", "how"),
            code("import llm_lessons as ll", shown("", "text/html")),
            text("## Guess\n\nWhy?", "guess"),
            code(
                "measure()",
                printed(f"\r{BAR}"),
                printed(f"{BAR}\n"),
                printed("\rDone\nAgain\n\nLast\n"),
                printed("careful", "stderr"),
            ),
            text("Now change it, and run this cell again:", "change"),
            code("once_more()", printed("What came of it")),
            text("Hidden.", "hidden", NO_PAGE),
        )
    )
    whole = found.open + found.folded
    talk = "%|", "Shift", "import", "careful", "once_more", "What came", "Hidden"
    assert not [one for one in talk if one in whole]
    assert "Done\nAgain\n\nLast" in whole


@pytest.mark.parametrize(
    "text, left, asks",
    [
        ("One.\n\nTwo.", "One.\n\nTwo.", False),
        ("Run each cell with **Shift+Enter**.\n([All](x.ipynb))", "", False),
        ("One.\n\nMove it, then run this cell again:", "One.", True),
        ("Press it, or run the\ncell below it.\n\nLook.", "Look.", False),
        ("1. Change it, run that cell.\n2. Look.\n3. Go.", "1. Look.\n3. Go.", False),
        ("Here are ten. This takes some\nseconds:", "Here are ten.", False),
        ("New. (To make it takes some seconds.) So look.", "New. So look.", False),
        ("Guess. You can pick again, and each choice tells\nyou why.", "Guess.", False),
        ("It costs some seconds of work.", "It costs some seconds of work.", False),
        ("*20 minutes · [all lessons](a.ipynb)*", "*20 minutes*", False),
    ],
)
def test_what_asks_to_run_or_to_wait_goes(text: str, left: str, asks: bool):
    found, asked = for_a_reader(text)
    assert asked == asks
    assert " ".join(found.split()) == " ".join(left.split())
