"""The lessons for Google Colab: each brings all along that its links lead to."""

import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest
from nbformat import NotebookNode

from llm_lessons.pages import colab
from llm_lessons.pages.execution import lessons

WHEEL = "llm_lessons-0.1.0-py3-none-any.whl"
TARGET = re.compile(r"\]\(([^)]+)\)")


def read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


@cache
def made(path: Path) -> NotebookNode:
    return colab.for_colab(read(path), WHEEL)


def sources(notebook: NotebookNode, kind: str) -> list[str]:
    return [cell.source for cell in notebook.cells if cell.cell_type == kind]


def test_every_link_leads_somewhere_and_all_else_is_as_before():
    for path in lessons():
        before, after = read(path), made(path)
        nbformat.validate(after)  # a warning if two cells have the same id
        old, new = (
            TARGET.findall("\n".join(sources(book, "markdown")))
            for book in (before, after)
        )
        assert new and len(new) == len(old)
        ids = {cell.metadata.get("id") for cell in after.cells}
        lost = [target for target in new if not leads(target, ids, path.parent)]
        assert lost == [], path.stem
        first, *others = sources(after, "code")
        line, nothing, *rest = first.splitlines()
        assert (line, nothing) == (f"%pip install -q {WHEEL}", "")
        assert ["\n".join(rest), *others] == sources(before, "code"), path.stem


def leads(target: str, ids: set[str], folder: Path) -> bool:
    """Whether there is what a link names: a cell, a lesson, or a page elsewhere."""
    if target.startswith("#"):
        return target.removeprefix("#scrollTo=") in ids
    if name := re.fullmatch(r"https://drive\.google\.com/drive/search\?q=(.+)", target):
        return folder.joinpath(unquote(name[1])).is_file()
    return target.startswith("https://")


def test_the_first_page_explains_all_words_and_a_lesson_those_that_it_links():
    first, *others = lessons()
    glossary = (first.parent / "glossary.md").read_text(encoding="utf-8")
    terms = re.findall(r"^## (.+)$", glossary, re.MULTILINE)
    words = {f"glossary-{term.replace(' ', '-')}" for term in terms}
    assert words <= {cell.id for cell in made(first).cells}
    for path in others:
        linked = set(re.findall(r"glossary\.md#([^)]+)", str(read(path))))
        there = {cell.id for cell in made(path).cells if cell.id in words}
        assert there == {f"glossary-{word}" for word in linked}


def test_without_a_wheel_it_says_what_builds_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(colab, "FOLDER", tmp_path)
    assert colab.main() == 1
    assert "`python3 start.py colab` builds it." in capsys.readouterr().out
    (tmp_path / WHEEL).touch()
    assert colab.main() == 0
    assert len(list(tmp_path.glob("*.ipynb"))) == len(lessons())
