"""The lessons for Google Colab: what `python3 start.py colab` makes.

In Colab a notebook stands alone, for no file lies beside it. So a folder goes to
somebody's Google Drive, and the links lead elsewhere: a word's to a cell at the end
which explains it, a lesson's to its file, as the Drive's own search finds it. Colab
follows a link to the id of a cell, and not to a heading (its issue 3983).
"""

import re
import sys
from urllib.parse import quote

import nbformat
from nbformat import NotebookNode

from llm_lessons.foundation.paths import BUILD, NOTEBOOKS
from llm_lessons.pages.execution import lessons
from llm_lessons_starter.atomic import write_text
from llm_lessons_starter.command_line import carry_out

FOLDER = BUILD / "colab"
_SEARCH = "https://drive.google.com/drive/search?q="
_WORDS = "glossary"  # the id of the heading over the words that are explained
_LINK = re.compile(r"\]\((\w+\.(?:ipynb|md))(?:#([^)]+))?\)")
_ENTRY = re.compile(r"^## (.+)\n\n((?:.+\n)+)", re.MULTILINE)
_HINT = """\
**In Google Colab,** give this page the lessons' package first: click the folder symbol
at the left edge, and drag the file `{wheel}` from your computer into the list that
opens. Colab forgets it when a session ends. What is called *Run* in the lessons is
called *Runtime* here."""


def main() -> int:
    """Write the lessons beside the wheel that lies in the folder already."""
    wheels = sorted(FOLDER.glob("*.whl"), key=lambda path: path.stat().st_mtime)
    if not wheels:
        print(f"There is no wheel in {FOLDER}: `python3 start.py colab` builds it.")
        return 1
    for path in lessons():
        notebook = for_colab(nbformat.read(path, as_version=4), wheels[-1].name)
        write_text(FOLDER / path.name, nbformat.writes(notebook) + "\n")
    print(f"Done: upload the folder {FOLDER} to your Google Drive, and open a lesson.")
    return 0


def for_colab(notebook: NotebookNode, wheel: str) -> NotebookNode:
    """A lesson that brings its package and its words along.

    Args:
        notebook: as it comes; is changed.
        wheel: the name of the file that the learner gives to Colab.
    """
    place = [cell.cell_type for cell in notebook.cells].index("code")
    first = notebook.cells[place]
    first.source = f"%pip install -q {wheel}\n\n{first.source}"
    notebook.cells.insert(place, _text("in-colab", _HINT.format(wheel=wheel)))
    used = [word for cell in notebook.cells for word in _words_in(cell)]
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = _LINK.sub(_link, cell.source)
    notebook.cells += _explained(None if "" in used else used)
    return notebook


def _text(name: str, source: str) -> NotebookNode:
    """A cell of text; Colab reads its id in the metadata."""
    return nbformat.v4.new_markdown_cell(source, id=name, metadata={"id": name})


def _words_in(cell: NotebookNode) -> list[str]:
    """The words of the glossary that a text links; "" for all of it."""
    links = _LINK.findall(cell.source) if cell.cell_type == "markdown" else []
    return [word for file, word in links if file == "glossary.md"]


def _link(found: re.Match[str]) -> str:
    file, word = found[1], found[2]
    if file == "glossary.md":
        return f"](#scrollTo={_id(word)})"
    return f"]({_SEARCH}{quote(file)})"


def _id(word: str) -> str:
    """The id of the cell that explains a word; of their heading for none."""
    return f"{_WORDS}-{word}" if word else _WORDS


def _explained(words: list[str] | None) -> list[NotebookNode]:
    """A heading, and a cell for each of these words, or for all."""
    glossary = (NOTEBOOKS / "glossary.md").read_text(encoding="utf-8")
    cells = [_text(_WORDS, "## Words")] if words is None or words else []
    for term, entry in _ENTRY.findall(glossary):
        word = term.replace(" ", "-")
        if words is None or word in words:
            cells.append(_text(_id(word), f"### {term}\n\n{entry.strip()}"))
    return cells


if __name__ == "__main__":
    sys.exit(carry_out(main))
