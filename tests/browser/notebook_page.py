"""A notebook in JupyterLab: opened, run, looked at."""

import contextlib
import shutil
from pathlib import Path

import nbformat
from axe_playwright_python.sync_playwright import Axe
from nbformat.reader import NotJSONError
from playwright.sync_api import Page, expect

from llm_lessons.pages.execution import framed, is_kept, keep, unframed
from tests.browser.lab import Lab

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
PATIENCE = 600  # seconds for a whole notebook on a machine that compiles everything
METADATA = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
READY = """() => {
  const context = window.jupyterapp?.shell.currentWidget?.sessionContext;
  return context?.isReady && context.session?.kernel?.status === 'idle';
}"""
# Every code cell has run: no star, no empty brackets but those of an empty cell.
DONE = """() => {
  const cells = [...document.querySelectorAll('.jp-Notebook .jp-CodeCell')];
  return cells.every(cell => {
    const prompt = cell.querySelector('.jp-InputPrompt').innerText.trim();
    const editor = cell.querySelector('.cm-content');
    // A folded cell shows neither code nor number: those around it have to do.
    return !editor || !editor.innerText.trim() || /^\\[\\d+\\]:$/.test(prompt);
  });
}"""
# Of each code cell; a folded one shows none.
SOURCES = """cells => cells.map(
  cell => cell.querySelector('.cm-content')?.innerText ?? '')"""
# axe's rule on what is tapped, 24 pixels each way (WCAG 2.2), is off by default
SIZES = {"rules": {"target-size": {"enabled": True}}}
RUN_AGAIN = """([node, before]) =>
  /\\d/.test(node.innerText) && node.innerText !== before"""
# What the notebook itself puts on the page; all around it is JupyterLab's own.
CONTENT = [
    [f".jp-Notebook {part}"]
    for part in (".jp-RenderedMarkdown", ".jp-OutputArea-output")
]
TWO_FRAMES = """() => new Promise(
  done => requestAnimationFrame(() => requestAnimationFrame(done)))"""


def copy_to(folder: Path, notebook: Path | list[str]) -> Path:
    """Copy a notebook to a folder of its own, with the files to which it may link.

    Its cells run with every warning as an error. A small one may be given as the
    sources of its code cells, which run as they are.
    """
    if isinstance(notebook, Path):
        shutil.copytree(notebook.parent, folder)
        copied = folder / notebook.name
        nbformat.write(framed(nbformat.read(copied, as_version=4)), copied)
        return copied
    folder.mkdir()
    cells = [nbformat.v4.new_code_cell(source) for source in notebook]
    book = nbformat.v4.new_notebook(cells=cells, metadata=METADATA)
    nbformat.write(book, folder / "test.ipynb")
    return folder / "test.ipynb"


def open_in_lab(page: Page, lab: Lab, notebook: Path) -> None:
    """Open a notebook of JupyterLab's folder, and wait for its kernel."""
    path = notebook.relative_to(lab.root).as_posix()
    page.goto(lab.url(f"doc/tree/{path}?token={lab.token}&reset"))
    page.wait_for_function(READY)


def run_all(page: Page, timeout: float = 120) -> None:
    """Run all cells from the menu, and wait until the last one is done."""
    from_menu(page, "Run", "Run All Cells")
    page.wait_for_function(DONE, timeout=1000 * timeout)


def keep_run(page: Page, copied: Path, lesson: Path) -> None:
    """Save what ran, and keep it for the tests that only read what a lesson shows."""
    if is_kept(lesson):
        return
    from_menu(page, "File", "Save Notebook")
    for _ in range(300):
        with contextlib.suppress(NotJSONError):  # it is just being written
            saved = nbformat.read(copied, as_version=4)
            # JupyterLab saves now and then by itself, in the middle of a run, too.
            if all(cell.get("execution_count", 1) for cell in saved.cells):
                keep(lesson, unframed(saved))
                return
        page.wait_for_timeout(100)
    raise TimeoutError(f"JupyterLab did not save {copied.name} within half a minute.")


def from_menu(page: Page, menu: str, *names: str) -> None:
    """Choose from one of JupyterLab's menus, and from those within it."""
    page.get_by_role("menuitem", name=menu, exact=True).click()
    for name in names:  # not all of them have a role
        page.locator(".lm-Menu").get_by_text(name, exact=True).click()


def choose_dark(page: Page) -> None:
    """Change the colours of an open page, in which everything can be read still."""
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("document.body.dataset.jpThemeLight === 'false'")
    no_barriers(page, "color-contrast")


def no_trouble(page: Page) -> None:
    """No cell stopped or complained."""
    for kind in ("stderr", "error"):
        found = page.locator(f".jp-Notebook [data-mime-type$='{kind}']")
        expect(found).to_have_count(0)


def no_barriers(page: Page, *rules: str) -> None:
    """Texts and outputs have no barriers that axe finds, by all or by these rules."""
    only = {"runOnly": list(rules)} if rules else SIZES
    found = Axe().run(
        page, {"include": CONTENT}, {"resultTypes": ["violations"], **only}
    )
    assert not found.response["violations"], found.generate_report()


def cell_with(page: Page, text: str) -> int:
    """The number of the one code cell with this text in its source."""
    sources = page.locator(".jp-Notebook .jp-CodeCell").evaluate_all(SOURCES)
    (index,) = (i for i, source in enumerate(sources) if text in source)
    return index


def run_cell(page: Page, index: int) -> str:
    """Run a code cell (again) by its number, and return the text below it.

    Where it waits for long, a bar comes and goes, and what it prints is in two pieces.
    """
    cell = page.locator(".jp-Notebook .jp-CodeCell").nth(index)
    prompt = cell.locator(".jp-InputPrompt")
    before = prompt.inner_text()
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    page.wait_for_function(RUN_AGAIN, arg=[prompt.element_handle(), before])
    outputs = cell.locator(".jp-OutputArea-output").all_inner_texts()
    return "\n".join(text.strip() for text in outputs if text.strip())
