"""Stylesheets and scripts of the widgets, put together without a build step.

A widget's script must be one ES module that loads nothing else. What several widgets
share therefore lies in files of plain functions, and is put in front of the module.
"""

from pathlib import Path

_HERE = Path(__file__).parent


def joined(*names: str) -> str:
    """The text of these files of this folder, one after the other."""
    return "\n".join((_HERE / name).read_text(encoding="utf-8") for name in names)
