"""A figure's title: short, drawn, and at the start of its text alternative."""

from typing import Protocol

from matplotlib.figure import Figure

from tests.drawn import assert_titled


class Titled(Protocol):
    """What is shown in lessons."""

    def title(self) -> str: ...
    def alt(self) -> str: ...
    def figure(self) -> Figure: ...


def plain(text: str) -> str:
    """Without what keeps a line from breaking."""
    return text.replace("\u00a0", " ").replace("\u2060", "")


def title_of(found: Titled) -> str:
    """Its title, with plain spaces, once it is seen to be drawn and read out."""
    title = found.title()
    assert_titled(found.figure(), title, found.alt())
    assert found.alt().startswith(f"{title}. ")
    return plain(title)
