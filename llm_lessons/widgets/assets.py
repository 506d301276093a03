"""Stylesheets and scripts of the widgets, put together without a build step.

A widget's script must be one ES module that loads nothing else. What several widgets
share therefore lies in files of plain functions, and is put in front of the module.
"""

from llm_lessons.paths import WEB


def joined(*names: str) -> str:
    """The text of these files of `web`, one after the other."""
    return "\n".join(_text(name) for name in names)


def _text(name: str) -> str:
    (path,) = (WEB / room / name for room in _ROOMS if (WEB / room / name).exists())
    return path.read_text(encoding="utf-8")


_ROOMS = ("lib", "widgets")
