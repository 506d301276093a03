"""The booklet of all sheets, answers, exercises, the guide, the glossary."""

import html
import re
from collections.abc import Sequence

import nbformat

from llm_lessons.foundation import face
from llm_lessons.foundation.paths import NOTEBOOKS, TEXTS
from llm_lessons.lessons.build_it import all_of_it
from llm_lessons.lessons.checking.checker import Exercise
from llm_lessons.lessons.exercises import EXERCISES
from llm_lessons.lessons.glossary import words as glossary_words
from llm_lessons.lessons.questions import QUESTIONS, Question
from llm_lessons.pages.foot import foot
from llm_lessons.pages.front import HERO
from llm_lessons.pages.markup import rendered
from llm_lessons.pages.page import Lesson, page
from llm_lessons.pages.places import blank, lines, table
from llm_lessons.pages.sheet import Sheet, sheets_page, side_of
from llm_lessons.pages.sheet_words import turned

TITLE = "LLM Lessons"
_FILE = re.compile(r"<code>(\w+\.(?:html|pdf))</code>")


def booklet(sheets: Sequence[Sheet], paper: str, address: str = "") -> str:
    """A leaf with the contents, words and credits, then a leaf for every lesson."""
    rows = [
        [html.escape(sheet.title), html.escape(sheet.question), str(2 * place + 1)]
        for place, sheet in enumerate(sheets, 1)
    ]
    contents = table("contents", ["lesson", "its question", "page"], rows)
    source = (TEXTS / "booklet.md").read_text(encoding="utf-8")
    leaf = [side_of(half, blank() | {"words": _glossed}) for half in turned(source)]
    cover = (
        f'{face.drawing(HERO)}<div class="part"><h1>{TITLE}</h1>'
        "<p>What a language model is, by turning its knobs.</p>"
        f"</div>{contents}"
    )
    front = "".join(
        f'<section class="side front">{side}{foot("the booklet", number, 2, address)}'
        "</section>"
        for number, side in enumerate((cover + leaf[0], leaf[1]), 1)
    )
    return sheets_page(f"{TITLE}: the booklet", sheets, paper, front)


def _glossed(*words: str) -> str:
    """Words of the glossary, each with the first sentence of what it means."""
    known = dict(glossary_words())
    if unknown := [word for word in words if word not in known]:
        raise LookupError(f"the glossary has no word {unknown[0]!r}.")
    rows = (
        f"<div><dt>{html.escape(word)}</dt><dd>{_first(known[word])}</dd></div>"
        for word in words
    )
    return f'<dl class="glossed">{"".join(rows)}</dl>'


def _first(text: str) -> str:
    sentence = re.split(r"(?<=[.!?]) ", text)[0]
    return re.sub(r"\*(.+?)\*", r"<em>\1</em>", html.escape(sentence))


def answers(lessons: Sequence[Lesson], paper: str, sheets: Sequence[Sheet] = ()) -> str:
    """The quiz of every lesson, its tasks on paper and its exercises, with answers."""
    on_paper = {sheet.name: sheet.answers for sheet in sheets}
    parts = []
    for lesson in lessons:
        number = lesson.name[:2]
        parts.append(f"<h2>{html.escape(lesson.title)}</h2>")
        for question in QUESTIONS:
            if question.name.startswith(f"{number}."):
                parts.append(_on_one_page(_right_answers(question)))
        parts += map(_on_one_page, on_paper.get(lesson.name, ()))
        for exercise in _exercises_of(lesson):
            code = html.escape(exercise.solution().code)
            parts.append(_on_one_page(f"{_task_of(exercise)}<pre>{code}</pre>"))
    head = f"<h1>Answers</h1><p>For the person who leads.</p>{''.join(parts)}"
    return page(f"{TITLE}: answers", [], paper, head)


def _right_answers(question: Question) -> str:
    rights = "".join(
        f"<p>→ <b>{html.escape(choice.text)}.</b> {html.escape(choice.why)}</p>"
        for choice in question.choices
        if choice.right
    )
    return f"<p>{html.escape(question.text)}</p>{rights}"


def _on_one_page(block: str) -> str:
    """A question that its answer is not torn from."""
    return f'<div class="block">{block}</div>'


def coders(lessons: Sequence[Lesson], paper: str = "a4", address: str = "") -> str:
    """All exercises of all lessons as one file, with room to write."""
    sides = [(lesson, tasks) for lesson in lessons if (tasks := _exercises_of(lesson))]
    body = "".join(
        f'<section class="side coders"><div class="part">'
        f"<h1>{html.escape(lesson.title)}</h1>"
        f"<p>These exercises check themselves in the notebook <code>{lesson.name}"
        f"</code>.</p></div>{_find_your_way(lesson.name)}"
        f"{''.join(map(_task, tasks))}"
        f"{foot('exercises', page, len(sides), address)}</section>"
        for page, (lesson, tasks) in enumerate(sides, 1)
    )
    return sheets_page(f"{TITLE}: exercises", [], paper, body)


def _find_your_way(name: str) -> str:
    """What the first notebook says of keys and menus; nothing for any other lesson."""
    notebook = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)
    cells = (cell.source for cell in notebook.cells if cell.id == "find-your-way")
    return "".join(
        f'<div class="part">{rendered(source[1:])}</div>' for source in cells
    )


def _task_of(exercise: Exercise) -> str:
    """The text of an exercise under its number, as HTML."""
    # a list begins a paragraph of its own, as Markdown wants it
    task = exercise.in_full().replace("\n- ", "\n\n- ", 1)
    return rendered(f"**{exercise.number}** {task}")


def _task(exercise: Exercise) -> str:
    aim = re.sub(r"`(.+?)`", r"<code>\1</code>", html.escape(exercise.aim))
    return f'<div class="part"><h2>{aim}</h2>{_task_of(exercise)}{lines("3")}</div>'


def _exercises_of(lesson: Lesson) -> list[Exercise]:
    number = f"{lesson.name[:2]}."
    return [each for each in EXERCISES if each.number.startswith(number)]


def guide(paper: str) -> str:
    """The guide for the person who leads; files that it names lie beside its page."""
    source = (TEXTS / "facilitator.md").read_text(encoding="utf-8")
    body = _FILE.sub(r'<a href="\1">\1</a>', rendered(source))
    body = body.replace("<table", '<table tabindex="0"')  # it scrolls on a phone
    return page(f"{TITLE}: leading an evening", [], paper, body)


def glossary(paper: str) -> str:
    source = (NOTEBOOKS / "glossary.md").read_text(encoding="utf-8")
    return page(f"{TITLE}: glossary", [], paper, rendered(source))


def whole_machine(paper: str) -> str:
    """The machine in one file, as it stands in the package."""
    code = rendered(f"```python\n{all_of_it.SOURCE}```")
    return page(
        f"{TITLE}: the machine", [], paper, f'<div class="machine">{code}</div>'
    )
