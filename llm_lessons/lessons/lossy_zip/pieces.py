"""A story's pieces of eight words that stand in Fjordby: Fjord's, and by chance.

Claim C12 needs a control. Fjordby's stories are made by one recipe out of the same
sentences, so a new story has pieces of old ones even where nobody copies. How many,
stories of that recipe show that no model wrote or read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from llm_lessons import fjordby
from llm_lessons.fjordby import stories
from llm_lessons.measuring.intervals import Share, share

WORDS = 8  # of a piece; the sentence says "eight"
UNREAD = 1  # a seed of stories that the class model has not read


@dataclass(frozen=True)
class Pieces:
    """Shares of pieces that stand in a story of Fjordby; each story is one case.

    Attributes:
        own: of the model's stories.
        fresh: of stories by Fjordby's recipe that the model never read.
    """

    own: Share
    fresh: Share

    def sentence(self) -> str:
        """Both shares, and whether the model repeats more than the recipe does."""
        told = (
            f"Of all pieces of eight words in Fjord's stories, "
            f"{self.own.percent} stand in Fjordby. In fresh stories by the same "
            f"recipe, which nobody read, {self.fresh.percent} do."
        )
        if self.own.low > self.fresh.high:
            return f"{told} So Fjord repeats more than chance brings."
        return f"{told} So such pieces agree by chance; they are no sign of copying."


def unread(beginning: str, n: int) -> list[str]:
    """Returns n stories by Fjordby's recipe that stand nowhere in it.

    Each begins as given, as the model's do.
    """
    read = set(_stories())
    fresh = [
        text
        for text in stories.texts(UNREAD)
        if text.startswith(beginning) and text not in read
    ]
    return fresh[:n]


def compare(own: Sequence[str], fresh: Sequence[str]) -> Pieces:
    """Look for the pieces of both kinds of stories in all stories of Fjordby."""
    wanted = {piece for text in (*own, *fresh) for piece in pieces(text)}
    found: set[str] = set()
    for text in _stories():
        found.update(wanted.intersection(pieces(text)))

    def known(texts: Sequence[str]) -> Share:
        parts = [pieces(text) for text in texts]
        return share(sum(p in found for p in own) / len(own) for own in parts if own)

    return Pieces(known(own), known(fresh))


def _stories() -> Iterator[str]:
    """All stories of Fjordby."""
    return (text for section, text in fjordby.build().documents if section == "stories")


def pieces(text: str) -> list[str]:
    """All stretches of eight words, each beginning one word later."""
    words = text.split()
    return [" ".join(words[i : i + WORDS]) for i in range(len(words) - WORDS + 1)]
