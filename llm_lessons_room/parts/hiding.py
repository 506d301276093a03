"""Moderation: which texts of phones are hidden."""

import re
from collections.abc import Iterable

_WORDS = re.compile(r"\w+")


class Hidden:
    """What is hidden of one step, texts that come later included.

    Args:
        by_people: whether people write the texts: one with a word of `rude` is marked,
            and waits until the leader shows it.
        waits: whether all of them do, unless the leader chooses otherwise.
    """

    def __init__(self, by_people: bool = False, waits: bool = False) -> None:
        self.by_people, self.may_wait, self.waits = by_people, waits, waits
        self.everything = False  # all that phones wrote
        self.seats: set[int] = set()  # all that they wrote
        # whoever writes them, as `folded` has them: which the leader hid, and showed
        self.texts: set[str] = set()
        self.shown: set[str] = set()
        self.rude: frozenset[str] = frozenset()

    @property
    def is_changed(self) -> bool:
        """Whether anything differs from the start."""
        chosen = self.everything or self.waits != self.may_wait
        return chosen or bool(self.seats or self.texts or self.shown)

    def hide(self, seat: int, text: str | None) -> None:
        """Hide a text of everybody's; without a text, all that comes from a seat."""
        if text is None:
            self.seats.add(seat)
        else:
            self.texts.add(folded(text))
            self.shown.discard(folded(text))

    def show(self, text: str) -> None:
        self.texts.discard(folded(text))
        self.shown.add(folded(text))

    def show_all(self, texts: Iterable[str]) -> None:
        """Take away what hides everything; without it, all that hides one text.

        Of texts that wait, these are shown, if they aren't marked.
        """
        if self.everything:  # and what was hidden before is hidden still
            self.everything = False
            return
        self.seats.clear()
        self.texts.clear()
        if self.by_people:
            self.shown |= {folded(text) for text in texts if not self.marks(text)}

    def marks(self, text: str) -> bool:
        """Whether a rude word stands in a text that somebody wrote."""
        words = _WORDS.findall(folded(text))
        return self.by_people and not self.rude.isdisjoint(words)

    def hides(self, seat: int, text: str) -> bool:
        return self.everything or seat in self.seats or self.hides_text(text)

    def hides_text(self, text: str) -> bool:
        """Whether a text is hidden whoever writes it, and not with everything."""
        if folded(text) in self.shown:
            return False
        return self.waits or folded(text) in self.texts or self.marks(text)


def folded(text: str) -> str:
    """The text as it is compared: without regard to large letters and spaces."""
    return " ".join(text.casefold().split())
