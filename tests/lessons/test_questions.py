"""The quiz of each lesson: fair, asked by its notebook, and not given away there."""

import re
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from llm_lessons.lessons import LESSONS
from llm_lessons.lessons.questions import QUESTIONS, Question, question
from llm_lessons.lessons.survey import CHOSEN
from llm_lessons.pages import execution
from llm_lessons.pages.page import lesson

NOTEBOOKS = execution.lessons()
ASKED = [*QUESTIONS, *CHOSEN]


def letters(text: str) -> str:
    """A text without what a line break, a quote or an escape may change in it."""
    return re.sub(r"&\w+;|\\n|[\W_]", "", text)


def of_lesson(path: Path) -> list[Question]:
    return [one for one in QUESTIONS if one.name.startswith(f"{path.stem[:2]}.")]


def asked_in(notebook: NotebookNode) -> list[str]:
    """The names of the questions that a notebook asks, each by one line of code."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    quizzes = [cell.source for cell in cells if "predict(" in cell.source]
    found = [re.fullmatch(r'll\.predict\("(.+)"\)', source) for source in quizzes]
    return [match[1] if match else "more than one line" for match in found]


@pytest.mark.parametrize("one", ASKED)
def test_every_question_is_fair_and_every_choice_explains_itself(one: Question):
    rights = [choice.right for choice in one.choices]
    assert {*rights} == {True, False}
    texts = [choice.text for choice in one.choices]
    reasons = [choice.why for choice in one.choices]
    for told in (texts, reasons):
        assert len(set(told)) == len(told) and all(told)
    for text in (one.text, *reasons):
        assert text == text.strip() and not re.search(r"\n|  ", text)
        assert text[-1] in ".?", text


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_a_lesson_asks_its_questions_and_no_answer_stands_above_the_buttons(path: Path):
    notebook = nbformat.read(path, as_version=4)
    names = [one.name for one in of_lesson(path)]
    assert names and asked_in(notebook) == names
    sources = letters(" ".join(cell.source for cell in notebook.cells))
    page = letters(re.sub(r"<[^>]*>", "", lesson(path.stem, notebook).body))
    for one in of_lesson(path):
        assert letters(one.name) in sources  # so the code is there, and this can fail
        for choice in one.choices:
            assert letters(choice.why) not in sources, choice.why
            assert letters(choice.why) not in page, choice.why


def test_a_question_is_found_by_its_name():
    names = [one.name for one in ASKED]
    assert len(set(names)) == len(names) and len(LESSONS) == len(NOTEBOOKS)
    assert question("04.zero").choices[1].right
    with pytest.raises(ValueError, match=r"no question '04\.one'; there are 00\.name"):
        question("04.one")
