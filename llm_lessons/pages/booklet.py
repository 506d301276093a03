"""All lessons in one file, the answers for the leader, and the index of all pages."""

import html
import re
from collections.abc import Sequence

from llm_lessons.lessons.exercises import EXERCISES
from llm_lessons.lessons.questions import QUESTIONS, Question
from llm_lessons.pages.page import Lesson, page, rendered
from llm_lessons.paths import NOTEBOOKS, TEXTS

TITLE = "LLM Lessons"
_FILE = re.compile(r"<code>(\w+\.(?:html|pdf))</code>")


def booklet(lessons: Sequence[Lesson], paper: str) -> str:
    """Cover, contents, and what is printed of every lesson."""
    items = "".join(f"<li>{html.escape(one.title)}</li>" for one in lessons)
    cover = (
        f'<section class="front"><h1>{TITLE}</h1>'
        "<p>What a language model is, by turning its knobs.</p>"
        f"<h2>In this booklet</h2><ul>{items}</ul></section>"
    )
    return page(f"{TITLE}: the booklet", lessons, paper, cover)


def answers(lessons: Sequence[Lesson], paper: str) -> str:
    """The quiz of every lesson and its exercises, with their answers."""
    parts = []
    for one in lessons:
        number = one.name[:2]
        parts.append(f"<h2>{html.escape(one.title)}</h2>")
        for question in QUESTIONS:
            if question.name.startswith(f"{number}."):
                parts.append(_on_one_page(_right_answers(question)))
        for exercise in EXERCISES:
            if exercise.number.startswith(f"{number}."):
                text = exercise.task.replace(
                    "\n- ", "\n\n- ", 1
                )  # as Markdown wants it
                task = rendered(f"**{exercise.number}** {text}")
                code = html.escape(exercise.solution().code)
                parts.append(_on_one_page(f"{task}<pre>{code}</pre>"))
    head = f"<h1>Answers</h1><p>For the person who leads.</p>{''.join(parts)}"
    return page(f"{TITLE}: answers", [], paper, head)


def _right_answers(question: Question) -> str:
    rights = "".join(
        f"<p>→ <b>{html.escape(one.text)}.</b> {html.escape(one.why)}</p>"
        for one in question.choices
        if one.right
    )
    return f"<p>{html.escape(question.text)}</p>{rights}"


def _on_one_page(block: str) -> str:
    """A question that its answer is not torn from."""
    return f'<div class="block">{block}</div>'


def guide(paper: str) -> str:
    """The guide for the person who leads; files that it names lie beside its page."""
    source = (TEXTS / "facilitator.md").read_text(encoding="utf-8")
    body = _FILE.sub(r'<a href="\1">\1</a>', rendered(source))
    body = body.replace("<table>", '<table tabindex="0">')  # it scrolls on a phone
    return page(f"{TITLE}: leading an evening", [], paper, body)


def glossary(paper: str) -> str:
    """The words of the lessons."""
    source = (NOTEBOOKS / "glossary.md").read_text(encoding="utf-8")
    return page(f"{TITLE}: glossary", [], paper, rendered(source))


def index(lessons: Sequence[Lesson], files: Sequence[tuple[str, str]]) -> str:
    """The page that links all others.

    Args:
        files: (address, what it is) of what is no lesson.
    """
    rows = "".join(
        f'<tr><td><a href="{one.name}.html">{html.escape(one.title)}</a></td>'
        f'<td><a href="{one.name}.pdf">to print</a></td></tr>'
        for one in lessons
    )
    others = "".join(
        f'<li><a href="{address}">{html.escape(what)}</a></li>'
        for address, what in files
    )
    head = (
        f"<h1>{TITLE}</h1><p>The lessons, alive in this browser: sliders, coins, "
        "quizzes and texts of your own work without the internet. To run the code, "
        "install the lessons.</p>"
        "<table><thead><tr><th>lesson</th><th>two sides of paper</th></tr></thead>"
        f"<tbody>{rows}</tbody></table><h2>More</h2><ul>{others}</ul>"
    )
    return page(TITLE, [], head=head)
