"""The front page of the folder: what it is, the lessons, the paper, how to install."""

import html
import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from llm_lessons import figures
from llm_lessons.pages.markup import States
from llm_lessons.pages.page import Lesson, page
from llm_lessons.pages.pieces import VIEW
from llm_lessons.paths import NOTEBOOKS

TITLE = "LLM Lessons"
START = "00_start_here"  # the lesson with the map of all others
_ROW = re.compile(r"\| \[[^\]]+\]\((\w+)\.ipynb\) \| ([^|]+) \| (\d+) \|")
_EMBLEM = re.compile(
    r'<svg[^>]*aria-label="The machine at work[^>]*>.*?</svg>', re.DOTALL
)
_BOX = '<rect x="{}" y="{}" width="{}" height="{}" rx="4"/>'
# Lessons that show no machine at work have a picture of their own: a guess, cut words,
# a page and what is left of it, a chat.
_DRAWN = {
    START: (
        [(8, 22, 40, 16), (54, 22, 60, 16), (120, 22, 30, 16)],
        [(190, 8, 110, 8), (190, 22, 70, 8), (190, 36, 40, 8), (190, 50, 18, 8)],
    ),
    "01_tokens": (
        [(8, 20, 46, 20), (58, 20, 26, 20), (88, 20, 64, 20), (156, 20, 14, 20)],
        [(174, 20, 38, 20), (216, 20, 22, 20), (242, 20, 58, 20)],
    ),
    "06_lossy_zip": (
        [(8, y, 150 - y % 17, 5) for y in range(5, 55, 9)],
        [(210, 14, 90, 5), (210, 32, 74, 5)],
    ),
    "10_build_it": (
        [(8, 5, 120, 20), (8, 36, 160, 20)],
        [(190, 20, 110, 20)],
    ),
}
_MACHINE = """\
<section class="part" id="machine"><h2>Look inside</h2>
<p>This is Fjord, a real language model, small enough for this page. It reads the text
below, and gives each word a chance to come next. Press one of its squares.</p>
<script type="{kind}">{view}</script></section>"""
_ABOUT = """\
<p class="lead">What is in the box that you type into? Guess, play, measure:
short lessons about language models, alive in this browser. Nothing is installed, and
nothing that you type leaves your phone.</p>"""
_INSTALL = """\
<section class="part" id="install"><h2>For people who code</h2>
<p>The same lessons are notebooks: there you run and change all of the code, train a
model yourself, and have your exercises checked. You need a laptop and a Python. Get
the folder of the lessons, open a terminal in it, and type</p>
<pre>python3 start.py</pre>
<p>(on Windows <code>py start.py</code>).</p></section>
<section class="part" id="pass-on"><h2>Pass it on</h2>
<p>These pages are a plain folder of files. Copy it to a USB stick, or to any place on
the web that serves files. <code>python3 start.py serve --room</code> shows it to all
phones in a room.</p></section>"""


@dataclass(frozen=True)
class Entry:
    """What the map of the lessons says of one.

    Attributes:
        question: what it asks.
        minutes: how long it takes.
    """

    question: str
    minutes: int


@cache
def entries() -> dict[str, Entry]:
    """The map in the first lesson, by the notebooks' names."""
    source = (NOTEBOOKS / f"{START}.ipynb").read_text(encoding="utf-8")
    cells = json.loads(source)["cells"]
    text = "".join(line for cell in cells for line in cell["source"])
    first = re.search(r"\*About (\d+) minutes", text)
    start = Entry("How does a lesson work?", int(first[1]) if first else 0)
    found = {row[1]: Entry(row[2].strip(), int(row[3])) for row in _ROW.finditer(text)}
    return {START: start} | found


def front(
    lessons: Sequence[Lesson], sheets: Collection[str], files: Sequence[tuple[str, str]]
) -> str:
    """The page that links all others.

    Args:
        sheets: names of the lessons that have a sheet of paper.
        files: (address, what it is) of what is no lesson.
    """
    others = "".join(
        f'<li><a href="{address}">{html.escape(what)}</a></li>'
        for address, what in files
    )
    machine, states = _machine(lessons)
    head = (
        f"<header><h1>{TITLE}</h1>{_ABOUT}</header>{machine}"
        '<section class="part" id="lessons"><h2>The lessons</h2>'
        f'<ol class="lessons">{"".join(map(_card, lessons))}</ol></section>'
        '<section class="part" id="paper"><h2>On paper, and for an evening</h2>'
        f"<ul>{others}</ul>{_sheets(lessons, sheets)}</section>{_INSTALL}"
    )
    return page(TITLE, [], head=head, states=states)


def _sheets(lessons: Sequence[Lesson], sheets: Collection[str]) -> str:
    links = "".join(
        f'<li><a href="{one.name}.pdf">{html.escape(one.title)}</a></li>'
        for one in lessons
        if one.name in sheets
    )
    return f"<p>Two sides for each lesson:</p><ul>{links}</ul>" if links else ""


def _card(one: Lesson) -> str:
    """A lesson as a link: its picture, its title, what it asks and its minutes."""
    said = entries().get(one.name)
    question = f"<span>{html.escape(said.question)}</span>" if said else ""
    minutes = f"<small>{said.minutes} minutes</small>" if said else ""
    picture = _picture(one)
    strip = f'<span aria-hidden="true">{picture}</span>' if picture else ""
    return (
        f'<li><a href="{one.name}.html">{strip}'
        f"<b>{html.escape(one.title)}</b> {question} {minutes}</a></li>"
    )


def _picture(one: Lesson) -> str:
    found = _EMBLEM.search(one.body)
    if found or one.name not in _DRAWN:
        return found[0] if found else ""
    groups = zip((figures.CONTEXT, figures.WEIGHTS), _DRAWN[one.name], strict=True)
    drawn = "".join(
        f'<g fill="{colour}">{"".join(_BOX.format(*box) for box in boxes)}</g>'
        for colour, boxes in groups
    )
    return f'<svg viewBox="0 0 310 60" width="310">{drawn}</svg>'


def _machine(lessons: Sequence[Lesson]) -> tuple[str, States]:
    """The large picture of the machine, as a lesson has it: HTML and its state."""
    for one in lessons:
        for name, saved in one.states.items():
            state = saved["state"]
            kind = str(state.get("_anywidget_id", "")).rpartition(".")[2]
            if kind == "Machine":
                view = json.dumps({"model_id": name})
                return _MACHINE.format(kind=VIEW, view=view), {name: saved}
    return "", {}
