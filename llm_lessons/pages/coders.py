"""The coders' sheet: the exercises in Python, a side of paper for each lesson."""

import html
import re
from collections.abc import Sequence

import nbformat

from llm_lessons.foundation.paths import NOTEBOOKS
from llm_lessons.lessons.checking.checker import Exercise
from llm_lessons.lessons.exercises import EXERCISES
from llm_lessons.pages.foot import foot
from llm_lessons.pages.markup import rendered
from llm_lessons.pages.page import Lesson
from llm_lessons.pages.places import lines
from llm_lessons.pages.sheet import sheets_page

TITLE = "LLM Lessons: exercises in Python"
_LINES = "3"  # at least, below each task


def coders(lessons: Sequence[Lesson], paper: str = "a4", address: str = "") -> str:
    """All exercises of all lessons as one file, with room to write."""
    sides = [
        (one, tasks)
        for one in lessons
        if (tasks := [e for e in EXERCISES if e.number.startswith(f"{one.name[:2]}.")])
    ]
    body = "".join(
        f'<section class="side coders"><div class="part"><h1>{html.escape(one.title)}'
        f"</h1><p>Exercises in Python. They check themselves in the notebook "
        f"<code>{one.name}</code>.</p></div>{_find_your_way(one.name)}"
        f"{''.join(map(_task, tasks))}"
        f"{foot('exercises in Python', page, len(sides), address)}</section>"
        for page, (one, tasks) in enumerate(sides, 1)
    )
    return sheets_page(TITLE, [], paper, body)


def _find_your_way(name: str) -> str:
    """What the first notebook says of keys and menus; nothing for any other lesson."""
    notebook = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)
    cells = (cell.source for cell in notebook.cells if cell.id == "find-your-way")
    return "".join(
        f'<div class="part">{rendered(source[1:])}</div>' for source in cells
    )


def task_of(exercise: Exercise) -> str:
    """The text of an exercise under its number, as HTML."""
    # a list begins a paragraph of its own, as Markdown wants it
    return rendered(
        f"**{exercise.number}** " + exercise.task.replace("\n- ", "\n\n- ", 1)
    )


def _task(exercise: Exercise) -> str:
    aim = re.sub(r"`(.+?)`", r"<code>\1</code>", html.escape(exercise.aim))
    return f'<div class="part"><h2>{aim}</h2>{task_of(exercise)}{lines(_LINES)}</div>'
