"""The picture that a link to a lesson shows: its drawing, its question, its title."""

import html
import tempfile
from collections.abc import Mapping
from pathlib import Path

from llm_lessons.foundation import face
from llm_lessons.pages.front import HERO, LEAD, TITLE
from llm_lessons.pages.printing import find_browser, take_picture

WIDTH, HEIGHT = 1200, 630  # pixels, as those who show previews ask for
_LOOK = """\
:root {{ color-scheme: light; }}
body {{ margin: 0; }}
main {{
  align-items: center; background: var(--ground); box-sizing: border-box;
  color: var(--ink); display: grid; gap: 60px; grid-template-columns: 470px 1fr;
  height: {height}px; padding: 60px; width: {width}px;
}}
svg {{ width: 100%; }}
p {{ font: 36px/1.25 var(--text); margin: 0; }}
h1 {{ font: 700 72px/1.05 var(--head); margin: 0 0 24px; }}
"""


def preview_page(name: str, title: str, question: str) -> str:
    """A page whose upper left is the picture; `title` is HTML, the question a text."""
    look = _LOOK.format(width=WIDTH, height=HEIGHT)
    return (
        '<!DOCTYPE html><html lang="en"><meta charset="utf-8">'
        f"<style>{face.style()}{look}</style><main>{face.drawing(name)}<div>"
        f"<h1>{html.escape(question)}</h1><p>{title}</p></div></main></html>"
    )


def draw_previews(folder: Path, wanted: Mapping[str, tuple[str, str]]) -> None:
    """Draw the front page's picture, and one of each lesson, beside the pages.

    Args:
        wanted: the title and the question of each lesson, by its name.

    Raises:
        NoBrowser: nothing here draws them.
    """
    browser = find_browser()
    pages = {name: preview_page(name, *told) for name, told in wanted.items()}
    pages["index"] = preview_page(HERO, LEAD, TITLE)
    with tempfile.TemporaryDirectory() as made:
        for name, text in pages.items():
            page = Path(made) / f"{name}.html"
            page.write_text(text, encoding="utf-8")
            take_picture(page, folder / f"{name}.png", browser, WIDTH, HEIGHT)
