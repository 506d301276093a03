"""Pieces of a lesson as HTML: texts, results, and folds that open with a tap."""

import html
import re
from collections.abc import Sequence
from typing import Any

from nbconvert import HTMLExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from nbformat.v4 import new_notebook

from llm_lessons.foundation.languages import Translate, english
from llm_lessons.lessons.checking.checker import Exercise, Feedback
from llm_lessons.lessons.exercises import exercise
from llm_lessons.pages import blocks
from llm_lessons.pages.pieces import STATE, Piece, changed

type States = dict[str, Any]

_ANCHOR = re.compile(r'<a class="anchor-link"[^>]*>.*?</a>')
_TASK = re.compile(r'll\.exercise\("(\d\d\.\d)"\)(\.check\(\))?')
# nbconvert's own: the widgets' states, and a library that these pages do without.
_WRITTEN_BY_PAGE = re.compile(
    rf'<script type="{re.escape(STATE)}">.*?</script>'
    r"|<script[^>]*>\s*var element = \$\([^)]*\);\s*</script>",
    re.DOTALL,
)
_SETS_UP = re.compile(r"^import llm_lessons as ll$", re.MULTILINE)
_SAID = 110  # letters of a text that a fold says of it


def rendered(markdown: str) -> str:
    """Markdown as HTML, with the headings' texts as their ids."""
    renderer = IPythonRenderer(escape=False)
    return _ANCHOR.sub("", str(MarkdownWithMath(renderer=renderer).render(markdown)))


def fold(summary: str, body: str, kind: str = "") -> str:
    """What is one tap away, and readable without JavaScript."""
    style = f"fold {kind}".strip()
    return f'<details class="{style}"><summary>{summary}</summary>{body}</details>'


def begins(text: str) -> str:
    """How a Markdown text begins, as one line of HTML without links."""
    line = " ".join(text.split("\n\n")[0].split())
    line = re.sub(r"\[(.+?)\]\([^)]*\)", r"\1", line).replace("**", "").replace("`", "")
    line = re.sub(r"^(?:#+|\d+\.|-) ", "", line.replace("*", ""))
    if len(line) > _SAID:
        line = line[:_SAID].rsplit(" ", 1)[0].rstrip(",;:") + " …"
    return html.escape(line, quote=False)


class Writer:
    """Writes the cells of one executed notebook as HTML, in a language."""

    def __init__(self, states: States, translate: Translate = english):
        self._states = states
        self._translate = translate
        self._exporter = HTMLExporter(template_name="basic")
        self._exporter.exclude_input_prompt = True
        self._exporter.exclude_output_prompt = True
        self._lines = Highlight2HTML(pygments_lexer="ipython3")

    def all_of(self, pieces: Sequence[Piece]) -> str:
        """Texts, and cells in a row with one fold for their code."""
        parts, row = [], []
        for piece in pieces:
            if piece.is_code:
                row.append(piece)
                continue
            parts += [*self.row(row), self.text(piece)]
            row = []
        return "".join([*parts, *self.row(row)])

    def text(self, piece: Piece) -> str:
        if not piece.cell.source.strip():
            return ""
        return self._cell(changed(piece.cell, source=self.told(piece.cell.source)))

    def told(self, markdown: str) -> str:
        """A text of a notebook in the page's language, block by block."""
        return (
            blocks.told(markdown, self._translate)
            if self._translate != english
            else markdown
        )

    def row(self, pieces: Sequence[Piece]) -> tuple[str, str]:
        """Cells in a row: what they show, and their code in a fold."""
        shown, sources = [], []
        for piece in pieces:
            cell = piece.cell
            found = _TASK.fullmatch(cell.source.strip())
            one = exercise(found[1]) if found else None
            if one and one.boxes:  # here nothing could check them
                task = Feedback("task", one.title, one.in_full(self._translate))
                shown += [task._repr_html_(), self._help(one, [])]
                continue
            if one and found and found[2]:
                shown.append(self._help(one, sources))
                sources = []
                continue
            shown.append(self._results(cell))
            hidden = cell.metadata.get("jupyter", {}).get("source_hidden")
            if not (found or hidden or piece.is_quiz or _SETS_UP.search(cell.source)):
                sources.append(cell.source)
        return "".join(shown), self._code(sources)

    def _results(self, cell: NotebookNode) -> str:
        if not cell.outputs:
            return ""
        unseen = NotebookNode({**cell.metadata, "transient": {"remove_source": True}})
        return self._cell(changed(cell, metadata=unseen))

    def _cell(self, cell: NotebookNode) -> str:
        # A widget is shown if its state is there; `page` writes what is in it.
        known = {STATE: {"state": {model: {} for model in self._states}}}
        book = new_notebook(cells=[cell], metadata={"widgets": known})
        body, _ = self._exporter.from_notebook_node(book)
        return _WRITTEN_BY_PAGE.sub("", _ANCHOR.sub("", body))

    def _code(self, sources: Sequence[str]) -> str:
        if not sources:
            return ""
        lines = "".join(map(self._highlighted, sources))
        return fold("Show the code", lines, "code")

    def _highlighted(self, source: str) -> str:
        # It scrolls within itself, also by the arrow keys.
        return self._lines(source).replace("<pre>", '<pre tabindex="0">')

    def _help(self, exercise: Exercise, begun: Sequence[str]) -> str:
        """How the code of an exercise begins, its hints, and one way to do it."""
        start = "".join(map(self._highlighted, begun))
        hints = "".join(
            fold(
                f"Hint {at} of {len(exercise.hints)}",
                rendered(self._translate(text)),
                "small",
            )
            for at, text in enumerate(exercise.hints, 1)
        )
        code = exercise.solution().code
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in code.splitlines())
        lines = lines if exercise.boxes else self._highlighted(code)
        way = fold("One way to do it", lines, "small")
        begin = f"<p>You begin with:</p>{start}" if start else ""
        return f'<div class="help">{begin}{hints}{way}</div>'
