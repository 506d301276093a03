"""The part on a real model: which lessons get a box and toys, and what is in them."""

import json
import re

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from llm_lessons.foundation.paths import WEB
from llm_lessons.pages import real_part
from llm_lessons.pages.execution import lessons
from llm_lessons.pages.page import lesson, page
from llm_lessons.pages.pieces import REAL
from tests.pages.test_page import unpacked

SIZE = 98_765


@pytest.fixture
def is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(real_part, "file_size", lambda: SIZE)


def notebook() -> nbformat.NotebookNode:
    texts = ["# 1 · A lesson", "## Play\n\nHere.", f"## {REAL}\n\nIt was counted."]
    return new_notebook(cells=[new_markdown_cell(one) for one in texts])


def test_each_lesson_with_toys_has_such_a_part_and_a_page_knows_their_kinds():
    has = [path.stem for path in lessons() if f"## {REAL}" in path.read_text("utf-8")]
    assert set(real_part.toys()) <= set(has)
    source = (WEB / "real" / "first_traits.js").read_text("utf-8")
    kinds = {toy["kind"] for own in real_part.toys().values() for toy in own}
    assert kinds and all(re.search(rf"^  {kind}: ", source, re.M) for kind in kinds)


@pytest.mark.usefixtures("is_installed")
@pytest.mark.parametrize("name", real_part.toys())
def test_the_box_stands_in_its_part_and_knows_the_file(name: str):
    made = lesson(name, notebook())
    [box] = re.findall(r'<div class="ll-real"([^>]*)>', made.body)
    facts = dict(re.findall(r'data-(\w+)="([^"]*)"', box))
    assert facts["size"] == str(SIZE) and len(facts["sha256"]) == 64
    part = made.body[made.body.index(f'data-part="{REAL}"') :]
    assert part.index("</summary>") < part.index("ll-real") < part.rindex("counted")
    toys = [one["state"]["_toy"]["kind"] for one in made.states.values()]
    assert toys == [one["kind"] for one in real_part.toys()[name]]
    states, _ = unpacked(page("A", [made]))
    assert set(json.loads(states)["models"]) == set(made.states)


@pytest.mark.usefixtures("is_installed")
def test_toys_that_go_together_name_each_other():
    states = lesson("06_lossy_zip", notebook()).states
    follows = {at: one["state"]["_toy"]["follows"] for at, one in states.items()}
    first, second = states
    assert (follows[first]["widget"], follows[second]["widget"]) == (second, first)
    assert "prompt" in follows[second]["traits"]


def test_without_the_file_or_toys_there_is_no_box(monkeypatch: pytest.MonkeyPatch):
    for size, name in ((None, "03_sampling"), (SIZE, "07_per_token_compute")):
        monkeypatch.setattr(real_part, "file_size", lambda size=size: size)
        made = lesson(name, notebook())
        assert "ll-real" not in made.body and made.states == {}


def test_the_workers_script_is_one_file_that_needs_no_other():
    script = real_part.real_script()
    assert "roomForFile" in script and "indexedDB" in script
    assert not re.search(r"^(?:import|export)\b", script, re.MULTILINE)
