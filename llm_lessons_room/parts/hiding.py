"""Which texts of phones are hidden: by the leader's hand, or until it shows them."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

_WORDS = re.compile(r"\w+")


class Hidden:
    """What is hidden of one step; what comes later is held against it, too.

    Args:
        by_people: whether people write the texts: one with a word of `rude` is marked,
            and waits until the leader shows it.
        waits: whether all of them do, unless the leader chooses otherwise.

    Attributes:
        by_people, may_wait: the same.
        waits: as the leader has it.
        everything: whether all that phones wrote is hidden.
        seats: whose texts are hidden.
        texts: which are hidden, whoever writes them; as `folded` has them.
        shown: which the leader has shown; as `folded` has them.
        rude: words, as `folded` has them.
    """

    def __init__(self, by_people: bool = False, waits: bool = False) -> None:
        self.by_people, self.may_wait, self.waits = by_people, waits, waits
        self.everything = False
        self.seats: set[int] = set()
        self.texts: set[str] = set()
        self.shown: set[str] = set()
        self.rude: frozenset[str] = frozenset()

    @property
    def anything(self) -> bool:
        """Whether there is anything to keep."""
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
        """Show a text, whoever writes it."""
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
            self.shown |= {folded(one) for one in texts if not self.marks(one)}

    def marks(self, text: str) -> bool:
        """Whether a rude word stands in a text that somebody wrote."""
        words = _WORDS.findall(folded(text))
        return self.by_people and not self.rude.isdisjoint(words)

    def hides(self, seat: int, text: str) -> bool:
        """Whether a text from a seat is hidden."""
        return self.everything or seat in self.seats or self.hides_text(text)

    def hides_text(self, text: str) -> bool:
        """Whether a text is hidden whoever writes it, and not with everything."""
        if folded(text) in self.shown:
            return False
        return self.waits or folded(text) in self.texts or self.marks(text)

    def out_of(
        self,
        counts: Mapping[str, int],
        answers: Mapping[int, Any],
        key: str,
        paper: Mapping[str, int] | None,
    ) -> tuple[dict[str, int], int]:
        """What is seen of counted texts, and how many of them are hidden.

        Args:
            counts: of the phones' texts.
            answers: those that were counted, by the seats' numbers.
            key: of the text in an answer.
            paper: counts of texts that the leader typed in, which are never hidden.
        """
        total, seen = sum(counts.values()), Counter[str]()
        if not self.everything:
            seen.update(
                {
                    text: n
                    for text, n in counts.items()
                    if n > 0 and not self.hides_text(text)
                }
            )
            for seat in self.seats & answers.keys():
                text = answers[seat][key]
                if not self.hides_text(text):
                    seen[text] -= 1
        hidden = total - sum(seen.values())
        seen.update(paper or {})
        return {text: n for text, n in seen.items() if n > 0}, hidden


def folded(text: str) -> str:
    """The text as it is compared: without regard to large letters and spaces."""
    return " ".join(text.casefold().split())
