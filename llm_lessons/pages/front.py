"""The front page of the folder, and a second one for who prints or leads."""

import html
import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from llm_lessons.foundation import face
from llm_lessons.foundation.paths import NOTEBOOKS
from llm_lessons.pages.markup import States
from llm_lessons.pages.page import Lesson, page
from llm_lessons.pages.pieces import VIEW

TITLE = "LLM Lessons"
START = "00_start_here"  # the lesson with the map of all others, and the chat
HERO = "04_temperature"  # whose drawing is that of all
PAPER = "paper"  # name of the second page
_FIRST = re.compile(r"\*\*(.+)\*\*\s+\*About (\d+) minutes")
_ROW = re.compile(r"\| \[[^\]]+\]\((\w+)\.ipynb\) \| ([^|]+) \| [^|]+ \| (\d+) \|")
_TOY = """\
<section class="part" id="toy"><p>This is a chat with <b>Fjord</b>, the small
one. Ask it: <i>What is my name?</i> Then take out <i>My name is Ida.</i> and your
question, and ask once more.</p>
<script type="{kind}">{view}</script></section>"""
LEAD = (
    "What is in the box that you type into? Take it apart, and find out: short "
    "lessons about language models (LLMs), with a small one that runs in this page. "
    "Nothing is installed, and nothing that you type leaves your device."
)
_LEADERS = """\
<section class="part" id="paper"><h2>For somebody who leads an evening</h2>
<p><a href="{paper}.html">What to print and to bring</a>: a sheet for each lesson,
games, the guide.</p></section>"""
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
    """What the map of the lessons says of one: what it asks, how long it takes."""

    question: str
    minutes: int


@cache
def entries() -> dict[str, Entry]:
    """The map in the first lesson, by the notebooks' names."""
    source = (NOTEBOOKS / f"{START}.ipynb").read_text(encoding="utf-8")
    cells = json.loads(source)["cells"]
    text = "".join(line for cell in cells for line in cell["source"])
    rows = [(START, *_FIRST.findall(text)[0]), *_ROW.findall(text)]
    return {name: Entry(question, int(minutes)) for name, question, minutes in rows}


def front(lessons: Sequence[Lesson]) -> str:
    """The page that links all others."""
    toy, states = _toy(lessons)
    head = (
        f'<header class="hero"><div><h1>{TITLE}</h1><p class="lead">{LEAD}</p></div>'
        f"{face.drawing(HERO)}</header>{toy}"
        '<section class="part" id="lessons"><h2>The lessons</h2>'
        f'<ol class="lessons">{"".join(map(_card, lessons))}</ol></section>'
        f"{_LEADERS.format(paper=PAPER)}{_INSTALL}"
    )
    return page(TITLE, [], head=head, states=states)


def paper(
    lessons: Sequence[Lesson],
    sheets: Collection[str],
    files: Iterable[tuple[str, str, str]],
    format: str,
) -> str:
    """The page of all that is printed, or helps to lead.

    Args:
        sheets: names of the lessons that have a sheet of paper.
        files: (address, what it is, whom it is for) of what is no lesson.
        format: of the paper, "a4" or "letter".
    """
    own = [
        (f"{lesson.name}.pdf", f"The sheet of {lesson.title}", "learners: two sides")
        for lesson in lessons
        if lesson.name in sheets
    ]
    rows = "".join(
        f'<tr><td><a href="{address}">{html.escape(what)}</a></td>'
        f"<td>{html.escape(whom)}</td></tr>"
        for address, what, whom in [*files, *own]
    )
    head = (
        f'<header><h1>On paper, and for an evening</h1><p><a href="index.html">{TITLE}'
        '</a></p></header><div class="wide" tabindex="0"><table><thead><tr>'
        f"<th>what</th><th>for</th></tr></thead><tbody>{rows}</tbody></table></div>"
    )
    return page("On paper, and for an evening", [], format, head=head)


def _card(lesson: Lesson) -> str:
    """A lesson as a link: its drawing, what it asks, its title and its minutes."""
    said, title = entries().get(lesson.name), html.escape(lesson.title)
    words = (
        f"<b>{html.escape(said.question)}</b> <span>{title}</span> "
        f"<small>{said.minutes} minutes</small>"
        if said
        else f"<b>{title}</b>"
    )
    return (
        f'<li><a href="{lesson.name}.html">{face.drawing(lesson.name)}{words}</a></li>'
    )


def _toy(lessons: Sequence[Lesson]) -> tuple[str, States]:
    """A chat to take apart, that of a lesson: HTML and its state."""
    for lesson in lessons:
        for name, saved in lesson.states.items():
            kind = str(saved["state"].get("_anywidget_id", "")).rpartition(".")[2]
            if (lesson.name, kind) == (START, "ChatBox"):
                view = json.dumps({"model_id": name})
                return _TOY.format(kind=VIEW, view=view), {name: saved}
    return "", {}
