"""The quiz of each lesson: fair, asked by its notebook, and not given away there."""

import re
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from llm_lessons.lessons import LESSONS
from llm_lessons.lessons.questions import QUESTIONS, Question, question, read_questions
from llm_lessons.pages import execution
from llm_lessons.pages.page import lesson
from tests.each import each_of

NOTEBOOKS = execution.lessons()
every_notebook = each_of("path", NOTEBOOKS)

FAIR = """
[side]
question = "Which side?"
[[side.choices]]
text = "Heads"
right = true
why = "The coin is biased."
[[side.choices]]
text = "Tails"
right = false
why = "Look at the bars."
"""


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


def test_names_are_unique():
    names = [one.name for one in QUESTIONS]
    assert len(set(names)) == len(names)


@each_of("one", QUESTIONS)
def test_every_choice_explains_itself_in_sentences_of_its_own(one: Question):
    whys = [choice.why for choice in one.choices]
    assert len(set(whys)) == len(whys)
    for text in (one.text, *whys):
        assert text == text.strip() and not re.search(r"\n|  ", text)
        assert text[-1] in ".?", text


@every_notebook
def test_a_lesson_asks_its_questions_in_their_order(path: Path):
    names = [one.name for one in of_lesson(path)]
    assert names and asked_in(nbformat.read(path, as_version=4)) == names


@every_notebook
def test_no_answer_stands_above_the_buttons(path: Path):
    notebook = nbformat.read(path, as_version=4)
    sources = letters(" ".join(cell.source for cell in notebook.cells))
    page = letters(re.sub(r"<[^>]*>", "", lesson(path.stem, notebook).body))
    for one in of_lesson(path):
        assert letters(one.name) in page  # so the code is there, and this can fail
        for choice in one.choices:
            assert letters(choice.why) not in sources, choice.why
            assert letters(choice.why) not in page, choice.why


def test_a_question_is_found_by_its_name():
    assert question("04.zero").choices[1].right
    with pytest.raises(ValueError, match=r"no question '04\.one'; there are 00\.tok"):
        question("04.one")
    assert len(LESSONS) == len(NOTEBOOKS)


def test_a_fair_question_is_read(tmp_path: Path):
    path = tmp_path / "questions.toml"
    path.write_text(FAIR, encoding="utf-8")
    (one,) = read_questions(path, "99")
    assert (one.name, one.text) == ("99.side", "Which side?")
    assert [choice.right for choice in one.choices] == [True, False]
    assert one.choices[1].why == "Look at the bars."


@each_of(
    ("old", "new", "sentence"),
    [
        ('"Which side?"', '" "', "needs a text"),
        ("right = true", "right = false", "0 right of 2"),
        ("right = false", "right = true", "2 right of 2"),
        ('text = "Tails"', 'text = ""', "'' needs a text and an explanation"),
        ('"Tails"', '"Heads"', "two of its choices have the same text"),
        ("right = false", 'right = "no"', "`right`, true or false"),
        ("question =", "hint = 'x'\nquestion =", "has `question` and `choices`"),
        (FAIR, "[side]\nquestion = 'W?'\nchoices = []", "0 right of 0"),
    ],
)
def test_an_unfair_question_is_refused_by_file_and_name(
    tmp_path: Path, old: str, new: str, sentence: str
):
    path = tmp_path / "questions.toml"
    path.write_text(FAIR.replace(old, new), encoding="utf-8")
    with pytest.raises(ValueError) as refused:
        read_questions(path, "99")
    said = str(refused.value)
    assert said.startswith(f"In {path}, [side]: ") and sentence in said
    assert "\n" not in said


def test_what_is_no_toml_is_said_in_a_sentence(tmp_path: Path):
    path = tmp_path / "questions.toml"
    path.write_text("[side", encoding="utf-8")
    with pytest.raises(ValueError, match=r"questions\.toml is no TOML: "):
        read_questions(path, "99")
