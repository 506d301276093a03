"""What the leader hid of what phones wrote: a seat, a text, or everything at once."""

from collections import Counter
from collections.abc import Mapping
from typing import Any


class Hidden:
    """What is hidden of one step; what comes later is held against it, too.

    Attributes:
        everything: whether all that phones wrote is hidden.
        seats: whose texts are hidden.
        texts: which are hidden, whoever writes them; as `folded` has them.
    """

    def __init__(self) -> None:
        self.everything = False
        self.seats: set[int] = set()
        self.texts: set[str] = set()

    @property
    def anything(self) -> bool:
        """Whether there is anything to keep."""
        return self.everything or bool(self.seats or self.texts)

    def hide(self, seat: int, text: str | None) -> None:
        """Hide a text of everybody's; without a text, all that comes from a seat."""
        if text is None:
            self.seats.add(seat)
        else:
            self.texts.add(folded(text))

    def show_all(self) -> None:
        """Hide nothing any more."""
        self.everything = False
        self.seats.clear()
        self.texts.clear()

    def hides(self, seat: int, text: str) -> bool:
        """Whether a text from a seat is hidden."""
        return self.everything or seat in self.seats or folded(text) in self.texts

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
                    if n > 0 and folded(text) not in self.texts
                }
            )
            for seat in self.seats & answers.keys():
                text = answers[seat][key]
                if folded(text) not in self.texts:
                    seen[text] -= 1
        hidden = total - sum(seen.values())
        seen.update(paper or {})
        return {text: n for text, n in seen.items() if n > 0}, hidden


def folded(text: str) -> str:
    """The text as it is compared: without regard to large letters and spaces."""
    return " ".join(text.casefold().split())
