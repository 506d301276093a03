"""A lesson's sheet: its words, what is taken from the lesson, its foot, its answers."""

import re
from argparse import ArgumentTypeError
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from llm_lessons.language_model import LanguageModel
from llm_lessons.language_model.loading import load
from llm_lessons.pages import booklet, from_text
from llm_lessons.pages.execution import lessons
from llm_lessons.pages.foot import checked_address, foot
from llm_lessons.pages.page import Lesson
from llm_lessons.pages.sheet import Sheet, sheet
from llm_lessons.pages.sheet_words import WORDS
from llm_lessons.pages.writing import kept_sheet
from tests.room.cells import text_of

FIGURE = '<svg role="img" viewBox="0 0 4 2"><title>A <curve></title></svg>'
WORDS_OF_ONE = """# What is it?

{{ guess 04.zero }}

{{ figure drawn }} {{ said told 2 }}

{{ saw }}

---

## Do this

Draw.

### Answer

{{ count "a" }} is the answer.

## Remember

{{ remember }}
"""


def shown(**data: str) -> NotebookNode:
    kinds = {f"text/{kind}": text for kind, text in data.items()}
    return new_output("display_data", data=kinds)


def notebook() -> NotebookNode:
    cells = [
        new_markdown_cell("# 4 · Temperature", id="title"),
        new_code_cell(id="drawn", outputs=[shown(html=f"<p>so</p>{FIGURE}")]),
        new_code_cell(id="told", outputs=[shown(markdown="**One.**\n\n**Two.**\n")]),
        new_markdown_cell(
            "## Remember\n\n**Remember:** It\nis so.\n\n**Next:** More.", id="remember"
        ),
    ]
    return new_notebook(cells=cells)


@pytest.fixture(scope="module")
def lm() -> LanguageModel:
    return load("fjord")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "04_temperature.md").write_text(WORDS_OF_ONE, encoding="utf-8")
    return tmp_path


def test_a_sheet_takes_its_parts_from_the_lesson(lm, folder):
    made = sheet(lm, "04_temperature", notebook(), words=folder)
    assert (made.title, made.question) == ("4 · Temperature", "What is it?")
    first, second = made.sides
    assert FIGURE in first and "Two." in first and "One." not in first
    assert "Mostly right: no chance" in first and "What I saw:" in first
    assert "It is so." in text_of(second) and "More." not in second
    assert "page 1 of 2" in first and "page 2 of 2" in second
    assert "is the answer" not in first + second
    (answer,) = made.answers
    assert text_of(answer) == "Do this 1 is the answer."


def test_a_kept_sheet_is_the_one_that_would_be_made(lm, folder):
    def both(own: NotebookNode, address: str = "") -> tuple[Sheet, Sheet]:
        asked = (lm, "04_temperature", own, address, folder)
        return kept_sheet(*asked, folder / "kept"), sheet(*asked)

    first, same = both(notebook())
    assert first == same
    changed = notebook()
    changed.cells[1].outputs[0].data["text/html"] = FIGURE.replace("curve", "line")
    other, same = both(changed)
    assert other == same != first
    addressed, same = both(changed, "https://lessons.example")
    assert addressed == same != other
    (folder / "04_temperature.md").write_text(WORDS_OF_ONE.replace("Draw", "Write"))
    worded, same = both(changed)
    assert worded == same != other


@pytest.mark.parametrize(
    "old, new, told",
    [
        ("---\n", "", "one line of dashes turns the page; 0 do"),
        ("{{ saw }}", "\n---\n", "one line of dashes turns the page; 2 do"),
        ("figure drawn", "figure nowhere", "the lesson has no cell 'nowhere'"),
        ("figure drawn", "figure told", "the cell 'told' shows no figure"),
        ("said told 2", "said told 9", "can't be filled"),
        ("guess 04.zero", "guess 04.none", "There is no question '04.none'"),
        ("{{ saw }}", "{{ seen }}", "{{ seen }} has no such name"),
    ],
)
def test_words_that_do_not_fit_are_told_with_their_file(lm, folder, old, new, told):
    path = folder / "04_temperature.md"
    path.write_text(WORDS_OF_ONE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=r"04_temperature\.md: ") as error:
        sheet(lm, "04_temperature", notebook(), words=folder)
    assert told in str(error.value)


@pytest.mark.parametrize("lesson", lessons()[1:])
def test_words_have_three_tasks_and_fit_their_lesson(lesson: Path):
    text = (WORDS / f"{lesson.stem}.md").read_text(encoding="utf-8")
    first, second = re.split(r"(?m)^---$", text)
    assert second.count("\n### Answer\n") == 3 and "### Answer" not in first
    for heading in ("## Remember", "## Try tonight in your own chatbot"):
        assert heading in second
    assert first.count("{{ saw }}") == first.count("{{ guess") == 1
    cells = {one.id for one in nbformat.read(lesson, as_version=4).cells}
    ((figure,), (said,)) = (
        re.findall(rf"{{{{ {kind} ([\w-]+)", first) for kind in ("figure", "said")
    )
    assert {figure, said} <= cells
    assert re.findall(r"{{ guess (\d\d)", first) == [lesson.stem[:2]]


def test_the_sentence_to_cut_can_be_cut_by_the_rule_on_the_sheet(lm):
    """The longest piece that fits, from left to right, is Fjord's own cut there."""
    (text,) = re.findall(r'{{ pieces "(.+)" }}', (WORDS / "01_tokens.md").read_text())
    pieces, cut, start = set(lm.tokenizer.pieces), [], 0
    while start < len(text):
        ends = range(len(text), start, -1)
        end = next(end for end in ends if text[start:end] in pieces)
        cut.append(text[start:end])
        start = end
    own = [lm.tokenizer.pieces[token] for token in lm.tokenizer.encode(text)]
    assert cut == own
    box = text_of(from_text.Tokens(lm).pieces(text)).split()
    assert {piece.replace(" ", "␣") for piece in cut if len(piece) > 1} <= set(box)


def test_an_address_is_printed_as_it_is_and_only_if_there_is_one():
    assert checked_address(" https://example.org/a ") == "https://example.org/a"
    for text in ("ftp://x", "example.org", "http://a b", "https:// x"):
        with pytest.raises(ArgumentTypeError, match="begins with http"):
            checked_address(text)
    with pytest.raises(ArgumentTypeError, match="no small code"):
        checked_address(f"https://example.org/{'a' * 300}")
    without = foot("4 · <b>", 1, 2)
    assert "<svg" not in without and "http" not in without
    assert "4 · &lt;b&gt;" in without
    made = foot("4", 1, 2, "https://example.org/?a=1&b=2")
    assert 'aria-label="QR code: https://example.org/?a=1&amp;b=2"' in made


def test_the_coders_sheet_has_every_exercise_and_room_below():
    ones = [Lesson(name, name, "", {}) for name in ("00_start_here", "04_temperature")]
    page = booklet.coders(ones)
    assert page.count('class="side coders"') == 2 and "page 2 of 2" in page
    for number in ("00.1", "04.1", "04.2", "04.3"):
        assert f"<strong>{number}</strong>" in page
    assert page.count('class="lines"') == 4
