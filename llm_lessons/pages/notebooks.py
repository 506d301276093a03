"""The lessons' notebooks in another language, by the catalogs of their pages.

`python -m llm_lessons.pages.notebooks nb` writes those that have one to
build/notebooks/nb. Their texts are told here; what a cell shows is told as it is shown,
which the first cell asks for.
"""

import shutil
import sys

import nbformat
from nbformat import NotebookNode

from llm_lessons.foundation.commands import Parser
from llm_lessons.foundation.languages import CATALOGS, language_of, translator
from llm_lessons.foundation.paths import BUILD, NOTEBOOKS
from llm_lessons.pages import blocks
from llm_lessons.pages.execution import lessons
from llm_lessons_starter.atomic import write_text
from llm_lessons_starter.command_line import carry_out, heed_the_end, say
from llm_lessons_starter.trouble import Trouble


def main() -> int:
    """Write the notebooks of a language; says where they are."""
    parser = Parser("notebooks", __doc__)
    parser.add_argument("language", help="its code, such as nb")
    code = parser.parse_args().language
    translated = [path for path in lessons() if language_of(path.stem, code) == code]
    if not translated:
        raise Trouble(f"{CATALOGS / code} has no catalog of a lesson.")
    folder = BUILD / "notebooks" / code
    folder.mkdir(parents=True, exist_ok=True)
    for path in translated:
        notebook = in_language(nbformat.read(path, as_version=4), code)
        write_text(folder / path.name, nbformat.writes(notebook) + "\n")
    shutil.copy(NOTEBOOKS / "glossary.md", folder)
    count = f"{len(translated)} of {len(lessons())} lessons"
    say(f"{folder}: {count}. Open them in JupyterLab.")
    return 0


def in_language(notebook: NotebookNode, code: str) -> NotebookNode:
    """A lesson whose texts are told, and which begins with a cell that tells the rest.

    Args:
        notebook: as it comes; is changed.
        code: of a language that has a catalog.
    """
    translate = translator(code)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = blocks.told(cell.source, translate)
    first = f"from llm_lessons.widgets.language import speak\n\nspeak({code!r})"
    place = [cell.cell_type for cell in notebook.cells].index("code")
    notebook.cells.insert(place, nbformat.v4.new_code_cell(first, id="language"))
    return notebook


if __name__ == "__main__":
    heed_the_end()
    sys.exit(carry_out(main))
