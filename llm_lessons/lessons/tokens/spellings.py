"""One word in several spellings: what a model has found out about their tokens.

Claim C5: a model reads tokens, and an id does not show the letters inside its piece.
With an id it reads a row of its embedding table, and training alone set that row. So
whether " table" and " Table" are one word to it shows in their rows: are they alike?
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb

import numpy as np

from llm_lessons.language_model import LanguageModel
from llm_lessons.text.pieces import visible

NEAREST = 5  # rows that count as near
_LISTED = (
    "garden orange table winter bread chair flower planet silver monkey market island "
    "music pencil doctor basket blanket forest castle dragon "
    "summer butter kitten rabbit yellow coffee carrot dinner cherry window paper river "
    "moon apple pillow hammer ladder hobby sister spoon "
    "strawberry papaya cheese tomorrow eleven between success pepper bubble mammal "
    "cinnamon degree sleeve nineteen tattoo engineer puppy release sentence everyone"
)
WORDS = tuple(_LISTED.split())
_NO_LENGTH = 1e-9  # a row of zeros points nowhere


@dataclass(frozen=True)
class Spellings:
    """Words that a vocabulary has in several spellings, each of them one token.

    Attributes:
        nearest: for each word, the pieces whose rows are most like that of the word
            behind a space, the most alike first.
        by_chance: for how many words another spelling would be among these, if rows
            were as like as chance has it.
    """

    nearest: Mapping[str, tuple[str, ...]]
    by_chance: float

    @property
    def near(self) -> list[str]:
        """The words that have another spelling among the nearest."""
        return [
            word
            for word, pieces in self.nearest.items()
            if word in map(_word_in, pieces)
        ]

    def table(self) -> str:
        """Some of the words, each with the pieces nearest to it, as Markdown."""
        rows = ["| token | its row is most like those of |", "| :-- | :-- |"]
        for word in [*self.nearest][::6]:
            near = ", ".join(f"`{visible(piece)}`" for piece in self.nearest[word])
            rows.append(f"| `{visible(f' {word}')}` | {near} |")
        return "\n".join(rows)

    def sentence(self) -> str:
        """For how many words another spelling is near, against chance."""
        return (
            f"For {len(self.near)} of {len(self.nearest)} words, the same word in "
            f"another spelling is among the {NEAREST} rows most like its own. By "
            f"chance, that would be so for about {self.by_chance:.0f}."
        )


def compare(lm: LanguageModel, words: Sequence[str] = WORDS) -> Spellings:
    """Find the rows most like that of each word that has a second spelling.

    The likeness of two rows is the cosine of the angle between them.
    """
    pieces = lm.tokenizer.pieces
    spelled: dict[str, list[int]] = {word: [] for word in words}
    for token, piece in enumerate(pieces):
        if (word := _word_in(piece)) in spelled:
            spelled[word].append(token)
    own = {
        word: token
        for word, tokens in spelled.items()
        for token in tokens
        if pieces[token] == f" {word}" and len(tokens) > 1
    }
    table = np.asarray(lm.params.embedding, np.float32)
    lengths = np.sqrt(np.einsum("vd,vd->v", table, table))
    chosen = np.array([*own.values()], dtype=int)
    alike = table[chosen] @ table.T / np.maximum(lengths, _NO_LENGTH)
    alike[np.arange(len(chosen)), chosen] = -np.inf  # a row is most like itself
    order = np.argsort(-alike, axis=1)[:, :NEAREST].tolist()
    nearest = [tuple(pieces[token] for token in row) for row in order]
    others = len(pieces) - 1
    by_chance = sum(
        1 - comb(others - len(spelled[word]) + 1, NEAREST) / comb(others, NEAREST)
        for word in own
    )
    return Spellings(dict(zip(own, nearest, strict=True)), by_chance)


def _word_in(piece: str) -> str:
    """The word that a piece is, however it is spelled."""
    return piece.strip().lower()
