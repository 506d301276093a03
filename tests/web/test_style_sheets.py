"""A notebook holds the style sheets of all its widgets: none may restyle another's.

JupyterLab keeps those of lessons that were open before, too.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from llm_lessons.foundation.paths import WEB

IMPORTED = re.compile(r'(?:from|import) "(\.[^"]+)"')
CLASS = re.compile(r"\bll-[a-z-]+")
WIDGETS = [
    path
    for path in sorted((WEB / "widgets").glob("*.js"))
    if "export default" in path.read_text(encoding="utf-8")
]


@cache
def without_notes(file: Path) -> str:
    """What a file says without its comments."""
    text = file.read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/|^ *//.*?$", "", text, flags=re.DOTALL | re.MULTILINE)


@cache
def brought(file: Path) -> frozenset[Path]:
    """A script with all that it imports, at however many removes."""
    if file.suffix != ".js":
        return frozenset((file,))
    found = IMPORTED.findall(without_notes(file))
    parts = [brought((file.parent / name).resolve()) for name in found]
    return frozenset((file,)).union(*parts)


@cache
def classes(widget: Path) -> frozenset[str]:
    """All that a widget's nodes may be of."""
    scripts = [without_notes(one) for one in brought(widget) if one.suffix == ".js"]
    return frozenset(CLASS.findall("\n".join(scripts)))


def selectors(sheet: Path) -> Iterator[str]:
    """Each selector that names a class."""
    rules = re.sub(r"@[^{]+\{", "", without_notes(sheet))
    for group in re.findall(r"([^{}]+)\{", rules):
        for one in re.split(r",(?![^(]*\))", group):
            if CLASS.search(one):
                yield one.strip()


def test_no_style_sheet_reaches_the_nodes_of_a_widget_that_did_not_bring_it():
    sheets = {one for widget in WIDGETS for one in brought(widget)}
    found = {
        f"{sheet.name}: `{selector}` in {widget.stem}"
        for sheet in sheets
        if sheet.suffix == ".css"
        for widget in WIDGETS
        if sheet not in brought(widget)
        for selector in selectors(sheet)
        if classes(widget).issuperset(CLASS.findall(selector))
    }
    assert found == set()
