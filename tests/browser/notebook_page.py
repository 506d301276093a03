"""Looking at a lesson that is open in JupyterLab."""

from pathlib import Path

from playwright.sync_api import Page, expect

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
PATIENCE = 600  # seconds for a whole notebook on a machine that compiles everything


def no_trouble(page: Page) -> None:
    """No cell stopped or complained."""
    for kind in ("stderr", "error"):
        found = page.locator(f".jp-Notebook [data-mime-type$='{kind}']")
        expect(found).to_have_count(0)


def cell_with(page: Page, text: str) -> int:
    """The number of the one code cell with this text in its source."""
    sources = page.locator(".jp-Notebook .jp-CodeCell .cm-content").all_inner_texts()
    (index,) = (i for i, source in enumerate(sources) if text in source)
    return index


def picture_of_everything(page: Page, take, name: str) -> None:
    """A picture of the whole notebook, not only of what fits the window."""
    cells = page.locator(".jp-Notebook .jp-WindowedPanel-outer:visible")
    height = cells.evaluate("node => node.scrollHeight")
    page.set_viewport_size({"width": 1280, "height": min(height + 200, 16_000)})
    cells.evaluate("node => node.scrollTo(0, 0)")
    page.wait_for_timeout(500)
    take(page, name)
