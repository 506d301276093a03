"""Poems and notices that the little internet repeats, word for word.

Serves C12 (a document repeated many times is recited word for word; a single copy is
the control). They are written in `documents.txt`, each with a title of its own and
words of its own, so that its first dozen tokens tell which one it is. The dice decide
which document is copied how often: a famous one is not an easier one.
"""

from importlib.resources import files

from llm_lessons.fjordby.dice import Dice

DOCUMENTS_BY_COPIES = {1: 20, 4: 20, 16: 20, 64: 20, 256: 8, 1024: 8}


def with_copies(seed: int) -> list[tuple[str, int]]:
    """Returns every document with its number of copies, the rarest first."""
    source = files("llm_lessons.fjordby").joinpath("documents.txt")
    documents = source.read_text(encoding="utf-8").strip().split("\n\n")
    copies = [
        copies for copies, number in DOCUMENTS_BY_COPIES.items() for _ in range(number)
    ]
    shuffled = Dice(seed, "documents").shuffled(documents)
    return list(zip(shuffled, copies, strict=True))


def texts(seed: int) -> list[str]:
    """Returns all copies of all documents."""
    return [text for text, copies in with_copies(seed) for _ in range(copies)]
