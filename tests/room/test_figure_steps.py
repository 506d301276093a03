"""Figures of lessons: found in a run, with their sentences."""

from pathlib import Path
from typing import Any

import nbformat
import pytest

from llm_lessons.foundation.languages import languages
from llm_lessons.pages import execution
from llm_lessons_room.content.decks import decks
from llm_lessons_room.content.export import all_decks
from llm_lessons_room.content.figure_steps import (
    draw,
    figure_of,
    figures_by_lesson,
    load_figures,
    notebook_of,
    save_drawn,
    wall_cells,
)
from llm_lessons_room.parts.gaps import gaps
from llm_lessons_room.parts.plan import Planned

NOTEBOOK = [
    ("first", 'll.show("curve")', {}),
    (
        "curve",
        "draw()",
        {
            "text/html": '<p></p><svg class="a" role="img" '
            'aria-label="5&nbsp;% &amp; more"><path/></svg><svg role="img"></svg>'
        },
    ),
    ("words", "say()", {"text/markdown": "\n**It rises\nby 5&nbsp;%.**\n\n**No.**"}),
    ("after", "", {}),
]


def notebook() -> nbformat.NotebookNode:
    v4 = nbformat.v4
    cells = []
    for name, source, data in NOTEBOOK:
        cell = v4.new_code_cell(source, id=name)
        cell.outputs = [v4.new_output("display_data", data)] if data else []
        cells.append(cell)
    return v4.new_notebook(cells=cells)


def step(cell: str = "curve", **own: Any) -> Planned:
    own = {"cell": cell, "text": "It rises."} | own
    return Planned("figure-04", "figure", "A curve", 3, lesson=4, own=own)


def test_a_figure_is_found_with_its_words_and_its_sentence():
    one = figure_of(notebook().cells, step(said_in="words"))
    assert one.svg.startswith('<svg class="a"') and one.svg.endswith("<path/></svg>")
    assert (one.alt, one.said) == ("5 % & more", "It rises by 5 %.")
    with pytest.raises(LookupError, match="no cell 'nowhere'"):
        figure_of(notebook().cells, step("nowhere"))
    with pytest.raises(LookupError, match="'words' shows no figure"):
        figure_of(notebook().cells, step("words"))


def test_a_lesson_runs_as_far_as_its_figure_and_draws_it_for_each_language(
    monkeypatch: pytest.MonkeyPatch,
):
    ran = []

    def run(cut: nbformat.NotebookNode, folder: object) -> nbformat.NotebookNode:
        ran.extend(cell.id for cell in cut.cells)
        for cell in cut.cells:
            if "on-a-wall" in cell.id:
                exec(compile(cell.source, cell.id, "exec"), {"draw": lambda: None})
                shown = {"text/html": f'<svg role="img">{cell.id[-2:]}</svg>'}
                cell.outputs = [nbformat.v4.new_output("display_data", shown)]
        return cut

    monkeypatch.setattr(nbformat, "read", lambda path, as_version: notebook())
    monkeypatch.setattr(execution, "run", run)
    found = draw(4, [step(said_in="words", labels=["temperature"])])["curve"]
    assert found.said == "It rises by 5 %."
    walls = [f"curve-on-a-wall-{code}" for code in languages()]
    assert ran == ["first", "curve", "words", *walls]
    for code in languages():
        assert found.on_the_wall(code).svg == f'<svg role="img">{code}</svg>'
    assert found.on_the_wall("fi").svg == found.svg


def test_a_run_for_the_pages_draws_for_the_screens_too(tmp_path: Path):
    steps = figures_by_lesson(decks())[4]
    [path] = [path for path in wall_cells(tmp_path, decks()) if "04" in path.stem]
    behind = wall_cells(tmp_path, decks())[path][steps[0].own["cell"]]
    assert len(behind) == len(languages())
    compile("\n".join(cell.source for cell in behind), "walls", "exec")
    own = nbformat.read(path, as_version=4).cells
    save_drawn(tmp_path, decks(), path, [*own, *behind])  # none of them shows it
    assert load_figures(tmp_path, 4, steps) == {}
    for cell in (*own, *behind):
        data = {"text/html": f'<svg role="img" aria-label="x">{cell.id}</svg>'}
        cell.outputs = [nbformat.v4.new_output("display_data", data)]
    save_drawn(tmp_path, decks(), path, [*own, *behind])
    [one] = load_figures(tmp_path, 4, steps).values()
    assert one.svg.endswith(f">{steps[0].own['cell']}</svg>")
    assert one.on_the_wall("nb").svg.endswith("-nb</svg>")
    assert path not in wall_cells(tmp_path, decks())  # kept, so not drawn again


@pytest.mark.slow
@pytest.mark.parametrize("lesson", figures_by_lesson(all_decks()))
def test_the_sentences_of_the_evenings_are_those_of_the_lessons(lesson: int):
    run = execution.executed(notebook_of(lesson))
    for one in figures_by_lesson(all_decks())[lesson]:
        found = figure_of(run.cells, one)
        assert len(found.alt) > 40 and found.svg.startswith("<svg")
        values = gaps(one.own["said"], found.said, whole=False)
        assert values and found.said.startswith(one.own["said"].format(**values))
